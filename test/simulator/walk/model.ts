import type { Fields } from '../../../src/simulator/fields.js';
import { taxesOf } from './tax.js';

/** Cents in the home currency by account, and by name where the account is receivable or payable. */
export interface Side {
  readonly accountId: string;
  readonly cents: number;
  readonly nameId?: string;
  /** The same in the currency of the transaction. */
  readonly foreignCents: number;
}

/** A side in the currency of its transaction; `rate` is that of what it settles. */
interface Leg {
  readonly accountId: string;
  readonly cents: number;
  readonly nameId?: string;
  readonly rate?: number;
}

export interface Chart {
  readonly homeCurrency: string;
  readonly undeposited: string;
  readonly gainOrLoss: () => string;
  /** What is owed by or to somebody in a currency. */
  readonly receivable: (currency: string) => string;
  readonly payable: (currency: string) => string;
  /** The account that an item costs, and the type of an account. */
  readonly costOf: (itemId: string) => string;
  readonly typeOf: (accountId: string) => string;
  /** Where the tax of a rate is owed. */
  readonly liabilityOf: (rateId: string) => string;
  /** A transaction as a reader sees it. */
  readonly read: (entity: string, id: string) => Fields | undefined;
}

export const toCents = (value: unknown): number => {
  const exact = Number(value ?? 0) * 100;
  return Math.sign(exact) * Math.floor(Math.abs(exact) + 0.5 + 1e-7);
};
export const refOf = (holder: unknown, property: string): string | undefined =>
  ((holder as Fields | undefined)?.[property] as Fields | undefined)?.['value'] as string | undefined;
export const linesOf = (fields: Fields): Fields[] => (fields['Line'] ?? []) as Fields[];
export const linksOf = (line: Fields): Fields[] => (line['LinkedTxn'] ?? []) as Fields[];

export interface Used {
  readonly entity: string;
  readonly id: string;
  readonly cents: number;
}

/** What the lines of a transaction use of others. */
export function usedBy(fields: Fields): Used[] {
  return linesOf(fields).flatMap((line) =>
    linksOf(line).map((linked) => ({
      entity: String(linked['TxnType']),
      id: String(linked['TxnId']),
      cents: toCents(line['Amount']),
    })),
  );
}

export function currencyOf(chart: Chart, fields: Fields | undefined): string {
  return refOf(fields, 'CurrencyRef') ?? chart.homeCurrency;
}

function rateOf(chart: Chart, fields: Fields | undefined): number {
  return currencyOf(chart, fields) === chart.homeCurrency ? 1 : Number(fields?.['ExchangeRate'] ?? 1);
}

function taxLegs(chart: Chart, fields: Fields, sign: 1 | -1): Leg[] {
  return [...taxesOf(fields)].map(([rateId, { cents }]) => ({
    accountId: chart.liabilityOf(rateId),
    cents: -sign * cents,
  }));
}

function saleLegs(chart: Chart, fields: Fields, debit: Omit<Leg, 'cents'>, sign: 1 | -1): Leg[] {
  const lines = linesOf(fields).flatMap((line): Leg[] => {
    const detail = line[String(line['DetailType'])] as Fields;
    const amount = toCents(line['Amount']);
    if (line['DetailType'] === 'SalesItemLineDetail')
      return [{ accountId: refOf(detail, 'ItemAccountRef') ?? '', cents: -sign * amount }];
    if (line['DetailType'] !== 'DiscountLineDetail') return [];
    return [{ accountId: refOf(detail, 'DiscountAccountRef') ?? 'discount', cents: sign * amount }];
  });
  const whole = { ...debit, cents: sign * toCents(fields['TotalAmt']) };
  return [whole, ...lines, ...taxLegs(chart, fields, sign)];
}

function expenseLegs(chart: Chart, fields: Fields, sign: 1 | -1): Leg[] {
  const lines = linesOf(fields).map((line) => {
    const detail = line[String(line['DetailType'])] as Fields | undefined;
    const item = refOf(detail, 'ItemRef');
    const accountId = item === undefined ? (refOf(detail, 'AccountRef') ?? '') : chart.costOf(item);
    return { accountId, cents: sign * toCents(line['Amount']) };
  });
  return [...lines, ...taxLegs(chart, fields, sign === 1 ? -1 : 1)];
}

