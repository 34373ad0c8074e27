import { centsOn } from '../allocation.js';
import type { BillFacts } from '../bill.js';
import { foreignCurrency, DEFAULT_PROFILE } from '../company.js';
import {
  carriedKey,
  classKey,
  isKept,
  live,
  postedAs,
  type DocumentKey,
  type Documents,
} from '../document.js';
import type { FirmSettings } from '../firm.js';
import type { ApplicationIntent, CreditMemoIntent, InvoiceIntent } from '../intent.js';
import { remapKey } from '../reference.js';
import { plainText } from '../text.js';
import { sumCents } from '../money.js';
import { openDate } from './books.js';
import type { Charge } from './charge.js';
import { countersIn, counterShares, restShares, type Counter, type Spare } from './counter.js';
import { shareOut, spareOf, type Credit, type Room, type Share } from './credit.js';
import { salesLines } from './line.js';
import { memoOf } from './memo.js';
import { paidOn } from './payment.js';
import { creditItemOf, usedTerms } from './terms.js';

/** All that shall be in the books for one bill, in the order in which it is brought there. */
export interface Wishes {
  invoices: { key: DocumentKey; intent: InvoiceIntent }[];
  memos: { key: DocumentKey; intent: CreditMemoIntent }[];
  applications: ApplicationWish[];
  /** Uses of what takes invoices back that stay in closed books. They come before all that is put. */
  counterUses: ApplicationWish[];
}

/** It names documents by our keys; QuickBooks' ids of them are known once they are there. */
export interface ApplicationWish {
  key: DocumentKey;
  memoKey: DocumentKey;
  shares: Share[];
  rest: Omit<ApplicationIntent, 'creditQboId' | 'allocations'>;
}

const NO_ROOM: Room = new Map();

/** Nothing of the bill shall be in the books; what stays there is taken back. */
export const noWishes = ({ desired: { billId }, documents }: BillFacts): Wishes => ({
  invoices: [],
  memos: [],
  applications: [],
  counterUses: countersIn(documents, billId).map((one) =>
    counterUse(one, counterShares(one, documents, NO_ROOM, { cents: 0 })),
  ),
});

export function wishesOf(
  facts: BillFacts,
  agreed: FirmSettings,
  charges: readonly Charge[],
  credits: readonly Credit[],
  customerQboId: string,
): Wishes {
  const { documents, profile = DEFAULT_PROFILE } = facts;
  const isLatin = profile.country === 'US' || profile.country === 'USA';
  const plain = isLatin ? plainText : (text: string) => text;
  const money = { customerQboId, ...currencyOf(facts) };
  const invoices = charges.map((charge) => ({
    key: charge.key,
    intent: invoiceIntent(facts, agreed, charge, { plain, money }),
  }));
  const memos = credits.map((credit) => ({
    key: credit.key,
    intent: memoIntent(facts, credit, agreed, { plain, money }),
  }));
  const room: Room = new Map(
    charges.map(({ key, totalCents }) => [key, totalCents - paidOn(documents, key)]),
  );
  // In this order: each takes of the room what it needs.
  const counterUses = counterUsesOf(facts, money, room, spareOf(credits, room, documents));
  const applications = applicationsOf(documents, credits, memos, money, room);
  return { invoices, memos, applications, counterUses };
}

/** Of what takes invoices back: the bill's own, and what the bill that it replaces has left. */
function counterUsesOf(
  { desired, documents }: BillFacts,
  money: Money,
  room: Room,
  spare: Spare,
): ApplicationWish[] {
  const { replaces, billId } = desired;
  const isSame = ({ memo }: Counter) =>
    memo.customerQboId === money.customerQboId && memo.currency === money.currency;
  const counters = countersIn(documents, billId);
  const own = counters.map((one) =>
    counterUse(one, counterShares(one, documents, isSame(one) ? room : NO_ROOM, spare)),
  );
  const former = replaces === undefined ? [] : countersIn(documents, replaces).filter(isSame);
  const carried = former.flatMap((one) => {
    const shares = restShares(one, documents, room, spare);
    return shares.length === 0 ? [] : [counterUse(one, shares, carriedKey(billId, one.qboId))];
  });
  // What was credited on an invoice that stays in closed books stays there.
  for (const { keptKey, useKey } of counters) room.set(keptKey, creditedOn(documents, keptKey, useKey));
  return [...own, ...carried];
}

const applicationsOf = (
  documents: Documents,
  credits: readonly Credit[],
  memos: Wishes['memos'],
  money: Money,
  room: Room,
): ApplicationWish[] =>
  credits
    .filter(({ appliedCents }) => appliedCents > 0)
    .map((credit) => ({
      key: credit.applicationKey,
      memoKey: credit.key,
      shares: shareOut(
        credit,
        room,
        live(postedAs<ApplicationIntent>(documents, credit.applicationKey))?.intent,
      ),
      rest: {
        document: 'application',
        ...money,
        appliedOn: memos.find(({ key }) => key === credit.key)?.intent.issuedOn ?? credit.date,
        mark: credit.applicationKey,
      },
    }));

