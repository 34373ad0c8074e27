import { z } from 'zod';
import { entryByKey } from '../domain/fault/catalogue.js';
import { CHEQUE_PRINTED } from '../domain/notice.js';
import { uncatalogued } from '../domain/uncatalogued.js';
import { id, read, text } from './field.js';

const cause = z
  .string()
  .refine(
    (key) => uncatalogued(key) || key === CHEQUE_PRINTED || entryByKey(key),
    'must be a cause of docs/remedies.md, or cheque-printed for a webhook',
  )
  .refine(
    (key) => entryByKey(key)?.kind !== 'transient',
    'heals by itself, and nobody is told of it; an outage that lasts is qbo-unreachable',
  );

const forPeople = (causes: readonly string[]): boolean => !causes.includes(CHEQUE_PRINTED);

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

const isSafe = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username } = new URL(address);
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname)));
};

const common = {
  firmId: id,
  person: text(200),
  causes: z.array(cause).min(1, 'must name one at least; leave it out for all').exactOptional(),
};

const subscription = z.discriminatedUnion(
  'channel',
  [
    z.strictObject({
      ...common,
      causes: common.causes
        .unwrap()
        .refine(forPeople, 'cheque-printed goes to webhooks only')
        .exactOptional(),
      channel: z.literal('email'),
      address: z.email('must be an e-mail address').max(254),
    }),
    z.strictObject({
      ...common,
      channel: z.literal('webhook'),
      address: z
        .string()
        .max(2000)
        .refine(isSafe, 'must be an address that begins with https://, without a user name in it'),
    }),
  ],
  'must be email or webhook',
);

export type SubscriptionMessage = z.infer<typeof subscription>;

/** Throws a SnapshotError that names each field, the rule and the value. */
export const parseSubscription = (value: unknown): SubscriptionMessage =>
  read(subscription, 'subscription', value);

export const parseSubscriptionFilter = (value: unknown) =>
  read(z.strictObject({ firm: id.exactOptional() }), 'filter', value);

export const parseEnd = (value: unknown) =>
  read(z.strictObject({ by: text(200) }), 'end of a subscription', value);
