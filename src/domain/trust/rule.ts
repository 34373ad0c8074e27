import { formatCents } from '../money.js';
import type { Holder, TrustAccount } from '../trust-account.js';
import type { TrustTransactionSnapshot } from '../trust-transaction.js';
import type { LedgerKey, Shortfall } from './ledger.js';

/** Why a trust transaction cannot be taken as it is: an entry of the catalogue, with what fills its sentences. */
export interface TrustProblem {
  fault: string;
  params: Record<string, string>;
}

export interface Original {
  desired: TrustTransactionSnapshot;
  excluded: boolean;
  /** Who takes it back. */
  reversedBy?: string;
}

interface Asked {
  desired: TrustTransactionSnapshot;
  account?: TrustAccount;
  /** What a reversal takes back, where it is known. */
  original?: Original;
}

const matterText = (
  { clientId, matterId }: Holder,
  { client, matter, to }: TrustTransactionSnapshot,
): string => {
  const known = [{ client, matter }, ...(to ? [to] : [])].find(
    (one) => one.client.clientId === clientId && one.matter.matterId === matterId,
  );
  return known ? `matter ${known.matter.number} of ${known.client.name}` : `matter ${matterId}`;
};

/** What can be said without looking at any balance; undefined where nothing stands in the way. */
export function ruleProblem(asked: Asked): TrustProblem | undefined {
  const { desired, account } = asked;
  const { accountId, kind, date } = desired;
  if (!account) return { fault: 'trust-account-unknown', params: { account: accountId } };
  const { startOn, name } = account;
  if (date < startOn || (kind === 'opening-balance' && date !== startOn)) {
    return { fault: 'trust-before-start', params: { account: name, date, startOn } };
  }
  return kind === 'reversal' ? originalProblem(asked) : ledgerProblem(desired, account);
}

function ledgerProblem(
  desired: TrustTransactionSnapshot,
  { charges, interest }: TrustAccount,
): TrustProblem | undefined {
  const { kind, client, matter } = desired;
  const wrong = (expected: string): TrustProblem => {
    const own = { clientId: client.clientId, matterId: matter.matterId };
    return {
      fault: 'trust-wrong-ledger',
      params: { matter: matterText(own, desired), expected },
    };
  };
  const isOn = (holder: Holder) => holder.clientId === client.clientId && holder.matterId === matter.matterId;
  const isFor = ({ clientId, matterId }: Holder) => `matter ${matterId} of client ${clientId}`;
  if (kind === 'bank-charge' && !charges) return wrong('no ledger line of the firm is set up');
  if (kind === 'bank-charge' && charges && !isOn(charges)) return wrong(isFor(charges));
  if (kind === 'interest' && interest && !isOn(interest)) return wrong(isFor(interest));
  return undefined;
}

function originalProblem({ desired, original }: Asked): TrustProblem | undefined {
  const unfit = (reason: string): TrustProblem => ({
    fault: 'trust-original-unfit',
    params: { original: desired.reverses ?? 'nothing', reason },
  });
  if (!original) return unfit('there is no such transaction');
  const taken = original.desired;
  if (original.excluded) return unfit('it is excluded from QuickBooks');
  const { reversedBy } = original;
  if (reversedBy !== undefined && reversedBy !== desired.trustTransactionId) {
    return unfit(`${reversedBy} takes it back already`);
  }
  if (taken.kind === 'reversal') return unfit('it is a reversal itself; enter what is meant anew');
  if (taken.accountId !== desired.accountId) return unfit('it is of another trust account');
  if (taken.amountCents !== desired.amountCents) {
    return unfit(`a reversal takes back all of it, and it is of ${formatCents(taken.amountCents)}`);
  }
  const sameLedger =
    taken.client.clientId === desired.client.clientId && taken.matter.matterId === desired.matter.matterId;
  if (!sameLedger) return unfit('it is of another matter');
  if (desired.date < taken.date) return unfit(`it is of ${taken.date}, after its reversal`);
  return undefined;
}

/** A shortfall in a bookkeeper's words. */
export function shortProblem(
  { key, on, availableCents, missingCents }: Shortfall & { key: LedgerKey },
  desired: TrustTransactionSnapshot,
): TrustProblem {
  const available = formatCents(availableCents);
  const missing = formatCents(missingCents);
  return {
    fault: 'trust-overdraw',
    params: { matter: matterText(key, desired), available, missing, on },
  };
}

/** For a person, e.g. "disbursement T5 of 500.00". */
export function nameOf({ kind, trustTransactionId, amountCents }: TrustTransactionSnapshot): string {
  return `trust ${kind.replace('-', ' ')} ${trustTransactionId} of ${formatCents(amountCents)}`;
}
