import type { Fields } from '../../../src/simulator/fields.js';
import {
  changeEntry,
  changePreference,
  closeBooks,
  makeAccount,
  makeBudget,
  makeEmployee,
  makeItem,
  makeMatter,
  makeName,
  makeRecurring,
  makeTag,
  makeTaxCode,
  makeTime,
  merge,
  setRate,
} from './list-step.js';
import { linesOf } from './model.js';
import type { Outcome } from './office.js';
import { bought, expenseLines, journal, payBill, payCard, purchase, transfer } from './purchase-step.js';
import { amount, applyCredit, deposit, invoiceFrom, payment, sale, saleLines } from './sale-step.js';
import type { Step, Walk } from './walk.js';

const LINED: Readonly<Record<string, (walk: Walk) => Fields[]>> = {
  Invoice: saleLines,
  CreditMemo: saleLines,
  SalesReceipt: saleLines,
  RefundReceipt: saleLines,
  Estimate: saleLines,
  Bill: expenseLines,
  VendorCredit: expenseLines,
  PurchaseOrder: expenseLines,
  Purchase: expenseLines,
};

const identity = (fields: Fields): Fields => ({ Id: fields['Id'], SyncToken: fields['SyncToken'] });

/** Changes that need no more than the newest token, and those that move money. */
function sparse(walk: Walk): Outcome | undefined {
  const [entity, before] = walk.readAny();
  if (before === undefined) return undefined;
  const lines = LINED[entity];
  const wanted = { VendorRef: before['VendorRef'], PaymentType: before['PaymentType'] };
  const change: Fields = walk.luck.chance(0.3)
    ? walk.dated()
    : { [entity === 'TimeActivity' ? 'Description' : 'PrivateNote']: `note ${walk.luck.whole(1, 9)}` };
  if (lines !== undefined && walk.luck.chance(0.5)) change['Line'] = lines(walk);
  if (walk.luck.chance(0.15) && before['CustomerRef'] !== undefined)
    change['CustomerRef'] = { value: walk.pick('Customer') };
  if (walk.luck.chance(0.2) && before['ExchangeRate'] !== undefined)
    change['ExchangeRate'] = walk.luck.whole(8000, 16_000) / 10_000;
  if (entity === 'Payment' && walk.luck.chance(0.2)) change['TotalAmt'] = amount(walk);
  if (entity === 'Payment' && walk.luck.chance(0.2)) change['Line'] = [];
  return walk.post(entity, { ...wanted, ...change, ...identity(before), sparse: true });
}

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
  // A total without lines would say what the tax has to be.
  const tax = before['TxnTaxDetail'] as Fields | undefined;
  if (tax !== undefined && tax['TaxLine'] === undefined)
    body['TxnTaxDetail'] = { TxnTaxCodeRef: tax['TxnTaxCodeRef'] };
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
  const choices = ['Invoice', 'Invoice', 'Payment', 'SalesReceipt', 'BillPayment'];
  const entity = walk.luck.pick(choices) ?? 'Invoice';
  const before = walk.read(entity);
  if (before === undefined) return undefined;
  return walk.post(
    entity,
    { ...identity(before), sparse: true },
    entity === 'Invoice' ? '?operation=void' : '?include=void',
  );
}

function stale(walk: Walk): Outcome | undefined {
  const [entity, before] = walk.readAny();
  if (before === undefined) return undefined;
  return walk.post(entity, { Id: before['Id'], SyncToken: '999', sparse: true, PrivateNote: 'stale' });
}

/** A person at the screen, who needs no token and leaves no trace. */
function asBookkeeper(step: Step): Step {
  return (walk) => walk.atTheScreen(() => step(walk));
}

const advance: (walk: Walk) => Fields = (walk) => (walk.luck.chance(0.1) ? { Deposit: 0.75 } : {});

export const STEPS: readonly (readonly [weight: number, name: string, step: Step])[] = [
  [5, 'make a customer', makeName('Customer')],
  [4, 'make a matter', makeMatter],
  [3, 'make a vendor', makeName('Vendor')],
  [1, 'make an employee', makeEmployee],
  [1, 'make an account', makeAccount],
  [1, 'make an item', makeItem],
  [1, 'make a tag', makeTag],
  [1, 'make a template', makeRecurring],
  [0.2, 'make a budget', makeBudget],
  [0.1, 'make a tax code', makeTaxCode],
  [1, 'set a rate of exchange', setRate],
  [4, 'rename, archive or bring back', changeEntry],
  [0.7, 'merge', merge],
  [0.5, 'change a preference', changePreference],
  [22, 'write an invoice', sale('Invoice', advance)],
  [1, 'invoice an estimate', invoiceFrom('Estimate')],
  [1, 'invoice time', invoiceFrom('TimeActivity')],
  [6, 'write a credit memo', sale('CreditMemo')],
  [5, 'write a sales receipt', sale('SalesReceipt')],
  [
    3,
    'write a refund receipt',
    sale('RefundReceipt', (walk, currency) => ({ DepositToAccountRef: { value: walk.bankIn(currency) } })),
  ],
  [2, 'write an estimate', sale('Estimate')],
  [2, 'note down time', makeTime],
  [18, 'take a payment', payment],
  [5, 'apply a credit', applyCredit],
  [6, 'make a deposit', deposit],
  [5, 'enter a bill', bought('Bill')],
  [2, 'enter a credit of a vendor', bought('VendorCredit')],
  [1, 'order something', bought('PurchaseOrder')],
  [5, 'pay a bill', payBill],
  [5, 'spend money', purchase],
  [1, 'pay down a card', payCard],
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
