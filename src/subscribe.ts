import { newSecret } from './channel/webhook.js';
import type { Keyring } from './codec/keyring.js';
import { sealSecret } from './channel/secret.js';
import type { Queryable } from './db/database.js';
import { addSubscription, type Subscription } from './db/subscription.js';
import type { SubscriptionMessage } from './snapshot/subscription.js';

/** Why somebody cannot be subscribed, and what to do. */
export class SubscriptionRefused extends Error {
  override readonly name = 'SubscriptionRefused';
}

/** Adds a subscription. The secret of a webhook is in the answer and is shown nowhere else, ever. */
export async function subscribe(
  { db, tokenKeyring, hasMail }: { db: Queryable; tokenKeyring: Keyring; hasMail: boolean },
  wanted: SubscriptionMessage,
): Promise<Subscription & { secret?: string }> {
  const { channel, address } = wanted;
  if (channel === 'email' && !hasMail) {
    throw new SubscriptionRefused(
      'There is no mail server: set COUNTERFOIL_SMTP_URL and COUNTERFOIL_MAIL_FROM, or subscribe a webhook.',
    );
  }
  const secret = channel === 'webhook' ? newSecret() : undefined;
  const sealed = secret === undefined ? {} : { secret: sealSecret(tokenKeyring, secret) };
  const added = await addSubscription(db, { ...wanted, ...sealed });
  if (!added) throw new SubscriptionRefused(`${address} is subscribed already; end that one first.`);
  return { ...added, ...(secret !== undefined && { secret }) };
}
