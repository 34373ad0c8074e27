import type { Fields } from '../../../src/simulator/fields.js';
import { linesOf, refOf, toCents } from './model.js';
import type { Outcome } from './office.js';
import type { Walk } from './walk.js';

/** One thing that a caller or a bookkeeper does. Undefined where there is nothing yet to do it with. */
export type Step = (walk: Walk) => Outcome | undefined;

const amount = (walk: Walk): number => walk.luck.whole(1, 90_000) / 100;

function saleLine(walk: Walk): Fields {
  const ItemRef = { value: walk.pick('Item') };
  if (walk.luck.chance(0.5))
    return { Amount: amount(walk), DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef } };
  const Qty = walk.luck.whole(1, 800) / 100;
  const UnitPrice = walk.luck.whole(100, 50_000) / 100;
  const Amount = Math.round(Qty * UnitPrice * 100 + 1e-6) / 100;
  return { Amount, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef, Qty, UnitPrice } };
}

function saleLines(walk: Walk): Fields[] {
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

const customer = (walk: Walk): Fields => ({ CustomerRef: { value: walk.pick('Customer') } });

function sale(entity: string, more: (walk: Walk) => Fields = () => ({})): Step {
  return (walk) =>
    walk.create(entity, {
      ...customer(walk),
      ...walk.dated(),
      Line: saleLines(walk),
      ...more(walk),
    });
}

function expenseLines(walk: Walk): Fields[] {
  return Array.from({ length: walk.luck.whole(1, 3) }, () => ({
    Amount: amount(walk),
    DetailType: 'AccountBasedExpenseLineDetail',
    AccountBasedExpenseLineDetail: {
      AccountRef: { value: walk.accountOf('Expense', 'Other Current Asset') },
    },
  }));
}

const vendor = (walk: Walk): Fields => ({ VendorRef: { value: walk.pick('Vendor') } });

function purchase(walk: Walk): Outcome {
  const type = walk.luck.pick(['Cash', 'Check', 'CreditCard']) ?? 'Cash';
  const AccountRef = { value: walk.accountOf(type === 'CreditCard' ? 'Credit Card' : 'Bank') };
  const credit = type === 'CreditCard' && walk.luck.chance(0.3) ? { Credit: true } : {};
  return walk.create('Purchase', {
    ...{ PaymentType: type, AccountRef, ...credit },
    ...walk.dated(),
    Line: expenseLines(walk),
  });
}

function journal(walk: Walk): Outcome {
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
      JournalEntryLineDetail: { PostingType, AccountRef: { value: accountId }, ...Entity },
    };
  };
  const debits = [line('Debit', first), line('Debit', total - first)];
  return walk.create('JournalEntry', { ...walk.dated(), Line: [...debits, line('Credit', total)] });
}

function transfer(walk: Walk): Outcome {
  return walk.create('Transfer', {
    FromAccountRef: { value: walk.accountOf('Bank') },
    ToAccountRef: { value: walk.accountOf('Bank', 'Other Current Asset') },
    Amount: amount(walk),
    ...walk.dated(),
  });
}

/** Pays some of an open form: all of it, a part, or (to be refused) more than there is. */
function application(walk: Walk, entity: string, owner?: string): Fields | undefined {
  const form = walk.read(entity);
  if (form === undefined || (owner !== undefined && refOf(form, 'CustomerRef') !== owner)) return undefined;
  const open = toCents(form['Balance']);
  const cents = walk.luck.chance(0.5) ? open : walk.luck.whole(1, Math.max(1, Math.ceil(open * 1.1)));
  if (cents <= 0) return undefined;
  return { Amount: cents / 100, LinkedTxn: [{ TxnId: form['Id'], TxnType: entity }] };
}

function payment(walk: Walk): Outcome | undefined {
  const first = application(walk, 'Invoice');
  const [linked] = (first?.['LinkedTxn'] ?? []) as Fields[];
  const invoice = linked && walk.office.read('Invoice', String(linked['TxnId']));
  const payer = refOf(invoice, 'CustomerRef') ?? walk.pick('Customer');
  const lines = [first, walk.luck.chance(0.2) ? first : undefined, application(walk, 'Invoice', payer)];
  const credit = walk.luck.chance(0.3) ? application(walk, 'CreditMemo', payer) : undefined;
  const Line = [...lines, credit].filter((line) => line !== undefined);
  const sum = Line.reduce((total, line) => total + toCents(line['Amount']) * (line === credit ? -1 : 1), 0);
  const rest = walk.luck.chance(0.3) ? walk.luck.whole(1, 20_000) : 0;
  const bank = walk.luck.chance(0.3) ? { DepositToAccountRef: { value: walk.accountOf('Bank') } } : {};
  return walk.create('Payment', {
    CustomerRef: { value: payer },
    TotalAmt: Math.max(0, sum + rest) / 100,
    ...walk.dated(),
    ...bank,
    ...(Line.length > 0 || walk.luck.chance(0.5) ? { Line } : {}),
  });
}

