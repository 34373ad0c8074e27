import { entryByKey } from '../../domain/fault/catalogue.js';
import {
  absentAmong,
  namedAmong,
  referenceRequests,
  referencesOf,
  type Absent,
} from '../../qbo/reference.js';
import { ask } from './look.js';
import type { Attempt, Refusal } from './settle.js';

/** Refusals that say that something is not there or not active, and seldom what. */
const VAGUE = new Set([
  'reference-inactive',
  'reference-deleted',
  'reference-missing',
  'account-missing',
  'linked-object-missing',
]);

/** Refusals that name an item as a person would. */
const NAMING = new Set(['item-without-income-account', 'write-off-item-without-income-account']);

/**
 * Looks which of the records that a document goes by is missing or inactive, at the cost of a read for each list, so
 * that a person is told its name and may put another one in its place. Without an answer the refusal goes as it is.
 */
export async function absentReference<S>(attempt: Attempt<S>, refusal: Refusal): Promise<Refusal> {
  const { key } = refusal.entry;
  // Where nothing is chosen, QuickBooks' own account is meant, and another one may be chosen.
  if (key === 'deposit-account-missing') return withReference(refusal, { refList: 'Account', refId: '' });
  const item = NAMING.has(key) ? refusal.params.item : undefined;
  if (!VAGUE.has(key) && item === undefined) return refusal;
  const absent = await find(attempt, item);
  if (!absent) return refusal;
  const entry = item === undefined ? (entryByKey(keyOf(absent)) ?? refusal.entry) : refusal.entry;
  const { list, id, what, inactive } = absent;
  const params = { refList: list, refId: id, what, ...(inactive && { refInactive: 'yes' }) };
  return withReference({ entry, params: refusal.params }, params);
}

const withReference = ({ entry, params }: Refusal, more: Record<string, string>): Refusal => ({
  entry,
  params: { ...params, ...more },
});

function keyOf({ list, inactive }: Absent): string {
  if (inactive) return 'reference-inactive';
  return list === 'Account' ? 'account-missing' : 'reference-missing';
}

async function find<S>(attempt: Attempt<S>, item: string | undefined): Promise<Absent | undefined> {
  const all = referencesOf(attempt.posting.intent);
  for (const { list, ids, request } of referenceRequests(all)) {
    const reply = await ask(attempt, request);
    if (reply.kind !== 'answered') return undefined;
    const { json } = reply.answer;
    const absent = item === undefined ? absentAmong(list, ids, json) : namedAmong(list, item, json);
    if (absent) return absent;
  }
  return undefined;
}
