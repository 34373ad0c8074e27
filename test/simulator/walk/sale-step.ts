import type { Fields } from '../../../src/simulator/fields.js';
import { GIVES, linksOf, refOf, toCents } from './model.js';
import type { Outcome } from './office.js';
import type { Step, Walk } from './walk.js';

export const amount = (walk: Walk): number => walk.luck.whole(1, 90_000) / 100;

/** A code for a line: one of the company's abroad, and taxed or not in the United States. */
export function coded(walk: Walk): Fields {
  if (walk.books.chart.isAbroad) return { TaxCodeRef: { value: walk.taxCode() } };
  return walk.luck.chance(0.5) ? {} : { TaxCodeRef: { value: walk.luck.chance(0.6) ? 'TAX' : 'NON' } };
}

export function classed(walk: Walk): Fields {
  return walk.luck.chance(0.2) ? { ClassRef: { value: walk.pick('Class') } } : {};
}

function saleLine(walk: Walk): Fields {
  const detail = { ItemRef: { value: walk.pick('Item') }, ...coded(walk), ...classed(walk) };
  const DetailType = 'SalesItemLineDetail';
  if (walk.luck.chance(0.5)) return { Amount: amount(walk), DetailType, [DetailType]: detail };
  const Qty = walk.luck.whole(1, 800) / 100;
  const UnitPrice = walk.luck.whole(100, 50_000) / 100;
  const Amount = Math.round(Qty * UnitPrice * 100 + 1e-6) / 100;
  return { Amount, DetailType, [DetailType]: { ...detail, Qty, UnitPrice } };
}

export function saleLines(walk: Walk): Fields[] {
  const lines = Array.from({ length: walk.luck.whole(1, 3) }, () => saleLine(walk));
  if (walk.luck.chance(0.1)) lines.push({ DetailType: 'DescriptionOnly', Description: 'with thanks' });
  if (walk.luck.chance(0.15) && walk.discountAccount !== undefined)
    lines.push({
      DetailType: 'DiscountLineDetail',
      Amount: 0.5,
      DiscountLineDetail: {
        DiscountAccountRef: { value: walk.discountAccount },
        ...(walk.luck.chance(0.5) ? { PercentBased: true, DiscountPercent: 10 } : { PercentBased: false }),
      },
    });
  return lines;
}

/** How the whole of a form is taxed. */
export function taxed(walk: Walk): Fields {
  if (walk.books.chart.isAbroad) {
    const choice = walk.luck.pick(['TaxExcluded', 'TaxExcluded', 'TaxInclusive', 'NotApplicable', undefined]);
    return choice === undefined ? {} : { GlobalTaxCalculation: choice };
  }
  const code = walk.taxCode();
  if (code === '' || walk.luck.chance(0.4)) return {};
  const after = walk.luck.chance(0.3) ? { ApplyTaxAfterDiscount: true } : {};
  return { TxnTaxDetail: { TxnTaxCodeRef: { value: code } }, ...after };
}

export function placed(walk: Walk): Fields {
  return walk.luck.chance(0.15) ? { DepartmentRef: { value: walk.pick('Department') } } : {};
}

export function sale(entity: string, more: (walk: Walk, currency: string) => Fields = () => ({})): Step {
  return (walk) => {
    const customer = walk.pick('Customer');
    return walk.create(entity, {
      CustomerRef: { value: customer },
      ...walk.dated(),
      ...taxed(walk),
      ...placed(walk),
      Line: saleLines(walk),
      ...more(walk, walk.currencyOf('Customer', customer)),
    });
  };
}

/** What was offered or worked becomes an invoice. */
export function invoiceFrom(entity: 'Estimate' | 'TimeActivity'): Step {
  return (walk) => {
    const origin = walk.read(entity);
    if (origin === undefined) return undefined;
    const LinkedTxn = [{ TxnId: origin['Id'], TxnType: entity }];
    const Line = saleLines(walk);
    return walk.create('Invoice', { CustomerRef: origin['CustomerRef'], ...taxed(walk), Line, LinkedTxn });
  };
}

/** Pays some of an open form: all of it, a part, or (to be refused) more than there is. */
export function application(walk: Walk, entity: string, owner?: string): Fields | undefined {
  const form = owner === undefined ? walk.read(entity) : walk.readOf(entity, owner);
  if (form === undefined) return undefined;
  const open = toCents(form['Balance']);
  const cents = walk.luck.chance(0.5) ? open : walk.luck.whole(1, Math.max(1, Math.ceil(open * 1.1)));
  if (cents <= 0) return undefined;
  return { Amount: cents / 100, LinkedTxn: [{ TxnId: form['Id'], TxnType: entity }] };
}