/** No money moves: a credit memo pays an invoice of the same customer. */
function applyCredit(walk: Walk): Outcome | undefined {
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

function deposit(walk: Walk): Outcome | undefined {
  const linked = [walk.read('Payment'), walk.read('SalesReceipt')]
    .map((one, index) => ({ one, TxnType: index === 0 ? 'Payment' : 'SalesReceipt' }))
    .filter(({ one }) => one !== undefined && toCents(one['TotalAmt']) > 0 && walk.luck.chance(0.8))
    .map(({ one, TxnType }) => ({
      Amount: one?.['TotalAmt'],
      LinkedTxn: [{ TxnId: one?.['Id'], TxnType, TxnLineId: '0' }],
    }));
  const fresh = walk.luck.chance(0.4)
    ? [
        {
          Amount: amount(walk),
          DetailType: 'DepositLineDetail',
          DepositLineDetail: { AccountRef: { value: walk.accountOf('Income') } },
        },
      ]
    : [];
  const Line = [...linked, ...fresh];
  if (Line.length === 0) return undefined;
  const DepositToAccountRef = { value: walk.accountOf('Bank') };
  return walk.create('Deposit', { DepositToAccountRef, ...walk.dated(), Line });
}

function payBill(walk: Walk): Outcome | undefined {
  const line = application(walk, 'Bill');
  const [linked] = (line?.['LinkedTxn'] ?? []) as Fields[];
  if (line === undefined || linked === undefined) return undefined;
  const bill = walk.office.read('Bill', String(linked['TxnId']));
  return walk.create('BillPayment', {
    VendorRef: { value: refOf(bill, 'VendorRef') },
    PayType: 'Check',
    CheckPayment: { BankAccountRef: { value: walk.accountOf('Bank') } },
    TotalAmt: line['Amount'],
    ...walk.dated(),
    Line: walk.luck.chance(0.1) ? [line, line] : [line],
  });
}

const LINED: Readonly<Record<string, (walk: Walk) => Fields[]>> = {
  Invoice: saleLines,
  CreditMemo: saleLines,
  SalesReceipt: saleLines,
  RefundReceipt: saleLines,
  Bill: expenseLines,
  VendorCredit: expenseLines,
  Purchase: expenseLines,
};

/** Changes that need no more than the newest token, and those that move money. */
function sparse(walk: Walk): Outcome | undefined {
  const [entity, before] = walk.readAny();
  if (before === undefined) return undefined;
  const lines = LINED[entity];
  const wanted = { VendorRef: before['VendorRef'], PaymentType: before['PaymentType'] };
  const change: Fields = walk.luck.chance(0.3)
    ? walk.dated()
    : { PrivateNote: `note ${walk.luck.whole(1, 9)}` };
  if (lines !== undefined && walk.luck.chance(0.5)) change['Line'] = lines(walk);
  if (walk.luck.chance(0.15) && before['CustomerRef'] !== undefined)
    change['CustomerRef'] = { value: walk.pick('Customer') };
  if (entity === 'Payment' && walk.luck.chance(0.4))
    change[walk.luck.chance(0.5) ? 'TotalAmt' : 'Line'] = walk.luck.chance(0.5) ? amount(walk) : [];
  if (Array.isArray(change['TotalAmt'])) change['TotalAmt'] = 0;
  if (entity === 'Payment' && typeof change['Line'] === 'number') change['Line'] = [];
  return walk.post(entity, { ...wanted, ...change, ...identity(before), sparse: true });
}

const identity = (fields: Fields): Fields => ({ Id: fields['Id'], SyncToken: fields['SyncToken'] });

/** Blocks that a reader gets and must not send back. */
const ECHOES = ['PurchaseEx', 'LineEx', 'LinkedTxn'];

/** What was read, sent back as it is but for one line more or less. */
function full(walk: Walk): Outcome | undefined {
  const [entity, before] = walk.readAny();
  if (before === undefined) return undefined;
  const body: Fields = { ...before };
  for (const echo of ECHOES) Reflect.deleteProperty(body, echo);
  const kept = linesOf(before).map((line) => {
    const copy = { ...line };
    Reflect.deleteProperty(copy, 'LineEx');
    return copy;
  });
  const lines = LINED[entity];
  if (lines !== undefined)
    body['Line'] = walk.luck.chance(0.5) ? [...kept, ...lines(walk)] : kept.slice(0, 1);
  else if (before['Line'] !== undefined) body['Line'] = kept;
  return walk.post(entity, body);
}

function remove(walk: Walk): Outcome | undefined {
  const [entity, before] = walk.readAny();
  return before && walk.post(entity, identity(before), '?operation=delete');
}

function voided(walk: Walk): Outcome | undefined {
  const entity =
    walk.luck.pick(['Invoice', 'Invoice', 'Payment', 'SalesReceipt', 'BillPayment']) ?? 'Invoice';
  const before = walk.read(entity);
  if (before === undefined) return undefined;
  return walk.post(
    entity,
    { ...identity(before), sparse: true },
    entity === 'Invoice' ? '?operation=void' : '?include=void',
  );
}

function closeBooks(walk: Walk): undefined {
  const date = walk.luck.chance(0.5) ? null : walk.date(-40);
  walk.office.prefer({ AccountingInfoPrefs: { BookCloseDate: date } });
}

function stale(walk: Walk): Outcome | undefined {
  const [entity, before] = walk.readAny();
  return (
    before && walk.post(entity, { Id: before['Id'], SyncToken: '999', sparse: true, PrivateNote: 'stale' })
  );
}

function rename(walk: Walk): Outcome | undefined {
  const before = walk.read('Customer');
  if (before === undefined) return undefined;
  const DisplayName = walk.luck.chance(0.1) ? 'Client 1' : walk.name('Client');
  return walk.post('Customer', { ...identity(before), sparse: true, DisplayName });
}

/** A person at the screen, who needs no token and leaves no trace. */
function asBookkeeper(step: Step): Step {
  return (walk) => walk.atTheScreen(() => step(walk));
}

export const STEPS: readonly (readonly [weight: number, name: string, step: Step])[] = [
  [6, 'make a customer', (walk) => walk.create('Customer', { DisplayName: walk.name('Client') })],
  [
    4,
    'make a matter',
    (walk) =>
      walk.create('Customer', {
        DisplayName: walk.name('Matter'),
        ParentRef: { value: walk.pick('Customer') },
        Job: true,
      }),
  ],
  [3, 'make a vendor', (walk) => walk.create('Vendor', { DisplayName: walk.name('Vendor') })],
  [3, 'rename a customer', rename],
  [22, 'write an invoice', sale('Invoice', (walk) => (walk.luck.chance(0.1) ? { Deposit: 0.75 } : {}))],
  [6, 'write a credit memo', sale('CreditMemo')],
  [5, 'write a sales receipt', sale('SalesReceipt')],
  [
    3,
    'write a refund receipt',
    sale('RefundReceipt', (walk) => ({ DepositToAccountRef: { value: walk.accountOf('Bank') } })),
  ],
  [2, 'write an estimate', sale('Estimate')],
  [18, 'take a payment', payment],
  [5, 'apply a credit', applyCredit],
  [6, 'make a deposit', deposit],
  [
    5,
    'enter a bill',
    (walk) => walk.create('Bill', { ...vendor(walk), ...walk.dated(), Line: expenseLines(walk) }),
  ],
  [
    2,
    'enter a credit of a vendor',
    (walk) => walk.create('VendorCredit', { ...vendor(walk), ...walk.dated(), Line: expenseLines(walk) }),
  ],
  [5, 'pay a bill', payBill],
  [5, 'spend money', purchase],
  [4, 'write a journal entry', journal],
  [3, 'transfer money', transfer],
  [14, 'update sparsely', sparse],
  [8, 'update in full', full],
  [7, 'delete', remove],
  [4, 'void', voided],
  [1, 'close the books', closeBooks],
  [2, 'come too late', stale],
  [4, 'update at the screen', asBookkeeper(sparse)],
  [2, 'delete at the screen', asBookkeeper(remove)],
];
