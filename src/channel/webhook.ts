import { createHmac, randomBytes } from 'node:crypto';
import { eventOf, type Message } from '../domain/notice.js';
import { DELIVERY_TIMEOUT_MS, DeliveryError } from './channel.js';

/** Signing as in Standard Webhooks 1.0, so that receivers check it with any library for it. */
const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

export const newSecret = (): string => `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;

export function signatureOf(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Posts it once. Throws `DeliveryError` unless it is answered with a status from 200 to 299 in time. */
export async function postWebhook(url: string, secret: string, notice: Message): Promise<void> {
  const body = JSON.stringify(eventOf(notice));
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Counterfoil',
    'webhook-id': notice.noticeId,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatureOf(secret, notice.noticeId, timestamp, body),
  };
  const status = await post(url, headers, body);
  if (status >= 200 && status <= 299) return;
  // By the standard, 410 says that this receiver is gone for good.
  if (status === 410) throw new DeliveryError('It answers 410: it is gone for good.', true);
  throw new DeliveryError(`It answers ${status}.`);
}

async function post(url: string, headers: Record<string, string>, body: string): Promise<number> {
  try {
    const signal = AbortSignal.timeout(DELIVERY_TIMEOUT_MS);
    // A redirect would carry the message to where nobody has subscribed.
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await answer.body?.cancel();
    return answer.status;
  } catch (error) {
    const { cause } = error as { cause?: { code?: unknown } };
    const why = typeof cause?.code === 'string' ? cause.code : (error as Error).name;
    throw new DeliveryError(`It cannot be reached (${why}).`);
  }
}
