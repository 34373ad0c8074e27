import type { Config } from '../config.js';
import { openSecret } from '../channel/secret.js';
import type { Deps } from './deps.js';
import type { Channels } from './notice.js';
import { accessTokens } from './token.js';

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
    accessToken: accessTokens({ db, oauth: qbo, tokenKeys: config.tokenKeyring }),
    syncQueue: queues.sync,
    route: { queue: queues.qbo, timeoutMs: timing.writeMs, heartbeatMs: timing.heartbeatMs },
    limits,
    timing,
    channels: channelsOf(config),
  };
}

function channelsOf({ notify, http, tokenKeyring }: Config): Channels {
  const { smtpUrl, mailFrom: from, giveUpMs } = notify;
  const mail = smtpUrl && from !== undefined ? { smtpUrl, from, publicUrl: http.publicUrl } : undefined;
  return { mail, giveUpMs, openSecret: (sealed) => openSecret(tokenKeyring, sealed) };
}
