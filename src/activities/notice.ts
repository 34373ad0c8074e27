import { DeliveryError } from '../channel/channel.js';
import { sendEmail, type MailOptions } from '../channel/email.js';
import { postWebhook } from '../channel/webhook.js';
import { observe } from '../db/episode.js';
import { claimNotices, markFailed, markSent, type Delivery } from '../db/notice.js';
import { causeOf } from '../domain/notice.js';
import type { Deps } from './deps.js';

/** How people are reached. */
export interface Channels {
  /** None where no mail server is configured. */
  mail: MailOptions | undefined;
  /** Opens the secret that a webhook is signed with. */
  openSecret: (sealed: string) => string;
  /** How long a message is tried. */
  giveUpMs: number;
}

type Tells = Pick<Deps, 'db' | 'channels' | 'log' | 'checkpoint'>;

/** Longer than any delivery takes: then another worker may take the message over. */
const LEASE_MS = 30_000;
const AT_ONCE = 20;
const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 3_600_000;
/** What is not through by then is the next run's. */
const LONGEST_MS = 30_000;

/** Puts down the messages that follow from what needs a person now. */
export async function observeCauses({ db }: Pick<Deps, 'db'>): Promise<{ put: number }> {
  return { put: await db.transaction().execute(observe) };
}

/** Delivers what is due, each message at least once and always under the same id. */
export async function deliverNotices(deps: Tells): Promise<{ sent: number; failed: number }> {
  const startedAt = performance.now();
  const result = { sent: 0, failed: 0 };
  while (performance.now() - startedAt < LONGEST_MS) {
    const claimed = await claimNotices(deps.db, AT_ONCE, LEASE_MS);
    if (claimed.length === 0) break;
    for (const sent of await Promise.all(claimed.map((delivery) => deliver(deps, delivery)))) {
      if (sent) result.sent += 1;
      else result.failed += 1;
    }
  }
  return result;
}

async function deliver(deps: Tells, delivery: Delivery): Promise<boolean> {
  const { db, log, channels } = deps;
  const { notice, subscriptionId, attempts } = delivery;
  const about = {
    notice: notice.noticeId,
    subscription: subscriptionId,
    cause: causeOf(notice),
    kind: notice.kind,
  };
  try {
    await send(channels, delivery);
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    const retryAfterMs = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LAST_RETRY_MS);
    const { giveUpMs } = channels;
    const failure = { why: error.message, retryAfterMs, giveUpMs, final: error.isFinal };
    const isGivenUp = await markFailed(db, delivery, failure);
    log.warn({ ...about, why: error.message, isGivenUp }, 'message not delivered');
    return false;
  }
  await deps.checkpoint?.('told');
  await markSent(db, delivery);
  log.info(about, 'message delivered');
  return true;
}

async function send(channels: Channels, { notice, subscriptionId, channel, address, secret }: Delivery) {
  if (channel === 'webhook') {
    await postWebhook(address, channels.openSecret(secret ?? ''), notice);
    return;
  }
  if (notice.kind === 'printed') throw new DeliveryError('Numbers of cheques go to webhooks only.', true);
  if (!channels.mail) throw new DeliveryError('No mail server is configured: set COUNTERFOIL_SMTP_URL.');
  await sendEmail(channels.mail, address, subscriptionId, notice);
}
