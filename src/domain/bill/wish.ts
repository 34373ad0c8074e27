import type { BillFacts } from '../bill.js';
import { foreignCurrency, DEFAULT_PROFILE } from '../company.js';
import { classKey, live, postedAs, type DocumentKey, type Documents } from '../document.js';
import type { FirmSettings } from '../firm.js';
import type { ApplicationIntent, CreditMemoIntent, InvoiceIntent } from '../intent.js';
import { plainText } from '../text.js';
import { sumCents } from '../money.js';
import type { Charge } from './charge.js';
import { shareOut, type Credit, type Room, type Share } from './credit.js';
import { salesLines } from './line.js';
import { memoOf } from './memo.js';
import { paidOn } from './payment.js';
import { creditItemOf, usedTerms } from './terms.js';

/** All that shall be in the books for one bill, in the order in which it is brought there. */
export interface Wishes {
  invoices: { key: DocumentKey; intent: InvoiceIntent }[];
  memos: { key: DocumentKey; intent: CreditMemoIntent }[];
  applications: ApplicationWish[];
}

/** It names documents by our keys; QuickBooks' ids of them are known once they are there. */
export interface ApplicationWish {
  key: DocumentKey;
  memoKey: DocumentKey;
  shares: Share[];
  rest: Omit<ApplicationIntent, 'creditQboId' | 'allocations'>;
}

export const NO_WISHES: Wishes = { invoices: [], memos: [], applications: [] };

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
    intent: memoIntent(credit, agreed, documents, { plain, money }),
  }));
  const room: Room = new Map(
    charges.map(({ key, totalCents }) => [key, totalCents - paidOn(documents, key)]),
  );
  const applications = credits
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
        document: 'application' as const,
        ...money,
        appliedOn: credit.date,
        mark: credit.applicationKey,
      },
    }));
  return { invoices, memos, applications };
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

interface Shaping {
  plain: (text: string) => string;
  money: { customerQboId: string; currency?: string; exchangeRate?: string };
}

function invoiceIntent(
  { desired, documents, profile = DEFAULT_PROFILE }: BillFacts,
  agreed: FirmSettings,
  charge: Charge,
  { plain, money }: Shaping,
): InvoiceIntent {
  const hasClasses = agreed.classes === 'timekeeper' && profile.classTracking === 'line';
  const classOf = (timekeeperId: string) =>
    hasClasses ? live(documents[classKey(timekeeperId)])?.qboId : undefined;
  const byCode = agreed.tax === 'codes';
  const hasCodes = byCode || agreed.untaxedCode !== undefined;
  return {
    document: 'invoice',
    ...(charge.isInterest && { about: 'interest' }),
    number: charge.number,
    ...money,
    issuedOn: desired.issuedOn,
    dueOn: desired.dueOn,
    memo: memoOf(desired, agreed, plain),
    lines: salesLines(charge.lines, { agreed, plain, classOf }),
    ...(hasCodes && { tax: { totalCents: byCode ? charge.taxCents : 0 } }),
    totalCents: charge.totalCents,
    terms: { ...usedTerms(agreed, desired.lines), prefix: charge.prefix },
    mark: charge.key,
  };
}

function memoIntent(
  { kind, key, number, date, description, amountCents }: Credit,
  agreed: FirmSettings,
  documents: Documents,
  { plain, money }: Shaping,
): CreditMemoIntent {
  const posted = live(postedAs<CreditMemoIntent>(documents, key))?.intent;
  // As an invoice keeps its terms, a credit memo keeps its item while it is of the same kind.
  const kept = posted?.kind === kind ? posted.lines[0]?.itemId : undefined;
  const { untaxedCode } = agreed;
  return {
    document: 'credit-memo',
    kind,
    number,
    ...money,
    issuedOn: date,
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

export const appliedTo = (intent: ApplicationIntent, invoiceKey: DocumentKey): number =>
  sumCents(
    intent.allocations.filter((one) => one.invoiceKey === invoiceKey).map(({ amountCents }) => amountCents),
  );
