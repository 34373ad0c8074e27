import type { ConnectedFirm } from '../local/office.js';
import { BookkeeperRefused, type QboObject } from '../local/simulator-control.js';
import type { Meddling } from './life.js';

/** What a person may be asked about after it, on the bill itself and on what was paid of it. */
export const EXPLAINS: Record<Meddling, readonly string[]> = {
  'ship-date': [],
  amount: ['changed-in-quickbooks', 'over-applied'],
  void: ['changed-in-quickbooks', 'over-applied'],
  delete: ['document-deleted', 'linked-object-missing', 'applied-transaction-deleted', 'reference-deleted'],
  deposit: [
    'payment-deposited',
    'deposited-payment-in-the-way',
    'deposited-payment-returned',
    'over-applied',
  ],
};

/** True when there was something to meddle with, and QuickBooks let him. */
export async function meddle(firm: ConnectedFirm, billId: string, how: Meddling): Promise<boolean> {
  try {
    return await layHandsOn(firm, billId, how);
  } catch (error) {
    if (error instanceof BookkeeperRefused) return false;
    throw error;
  }
}

async function layHandsOn(firm: ConnectedFirm, billId: string, how: Meddling): Promise<boolean> {
  if (how === 'deposit') return await deposit(firm, billId);
  const invoice = (await markedOf(firm, 'Invoice', new RegExp(`bill/${billId}/invoice$`))).find(
    ({ TotalAmt }) => Number(TotalAmt) > 0,
  );
  if (!invoice) return false;
  const { Id } = invoice;
  if (how === 'delete' || how === 'void') await firm.qbo.bookkeeper('Invoice', { Id }, how);
  if (how === 'ship-date') await firm.qbo.bookkeeper('Invoice', { Id, ShipDate: '2026-11-20' });
  if (how === 'amount') await firm.qbo.bookkeeper('Invoice', { Id, Line: [line(firm, 1)] });
  return true;
}

/** A payment of the bill goes to the bank. */
async function deposit({ qbo }: ConnectedFirm, billId: string): Promise<boolean> {
  const marked = await markedOf({ qbo }, 'Payment', new RegExp(`payment/${billId}-P\\d/payment`));
  const payment = marked.find(({ TotalAmt }) => Number(TotalAmt) > 0);
  const bank = (await qbo.objects('Account')).find(({ AccountType }) => AccountType === 'Bank');
  if (!payment || !bank) return false;
  const { Id, TotalAmt } = payment;
  await qbo.bookkeeper('Deposit', {
    DepositToAccountRef: { value: bank.Id },
    Line: [{ Amount: TotalAmt, LinkedTxn: [{ TxnId: Id, TxnType: 'Payment', TxnLineId: '0' }] }],
  });
  return true;
}

const line = (firm: ConnectedFirm, amount: number) => ({
  DetailType: 'SalesItemLineDetail',
  Amount: amount,
  SalesItemLineDetail: { ItemRef: { value: firm.items.time } },
});

/** By our mark, wherever the note was added to. */
async function markedOf(
  { qbo }: Pick<ConnectedFirm, 'qbo'>,
  entity: string,
  mark: RegExp,
): Promise<QboObject[]> {
  return (await qbo.objects(entity)).filter(({ PrivateNote }) => mark.test(String(PrivateNote)));
}
