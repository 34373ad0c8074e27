import type { Fields } from '../../../src/simulator/fields.js';
import { linksOf, refOf, toCents } from './model.js';
import type { Outcome } from './office.js';
import { amount, application, classed, coded, placed, rated, taxed } from './sale-step.js';
import type { Step, Walk } from './walk.js';

/** Purchases in the United States say nothing of tax. */
function codedCost(walk: Walk): Fields {
  return walk.books.chart.isAbroad ? coded(walk) : {};
}

function taxedCost(walk: Walk): Fields {
  return walk.books.chart.isAbroad ? taxed(walk) : {};
}

export function expenseLines(walk: Walk): Fields[] {
  return Array.from({ length: walk.luck.whole(1, 3) }, () => {
    const about = walk.luck.chance(0.15) ? { CustomerRef: { value: walk.pick('Customer') } } : {};
    const detail = { ...about, ...codedCost(walk), ...classed(walk) };
    const isItem = walk.luck.chance(0.2);
    const DetailType = isItem ? 'ItemBasedExpenseLineDetail' : 'AccountBasedExpenseLineDetail';
    const what = isItem
      ? { ItemRef: { value: walk.pick('Item') } }
      : { AccountRef: { value: walk.accountOf('Expense', 'Other Current Asset') } };
    return { Amount: amount(walk), DetailType, [DetailType]: { ...detail, ...what } };
  });
}

export function bought(entity: string): Step {
  return (walk) => {
    const vendor = walk.pick('Vendor');
    return walk.create(entity, {
      VendorRef: { value: vendor },
      ...walk.dated(),
      ...taxedCost(walk),
      ...placed(walk),
      ...rated(walk, walk.currencyOf('Vendor', vendor)),
      Line: expenseLines(walk),
    });
  };
}

export function purchase(walk: Walk): Outcome {
  const type = walk.luck.pick(['Cash', 'Check', 'CreditCard']) ?? 'Cash';
  const currency = walk.luck.pick(walk.currencies) ?? '';
  const accountId = type === 'CreditCard' ? walk.accountOf('Credit Card') : walk.bankIn(currency);
  const credit = type === 'CreditCard' && walk.luck.chance(0.3) ? { Credit: true } : {};
  return walk.create('Purchase', {
    ...{ PaymentType: type, AccountRef: { value: accountId }, ...credit },
    ...walk.dated(),
    ...taxedCost(walk),
    ...placed(walk),
    ...rated(walk, type === 'CreditCard' ? walk.books.chart.homeCurrency : currency),
    Line: expenseLines(walk),
  });
}

export function payBill(walk: Walk): Outcome | undefined {
  const line = application(walk, 'Bill');
  const [linked] = line === undefined ? [] : linksOf(line);
  if (line === undefined || linked === undefined) return undefined;
  const vendor = refOf(walk.office.read('Bill', String(linked['TxnId'])), 'VendorRef') ?? '';
  const credit = walk.luck.chance(0.3) ? application(walk, 'VendorCredit', vendor) : undefined;
  const currency = walk.currencyOf('Vendor', vendor);
  const isCard = currency === walk.books.chart.homeCurrency && walk.luck.chance(0.3);
  const Line = [line, walk.luck.chance(0.1) ? line : undefined, credit].filter((one) => one !== undefined);
  const total = Line.reduce((sum, one) => sum + (one === credit ? -1 : 1) * toCents(one['Amount']), 0);
  return walk.create('BillPayment', {
    VendorRef: { value: vendor },
    ...(isCard
      ? {
          PayType: 'CreditCard',
          CreditCardPayment: { CCAccountRef: { value: walk.accountOf('Credit Card') } },
        }
      : { PayType: 'Check', CheckPayment: { BankAccountRef: { value: walk.bankIn(currency) } } }),
    TotalAmt: Math.max(0, total) / 100,
    ...walk.dated(),
    ...rated(walk, currency),
    Line,
  });
}

export function journal(walk: Walk): Outcome {
  const total = walk.luck.whole(2, 50_000);
  const first = walk.luck.whole(1, total - 1);
  const line = (PostingType: string, cents: number): Fields => {
    const accountId = walk.accountOf('Bank', 'Expense', 'Income', 'Accounts Receivable', 'Accounts Payable');
    const kind = walk.books.typeOf(accountId);
    const name =
      kind === 'Accounts Receivable' ? 'Customer' : kind === 'Accounts Payable' ? 'Vendor' : undefined;
    const Entity = name && { Entity: { Type: name, EntityRef: { value: walk.pick(name) } } };
    return {
      Amount: cents / 100,
      DetailType: 'JournalEntryLineDetail',
      JournalEntryLineDetail: { PostingType, AccountRef: { value: accountId }, ...Entity, ...classed(walk) },
    };
  };
  const debits = [line('Debit', first), line('Debit', total - first)];
  return walk.create('JournalEntry', { ...walk.dated(), Line: [...debits, line('Credit', total)] });
}

export function transfer(walk: Walk): Outcome {
  return walk.create('Transfer', {
    FromAccountRef: { value: walk.accountOf('Bank') },
    ToAccountRef: { value: walk.accountOf('Bank', 'Other Current Asset') },
    Amount: amount(walk),
    ...walk.dated(),
  });
}

export function payCard(walk: Walk): Outcome {
  return walk.create('CreditCardPaymentTxn', {
    BankAccountRef: { value: walk.accountOf('Bank') },
    CreditCardAccountRef: { value: walk.accountOf('Credit Card') },
    Amount: amount(walk),
    ...walk.dated(),
  });
}