function counterUse(counter: Counter, shares: Share[], useKey = counter.useKey): ApplicationWish {
  const { memo, key } = counter;
  const { customerQboId, currency, exchangeRate, issuedOn } = memo;
  return {
    key: useKey,
    memoKey: key,
    shares,
    rest: {
      document: 'application',
      customerQboId,
      ...(currency !== undefined && { currency }),
      ...(exchangeRate !== undefined && { exchangeRate }),
      appliedOn: issuedOn,
      mark: useKey,
    },
  };
}

function creditedOn(documents: Documents, on: DocumentKey, butBy: DocumentKey): number {
  const uses = Object.entries(documents).flatMap(([key, posted]) =>
    key !== butBy && !isKept(key) && live(posted) && posted.intent.document === 'application'
      ? [posted.intent]
      : [],
  );
  return sumCents(uses.map((intent) => centsOn(intent.allocations, on)));
}

/** A company with several currencies wants one named on each document, its own too. */
function currencyOf({ desired, profile = DEFAULT_PROFILE }: BillFacts) {
  const foreign = foreignCurrency(desired.currency, profile);
  const currency = foreign ?? (profile.multiCurrency ? profile.homeCurrency : undefined);
  return {
    ...(currency !== undefined && { currency }),
    ...(foreign !== undefined &&
      desired.exchangeRate !== undefined && { exchangeRate: desired.exchangeRate }),
  };
}

interface Money {
  customerQboId: string;
  currency?: string;
  exchangeRate?: string;
}

interface Shaping {
  plain: (text: string) => string;
  money: Money;
}

function invoiceIntent(
  facts: BillFacts,
  agreed: FirmSettings,
  charge: Charge,
  { plain, money }: Shaping,
): InvoiceIntent {
  const { desired, documents, profile = DEFAULT_PROFILE } = facts;
  const hasClasses = agreed.classes === 'timekeeper' && profile.classTracking === 'line';
  const classOf = (timekeeperId: string) =>
    hasClasses ? live(documents[classKey(timekeeperId)])?.qboId : undefined;
  const byCode = agreed.tax === 'codes';
  const hasCodes = byCode || agreed.untaxedCode !== undefined;
  const posted = live(postedAs<InvoiceIntent>(documents, charge.key))?.intent;
  const dates = openDate(desired.issuedOn, posted, facts);
  return {
    document: 'invoice',
    ...(charge.isInterest && { about: 'interest' }),
    number: charge.number,
    ...allowed(facts, charge.number),
    ...money,
    ...dates,
    dueOn: desired.dueOn < dates.issuedOn ? dates.issuedOn : desired.dueOn,
    memo: memoOf(desired, agreed, plain),
    lines: salesLines(charge.lines, { agreed, plain, classOf }),
    ...(hasCodes && { tax: { totalCents: byCode ? charge.taxCents : 0 } }),
    totalCents: charge.totalCents,
    terms: { ...usedTerms(agreed, desired.lines), prefix: charge.prefix },
    mark: charge.key,
  };
}

const allowed = ({ duplicateNumbers = [] }: BillFacts, number: string) =>
  duplicateNumbers.includes(number) ? { duplicateAllowed: true as const } : {};

function memoIntent(
  facts: BillFacts,
  { kind, key, number, date, description, amountCents }: Credit,
  agreed: FirmSettings,
  { plain, money }: Shaping,
): CreditMemoIntent {
  const posted = live(postedAs<CreditMemoIntent>(facts.documents, key))?.intent;
  // As an invoice keeps its terms, a credit memo keeps its item while it is of the same kind.
  const held = posted?.kind === kind && !facts.newTerms ? posted.lines[0]?.itemId : undefined;
  const kept =
    held === undefined ? undefined : (facts.remapped?.[remapKey({ list: 'Item', id: held })] ?? held);
  const { untaxedCode } = agreed;
  return {
    document: 'credit-memo',
    kind,
    number,
    ...allowed(facts, number),
    ...money,
    ...openDate(date, posted, facts),
    memo: '',
    lines: [
      {
        description: plain(description),
        amountCents,
        itemId: kept ?? creditItemOf(agreed, kind) ?? '',
        ...(untaxedCode !== undefined && { taxCodeId: untaxedCode }),
      },
    ],
    ...(untaxedCode !== undefined && { tax: { totalCents: 0 } }),
    totalCents: amountCents,
    mark: key,
  };
}

/** The wish with QuickBooks' ids; undefined while one of the documents is not there. */
export function applicationIntent(
  wish: ApplicationWish,
  documents: Documents,
): ApplicationIntent | undefined {
  const memo = live(documents[wish.memoKey]);
  const allocations = wish.shares.flatMap(({ invoiceKey, amountCents }) => {
    const invoice = live(documents[invoiceKey]);
    return invoice ? [{ invoiceKey, invoiceQboId: invoice.qboId, amountCents }] : [];
  });
  if (!memo || allocations.length < wish.shares.length) return undefined;
  return { ...wish.rest, creditQboId: memo.qboId, allocations };
}