function journalLegs(chart: Chart, fields: Fields): Leg[] {
  return linesOf(fields).map((line) => {
    const detail = line['JournalEntryLineDetail'] as Fields;
    const sign = detail['PostingType'] === 'Debit' ? 1 : -1;
    const accountId = refOf(detail, 'AccountRef') ?? '';
    const nameId = refOf(detail['Entity'], 'EntityRef');
    const isOwed = chart.typeOf(accountId).startsWith('Accounts ');
    const leg = { accountId, cents: sign * toCents(line['Amount']) };
    return isOwed && nameId !== undefined ? { ...leg, nameId } : leg;
  });
}

/** Which of what a payment uses gives it money instead of taking some. */
export const GIVES = ['CreditMemo', 'JournalEntry', 'VendorCredit'];

/** Money goes to what each line pays and what is left to the payer; credits that are used work the other way. */
function paymentLegs(chart: Chart, fields: Fields): Leg[] {
  const payer = refOf(fields, 'CustomerRef') ?? '';
  const accountId = chart.receivable(currencyOf(chart, fields));
  let rest = toCents(fields['TotalAmt']);
  const legs: Leg[] = [{ accountId: refOf(fields, 'DepositToAccountRef') ?? '', cents: rest }];
  for (const used of usedBy(fields)) {
    const target = chart.read(used.entity, used.id);
    const cents = GIVES.includes(used.entity) ? used.cents : -used.cents;
    const nameId = refOf(target, 'CustomerRef') ?? payer;
    legs.push({ accountId, nameId, cents, rate: rateOf(chart, target) });
    rest += cents;
  }
  return [...legs, { accountId, nameId: payer, cents: -rest }];
}

function billPaymentLegs(chart: Chart, fields: Fields): Leg[] {
  const total = toCents(fields['TotalAmt']);
  const accountId = refOf(fields, 'APAccountRef') ?? chart.payable(currencyOf(chart, fields));
  const nameId = refOf(fields, 'VendorRef') ?? '';
  const paidFrom =
    refOf(fields['CheckPayment'], 'BankAccountRef') ?? refOf(fields['CreditCardPayment'], 'CCAccountRef');
  let rest = total;
  const legs = usedBy(fields).map((used): Leg => {
    const cents = GIVES.includes(used.entity) ? -used.cents : used.cents;
    rest -= cents;
    return { accountId, nameId, cents, rate: rateOf(chart, chart.read(used.entity, used.id)) };
  });
  return [{ accountId: paidFrom ?? '', cents: -total }, ...legs, { accountId, nameId, cents: rest }];
}

function depositLegs(chart: Chart, fields: Fields): Leg[] {
  const sources = linesOf(fields).map((line): Leg => {
    const [linked] = linksOf(line);
    const source = linked && chart.read(String(linked['TxnType']), String(linked['TxnId']));
    const accountId = linked
      ? (refOf(source, 'DepositToAccountRef') ?? chart.undeposited)
      : (refOf(line['DepositLineDetail'], 'AccountRef') ?? '');
    const cents = -toCents(line['Amount']);
    return source === undefined ? { accountId, cents } : { accountId, cents, rate: rateOf(chart, source) };
  });
  const cashBack = fields['CashBack'] as Fields | undefined;
  return [
    { accountId: refOf(fields, 'DepositToAccountRef') ?? '', cents: toCents(fields['TotalAmt']) },
    { accountId: refOf(cashBack, 'AccountRef') ?? '', cents: toCents(cashBack?.['Amount']) },
    ...sources,
  ];
}

function moved(fields: Fields, to: string, from: string): Leg[] {
  const cents = toCents(fields['Amount']);
  return [
    { accountId: refOf(fields, to) ?? '', cents },
    { accountId: refOf(fields, from) ?? '', cents: -cents },
  ];
}

