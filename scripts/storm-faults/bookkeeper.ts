import type { AttentionItem } from '../../src/db/attention.js';
import type { ConnectedFirm } from '../local/office.js';
import type { QboObject } from '../local/simulator-control.js';
import { booked, isOn } from './book.js';
import { centsOf, type BillItem, type Item, type PaymentItem } from './life.js';
import { unlessRefused } from './trouble.js';

/** QuickBooks' record that an item leads to, as a person sees it who follows its link, or looks for it where there is none. */
export async function shownRecord(
  { qbo }: ConnectedFirm,
  { type, text, qboUrl = '' }: AttentionItem,
  item?: Item,
): Promise<QboObject | undefined> {
  if (qboUrl === '' && type === 'contact') {
    // One name may be the beginning of another.
    const named = (name: unknown) => new RegExp(`${String(name)}(?!\\w)`).test(text);
    return (await qbo.objects('Customer')).find(({ DisplayName }) => named(DisplayName));
  }
  if (qboUrl === '' && item && 'billId' in item.right) {
    const { number } = item.right;
    return (await qbo.objects('Invoice')).find(({ DocNumber }) => String(DocNumber).endsWith(number));
  }
  const [, page = '', id = ''] = /\/(\w+)\?(?:txnId|nameId)=(\d+)/.exec(qboUrl) ?? [];
  const entity = ENTITY_OF_PAGE[page];
  if (entity === undefined) return undefined;
  return (await qbo.objects(entity)).find(({ Id }) => Id === id);
}

const ENTITY_OF_PAGE: Readonly<Record<string, string>> = {
  invoice: 'Invoice',
  creditmemo: 'CreditMemo',
  recvpayment: 'Payment',
  deposit: 'Deposit',
  customerdetail: 'Customer',
};

/** Whether a person would take that record for what the billing app means: of the same amount, day and client. */
export async function isTheSame(
  { qbo }: ConnectedFirm,
  record: QboObject | undefined,
  item: Item | undefined,
): Promise<boolean> {
  if (!record) return false;
  // Of a client all that is known is the name, and that is what they have in common.
  if (!item) return record.DisplayName !== undefined;
  const { right } = item;
  const isBill = 'billId' in right;
  const cents = isBill ? centsOf(right) : right.amountCents;
  const customers = await qbo.objects('Customer');
  const { value } = (record.CustomerRef ?? {}) as { value?: string };
  return (
    ('DueDate' in record || 'Balance' in record) === isBill &&
    Math.round(Number(record.TotalAmt) * 100) === cents &&
    record.TxnDate === (isBill ? right.issuedOn : right.receivedOn) &&
    customers.some(({ Id, DisplayName }) => Id === value && DisplayName === right.client.name)
  );
}

/** What the sentences tell to be done in QuickBooks before it is tried again. */
export async function doAsTold(
  firm: ConnectedFirm,
  shown: AttentionItem,
  item: Item | undefined,
): Promise<void> {
  const { qbo } = firm;
  if (shown.remedy.includes('take this payment off it')) {
    const deposit = await shownRecord(firm, shown);
    if (deposit) await unlessRefused(() => qbo.bookkeeper('Deposit', { Id: deposit.Id }, 'delete'));
  }
  if (shown.remedy.includes('remove the one that is too many') && item) {
    await removeByHand(firm, 'bills' in item ? (item as PaymentItem).bills : [item as BillItem]);
  }
  if (shown.remedy.includes('reopen the period')) {
    await qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: null } });
  }
}

/** Money on these bills that the billing app knows nothing of. */
async function removeByHand({ qbo }: ConnectedFirm, bills: readonly BillItem[]): Promise<void> {
  const all = await qbo.objects('Invoice');
  const invoices = bills.flatMap((bill) => booked(bill, all));
  for (const payment of await qbo.objects('Payment')) {
    if (payment.PrivateNote !== undefined || !isOn(payment, invoices)) continue;
    await unlessRefused(() => qbo.bookkeeper('Payment', { Id: payment.Id }, 'delete'));
  }
}
