import type { Config } from '../config.js';
import type { Deps } from './deps.js';
import { accessToken } from './token.js';

/** Wires the activities to the world by configuration. */
export function createDeps(
  config: Config,
  world: Pick<Deps, 'db' | 'workflows' | 'log' | 'metrics' | 'checkpoint'>,
): Deps {
  const { db } = world;
  const { timing, limits, qbo, queues } = config;
  return {
    ...world,
    qbo: { apiUrl: qbo.apiUrl, timeoutMs: qbo.timeoutMs },
    accessToken: (firmId, realmId, rejected) =>
      accessToken({ db, oauth: qbo, tokenKeys: config.tokenKeyring }, firmId, {
        realmId,
        ...(rejected !== undefined && { rejected }),
      }),
    syncQueue: queues.sync,
    route: { queue: queues.qbo, timeoutMs: timing.writeMs, heartbeatMs: timing.heartbeatMs },
    limits,
    timing,
  };
}
