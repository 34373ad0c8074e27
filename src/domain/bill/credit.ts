import type { BillSnapshot } from '../bill.js';
import {
  applicationKey,
  creditKey,
  isKept,
  live,
  postedAs,
  type DocumentKey,
  type Documents,
} from '../document.js';
import type { FirmSettings } from '../firm.js';
import type { ApplicationIntent, CreditMemoIntent } from '../intent.js';
import { sumCents } from '../money.js';
import { freeNumber, type Spare } from './counter.js';
import { NUMBER_LENGTH } from './number.js';
import type { ApplicationWish, Wishes } from './wish.js';

/** A credit note or a write-off: in QuickBooks a credit memo, and its use on the invoices of the bill. */
export interface Credit {
  kind: 'credit' | 'write-off' | 'bad-debt';
  key: DocumentKey;
  applicationKey: DocumentKey;
  /** Empty where it goes without one. */
  number: string;
  date: string;
  description: string;
  amountCents: number;
  /** How much of it is used on this bill. */
  appliedCents: number;
}

export function creditsOf(
  { billId, credits = [], writeOffs = [] }: BillSnapshot,
  number: string,
  { prefix }: FirmSettings,
  documents: Documents,
): Credit[] {
  const build = (
    id: string,
    given: string | undefined,
    rest: Omit<Credit, 'key' | 'applicationKey' | 'number'>,
  ) => {
    const key = creditKey(billId, id);
    const posted = live(postedAs<CreditMemoIntent>(documents, key));
    const after = freeNumber(`${number}-${id}`, documents, billId);
    const derived = after.length <= NUMBER_LENGTH ? after : '';
    return {
      ...rest,
      key,
      applicationKey: applicationKey(billId, id),
      // One that is posted keeps the number that was made for it when the bill's changes.
      number:
        given === undefined
          ? (posted?.intent.number ?? derived)
          : freeNumber(prefix + given, documents, billId),
    };
  };
  return [
    ...credits.map(
      ({ creditId, number: given, date, description, amountCents, appliedCents = amountCents }) =>
        build(creditId, given, { kind: 'credit', date, description, amountCents, appliedCents }),
    ),
    ...writeOffs.map(({ writeOffId, kind, date, description, amountCents }) =>
      build(writeOffId, undefined, { kind, date, description, amountCents, appliedCents: amountCents }),
    ),
  ];
}

export interface Share {
  invoiceKey: DocumentKey;
  amountCents: number;
}

/** How much is left on each invoice of the bill for credits. */
export type Room = Map<DocumentKey, number>;

/**
 * On which invoices a credit is used: as it is already while that is possible, else on the first that has room.
 * Takes the room that it uses; what finds none goes to the first invoice, where it is too much.
 */
export function shareOut(credit: Credit, room: Room, posted: ApplicationIntent | undefined): Share[] {
  const kept = posted?.allocations.map(({ invoiceKey, amountCents }) => ({ invoiceKey, amountCents }));
  const fits =
    kept !== undefined &&
    sumCents(kept.map(({ amountCents }) => amountCents)) === credit.appliedCents &&
    kept.every(({ invoiceKey, amountCents }) => amountCents <= (room.get(invoiceKey) ?? 0));
  const shares = fits ? kept : firstComeFirst(credit.appliedCents, room);
  for (const { invoiceKey, amountCents } of shares) {
    room.set(invoiceKey, (room.get(invoiceKey) ?? 0) - amountCents);
  }
  return shares;
}

function firstComeFirst(appliedCents: number, room: Room): Share[] {
  let left = appliedCents;
  const shares: Share[] = [];
  for (const [invoiceKey, cents] of room) {
    const amountCents = Math.min(left, Math.max(0, cents));
    if (amountCents > 0) shares.push({ invoiceKey, amountCents });
    left -= amountCents;
  }
  const [first] = room.keys();
  if (left === 0 || first === undefined) return shares;
  const rest = shares.filter(({ invoiceKey }) => invoiceKey !== first);
  const there = shares.find(({ invoiceKey }) => invoiceKey === first)?.amountCents ?? 0;
  return [{ invoiceKey: first, amountCents: there + left }, ...rest];
}

/** What the credits leave of the invoices, but for those that lie on invoices that stay in closed books. */
export function spareOf(credits: readonly Credit[], room: Room, documents: Documents): Spare {
  const needed = credits.map(({ appliedCents, applicationKey: key }) => {
    const use = live(postedAs<ApplicationIntent>(documents, key))?.intent.allocations ?? [];
    const kept = use.filter(({ invoiceKey }) => isKept(invoiceKey)).map(({ amountCents }) => amountCents);
    return Math.max(0, appliedCents - sumCents(kept));
  });
  const open = [...room.values()].map((cents) => Math.max(0, cents));
  return { cents: Math.max(0, sumCents(open) - sumCents(needed)) };
}

/** All uses of credits, those first that come before all that is put. */
export const usesIn = ({ counterUses, applications }: Wishes): ApplicationWish[] => [
  ...counterUses,
  ...applications,
];