/** A rate of the day of payment, where there are others than one's own. */
export function rated(walk: Walk, currency: string): Fields {
  if (currency === walk.books.chart.homeCurrency || walk.luck.chance(0.4)) return {};
  return { ExchangeRate: walk.luck.whole(8000, 16_000) / 10_000 };
}

function sumOf(lines: readonly Fields[]): number {
  return lines.reduce((sum, line) => {
    const gives = linksOf(line).some((one) => GIVES.includes(String(one['TxnType'])));
    return sum + toCents(line['Amount']) * (gives ? -1 : 1);
  }, 0);
}

export function payment(walk: Walk): Outcome | undefined {
  const first = application(walk, 'Invoice');
  const [linked] = first === undefined ? [] : linksOf(first);
  const invoice = linked && walk.office.read('Invoice', String(linked['TxnId']));
  const payer = refOf(invoice, 'CustomerRef') ?? walk.pick('Customer');
  const currency = walk.currencyOf('Customer', payer);
  const lines = [first, walk.luck.chance(0.2) ? first : undefined, application(walk, 'Invoice', payer)];
  const credit = walk.luck.chance(0.3) ? application(walk, 'CreditMemo', payer) : undefined;
  const Line = [...lines, credit].filter((line) => line !== undefined);
  const rest = walk.luck.chance(0.3) ? walk.luck.whole(1, 20_000) : 0;
  const bank = walk.luck.chance(0.3) ? { DepositToAccountRef: { value: walk.bankIn(currency) } } : {};
  return walk.create('Payment', {
    CustomerRef: { value: payer },
    TotalAmt: Math.max(0, sumOf(Line) + rest) / 100,
    ...walk.dated(),
    ...rated(walk, currency),
    ...bank,
    ...(Line.length > 0 || walk.luck.chance(0.5) ? { Line } : {}),
  });
}

/** No money moves: a credit memo pays an invoice of the same customer. */
export function applyCredit(walk: Walk): Outcome | undefined {
  const memo = walk.read('CreditMemo');
  const owner = memo && refOf(memo, 'CustomerRef');
  const charge = owner === undefined ? undefined : application(walk, 'Invoice', owner);
  if (memo === undefined || charge === undefined) return undefined;
  const cents = Math.min(toCents(charge['Amount']), toCents(memo['Balance']));
  if (cents <= 0) return undefined;
  const credit = { Amount: cents / 100, LinkedTxn: [{ TxnId: memo['Id'], TxnType: 'CreditMemo' }] };
  const Line = [{ ...charge, Amount: cents / 100 }, credit];
  return walk.create('Payment', { CustomerRef: { value: owner }, TotalAmt: 0, ...walk.dated(), Line });
}

export function deposit(walk: Walk): Outcome | undefined {
  const linked = [walk.read('Payment'), walk.read('SalesReceipt')]
    .map((one, index) => ({ one, TxnType: index === 0 ? 'Payment' : 'SalesReceipt' }))
    .filter(({ one }) => one !== undefined && toCents(one['TotalAmt']) > 0 && walk.luck.chance(0.8))
    .map(({ one, TxnType }) => ({
      Amount: one?.['TotalAmt'],
      LinkedTxn: [{ TxnId: one?.['Id'], TxnType, TxnLineId: '0' }],
    }));
  const fresh = {
    Amount: amount(walk),
    DetailType: 'DepositLineDetail',
    DepositLineDetail: { AccountRef: { value: walk.accountOf('Income') }, ...classed(walk) },
  };
  const Line = [...linked, ...(walk.luck.chance(0.4) ? [fresh] : [])];
  if (Line.length === 0) return undefined;
  const currency = walk.luck.pick(walk.currencies) ?? '';
  const cash = { AccountRef: { value: walk.bankIn(currency) }, Amount: 0.01, Memo: 'petty' };
  return walk.create('Deposit', {
    DepositToAccountRef: { value: walk.bankIn(currency) },
    ...walk.dated(),
    ...(walk.luck.chance(0.1) ? { CashBack: cash } : {}),
    Line,
  });
}
