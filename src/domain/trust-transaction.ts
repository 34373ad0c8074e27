import type { Matter } from './bill.js';
import type { ContactSnapshot } from './contact.js';
import { sameJson } from './json.js';
import type { Adoption } from './trust/adoption/record.js';
import type { Leg } from './trust/ledger.js';
import type { TrustAccount } from './trust-account.js';
import { addDays } from './day.js';

export const TRUST_KINDS = [
  'deposit',
  'disbursement',
  'fee',
  'transfer',
  'bank-charge',
  'interest',
  'opening-balance',
  'reversal',
] as const;

export type TrustKind = (typeof TRUST_KINDS)[number];

/** A cheque that the bookkeeper prints from QuickBooks. */
export interface Cheque {
  print: true;
  /** Of the payee, as it is printed; lines are separated by line breaks. */
  address?: string;
}

/** One movement of client money, with all that has to be on record about it. */
export interface TrustTransactionSnapshot {
  firmId: string;
  trustTransactionId: string;
  /** Only grows; an older or equal version is ignored. What is money in it cannot be changed once it is posted. */
  version: number;
  kind: TrustKind;
  /** Our trust account. */
  accountId: string;
  /** The day that it stands under in the books; never another one. `YYYY-MM-DD`. */
  date: string;
  /** Always above zero; the kind says in which direction. */
  amountCents: number;
  client: ContactSnapshot;
  matter: Matter;
  /** For a transfer: where the money goes. */
  to?: { client: ContactSnapshot; matter: Matter };
  /** For a transfer and a reversal: why. */
  reason?: string;
  /** For a reversal: the transaction that it takes back, all of it. */
  reverses?: string;
  /** For a fee: the bill that it is applied to. */
  billId?: string;
  /** For money in: not drawn upon before this day; absent = as the account is set up. */
  clearsOn?: string;
  payer?: string;
  payee?: string;
  purpose?: string;
  method?: string;
  /** The number of a cheque or wire. */
  reference?: string;
  memo?: string;
  cheque?: Cheque;
  /** It is in QuickBooks already, as this: nothing is posted. */
  adopts?: Adoption;
  /** Who entered it in the billing app. */
  enteredBy?: string;
}

const IN: readonly TrustKind[] = ['deposit', 'interest', 'opening-balance'];

/** Money that comes to a client's ledger from outside. */
export const isMoneyIn = (kind: TrustKind): boolean => IN.includes(kind);

/**
 * What it does to the ledgers: one leg, or two for a transfer, out first. A reversal has those of its original the other
 * way round; none where that is not known.
 */
export function legsOf(
  desired: TrustTransactionSnapshot,
  account: Pick<TrustAccount, 'clearingDays'> = {},
  original?: TrustTransactionSnapshot,
): Leg[] {
  const { accountId, kind, amountCents, date: on, client, matter, to } = desired;
  if (kind === 'reversal') {
    const taken = original === undefined ? [] : legsOf(original);
    return taken
      .map(({ clearsOn: _cleared, ...leg }) => ({ ...leg, cents: -leg.cents, on }))
      .sort((one, other) => one.cents - other.cents);
  }
  const own = { accountId, clientId: client.clientId, matterId: matter.matterId, on };
  if (isMoneyIn(kind)) {
    const clearsOn = kind === 'opening-balance' ? undefined : clearing(desired, account);
    return [{ ...own, cents: amountCents, ...(clearsOn !== undefined && { clearsOn }) }];
  }
  const out: Leg = { ...own, cents: -amountCents };
  if (kind !== 'transfer' || to === undefined) return [out];
  const { clientId } = to.client;
  return [out, { ...own, clientId, matterId: to.matter.matterId, cents: amountCents }];
}

function clearing(
  { clearsOn, date }: TrustTransactionSnapshot,
  { clearingDays = 0 }: Pick<TrustAccount, 'clearingDays'>,
): string | undefined {
  if (clearsOn !== undefined) return clearsOn;
  return clearingDays > 0 ? addDays(date, clearingDays) : undefined;
}

/** What cannot be changed once it is posted: correction is a reversal and a new transaction. */
export function moneyOf(snapshot: TrustTransactionSnapshot) {
  const { kind, accountId, date, amountCents, client, matter, to, reverses, cheque, payee } = snapshot;
  return {
    kind,
    accountId,
    date,
    amountCents,
    clientId: client.clientId,
    matterId: matter.matterId,
    ...(to && { toClientId: to.client.clientId, toMatterId: to.matter.matterId }),
    ...(reverses !== undefined && { reverses }),
    // Whose name is on the paper cannot be changed by writing another one into the books.
    ...(cheque && { chequeTo: payee ?? '' }),
  };
}

export const sameMoney = (one: TrustTransactionSnapshot, other: TrustTransactionSnapshot): boolean =>
  sameJson(moneyOf(one), moneyOf(other));
