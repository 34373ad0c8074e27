import { sameJson } from '../domain/json.js';
import { legsOf } from '../domain/trust-transaction.js';
import { ruleProblem, shortProblem, type TrustProblem } from '../domain/trust/rule.js';
import type { Queryable } from './database.js';
import { recordEvent } from './event.js';
import { reserveEntries, saveClearing, type Overdraw } from './trust-ledger.js';
import { saveTrustTransaction, type TrustRecord } from './trust-transaction.js';

/**
 * Takes the money of an accepted transaction into the ledgers, or says why not and changes nothing. What is reserved
 * already, and what QuickBooks may have, stays as it is. The transaction's row must be locked.
 */
export async function reserve(
  db: Queryable,
  record: TrustRecord,
  overdraw?: Overdraw,
): Promise<TrustProblem | undefined> {
  const { desired, account, original, entries } = record;
  if (record.withdrawn) return undefined;
  if (entries.some(({ state }) => state !== 'reserved')) {
    await followClearing(db, record);
    return undefined;
  }
  const problem = ruleProblem(record);
  if (problem) return problem;
  const legs = legsOf(desired, account, original?.desired);
  const reserved = entries.map(({ leg: _leg, state: _state, overdrawId: _overdraw, ...one }) => one);
  if (!overdraw && sameJson(legs, reserved)) return undefined;
  const { firmId, trustTransactionId: id } = desired;
  const short = await reserveEntries(db, firmId, id, legs, overdraw);
  if (short) return shortProblem(short, desired);
  if (desired.reverses !== undefined)
    await saveTrustTransaction(db, firmId, id, { takes_back: desired.reverses });
  const ref = { firmId, type: 'trustTransaction', id } as const;
  await recordEvent(db, ref, 'reserved', { legs });
  return undefined;
}

/** When money clears may change after it is posted: the bank says so. */
async function followClearing(db: Queryable, { desired, account, entries }: TrustRecord): Promise<void> {
  const [leg] = legsOf(desired, account);
  const [entry] = entries;
  if (!entry || entry.cents < 0 || desired.clearsOn === undefined || leg?.clearsOn === entry.clearsOn) return;
  await saveClearing(db, desired.firmId, desired.trustTransactionId, desired.clearsOn);
}
