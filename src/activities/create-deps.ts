import type { WorkflowClient } from '@temporalio/client';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import type { Deps } from './deps.js';
import { accessToken } from './token.js';

/** Wires the activities to the world by configuration. */
export function createDeps(
  config: Config,
  db: Database,
  workflows: WorkflowClient,
  checkpoint?: Deps['checkpoint'],
): Deps {
  const { timing, limits, qbo, queues } = config;
  return {
    db,
    workflows,
    qbo: { apiUrl: qbo.apiUrl, timeoutMs: qbo.timeoutMs },
    accessToken: (firmId, rejected) =>
      accessToken(
        { db, oauth: qbo, tokenKeys: config.tokenKeyring },
        firmId,
        rejected === undefined ? {} : { rejected },
      ),
    syncQueue: queues.sync,
    route: { queue: queues.qbo, timeoutMs: timing.writeMs, heartbeatMs: timing.heartbeatMs },
    limits,
    timing,
    ...(checkpoint && { checkpoint }),
  };
}