function owed(chart: Chart, fields: Fields): Omit<Leg, 'cents'> {
  const nameId = refOf(fields, 'CustomerRef') ?? '';
  return { accountId: chart.receivable(currencyOf(chart, fields)), nameId };
}

function vendorLegs(chart: Chart, fields: Fields, sign: 1 | -1): Leg[] {
  const nameId = refOf(fields, 'VendorRef') ?? '';
  const accountId = refOf(fields, 'APAccountRef') ?? '';
  const whole = { accountId, nameId, cents: -sign * toCents(fields['TotalAmt']) };
  return [whole, ...expenseLegs(chart, fields, sign)];
}

const LEGS: Readonly<Record<string, (chart: Chart, fields: Fields) => Leg[]>> = {
  // What was paid in advance never becomes owed.
  Invoice: (chart, fields) => {
    const debit = owed(chart, fields);
    const advance = toCents(fields['Deposit']);
    const money = { accountId: refOf(fields, 'DepositToAccountRef') ?? chart.undeposited, cents: advance };
    return [...saleLegs(chart, fields, debit, 1), { ...debit, cents: -advance }, money];
  },
  CreditMemo: (chart, fields) => saleLegs(chart, fields, owed(chart, fields), -1),
  SalesReceipt: (chart, fields) =>
    saleLegs(chart, fields, { accountId: refOf(fields, 'DepositToAccountRef') ?? '' }, 1),
  RefundReceipt: (chart, fields) =>
    saleLegs(chart, fields, { accountId: refOf(fields, 'DepositToAccountRef') ?? '' }, -1),
  Payment: paymentLegs,
  Deposit: depositLegs,
  JournalEntry: journalLegs,
  Transfer: (_, fields) => moved(fields, 'ToAccountRef', 'FromAccountRef'),
  CreditCardPaymentTxn: (_, fields) => moved(fields, 'CreditCardAccountRef', 'BankAccountRef'),
  Purchase: (chart, fields) => {
    const sign = fields['Credit'] === true ? -1 : 1;
    const accountId = refOf(fields, 'AccountRef') ?? '';
    const whole = { accountId, cents: -sign * toCents(fields['TotalAmt']) };
    return [whole, ...expenseLegs(chart, fields, sign)];
  },
  Bill: (chart, fields) => vendorLegs(chart, fields, 1),
  VendorCredit: (chart, fields) => vendorLegs(chart, fields, -1),
  BillPayment: billPaymentLegs,
};

export const POSTING = Object.keys(LEGS);

/**
 * In the home currency each leg goes at its own rate. What the rates differ by is gained or lost; what only rounding
 * leaves goes to the largest side after the first.
 */
function inHome(chart: Chart, fields: Fields, legs: readonly Leg[]): Side[] {
  const own = rateOf(chart, fields);
  const isHome = currencyOf(chart, fields) === chart.homeCurrency;
  const sides: Side[] = legs.map(({ rate, ...leg }) => ({
    ...leg,
    cents: isHome ? leg.cents : toCents((leg.cents * (rate ?? own)) / 100),
    foreignCents: leg.cents,
  }));
  const gap = sides.reduce((sum, side) => sum + side.cents, 0);
  if (isHome || gap === 0) return sides;
  if (legs.some(({ rate }) => rate !== undefined && rate !== own))
    return [...sides, { accountId: chart.gainOrLoss(), cents: -gap, foreignCents: 0 }];
  let taker = sides.length - 1;
  for (let at = 1; at < sides.length; at += 1)
    if (Math.abs(sides[at]?.cents ?? 0) > Math.abs(sides[taker]?.cents ?? 0)) taker = at;
  return sides.map((side, at) => (at === taker ? { ...side, cents: side.cents - gap } : side));
}

/** What a transaction posts, worked out from its answer alone and without the simulator's own ledger. */
export function sidesOf(chart: Chart, entity: string, fields: Fields): Side[] {
  const legs = LEGS[entity]?.(chart, fields) ?? [];
  return inHome(chart, fields, legs).filter((side) => side.cents !== 0 || side.foreignCents !== 0);
}
