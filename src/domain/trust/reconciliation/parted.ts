import { formatCents } from '../../money.js';
import type { Reconciliation } from './reconcile.js';

/**
 * QuickBooks and our ledgers of client money are not the same. It is in no catalogue, since nothing of ours is stopped
 * by it and nothing can be sent to it: the next reconciliation says whether it is over.
 */
export const PARTED = {
  key: 'client-money-parted',
  title: 'Client money in QuickBooks is not what our ledgers hold',
  remedy:
    'Look at the entry that is named: correct it in QuickBooks, or enter here what it records. It is over with the next reconciliation that agrees; npm run reconcile makes one at once.',
} as const;

/** In sentences, what parted them; undefined where they agree, or where nothing but the bank's statement differs. */
export function partedCause(result: Reconciliation): string | undefined {
  const { accountId, agrees, parting, on, bookBankCents, bookOwedCents } = result;
  if (agrees || !parting) return undefined;
  const figures =
    `At the end of ${on} our ledgers of trust account ${accountId} come to ${formatCents(result.ledgerCents)}` +
    `${result.onTheWayCents === 0 ? '' : `, ${formatCents(result.onTheWayCents)} of it on the way to QuickBooks`}; ` +
    `QuickBooks has ${formatCents(bookBankCents)} in the bank and owes clients ${formatCents(bookOwedCents)}.`;
  const [first, ...others] = parting.by.map(({ text }) => text);
  const more = others.length === 0 ? '' : ` There is more on that day: ${others.length}.`;
  return `${figures} They part on ${parting.on}. ${first ?? ''}${more}`;
}
