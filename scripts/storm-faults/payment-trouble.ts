import { within } from '../local/within.js';
import {
  closed,
  markOf,
  meddling,
  passing,
  refused,
  unlessRefused,
  type Row,
  type Target,
  type Trouble,
} from './trouble.js';

/** Longer than any trouble keeps the books closed. */
const LIFTED_WITHIN_MS = 180_000;

/** Money of a client on one of its invoices. */
const lineOf = ({ Id, CustomerRef }: Row, cents: number) => ({
  CustomerRef,
  TotalAmt: cents / 100,
  Line: [{ Amount: cents / 100, LinkedTxn: [{ TxnId: Id, TxnType: 'Invoice' }] }],
});

/** Not while the books are closed, as another trouble may have it just now: then as soon as they are open. */
async function takeFromBank(target: Target): Promise<void> {
  const { qbo } = target.firm;
  await within(
    LIFTED_WITHIN_MS,
    async () => {
      const deposits = await depositsOf(target);
      for (const { Id } of deposits) await unlessRefused(() => qbo.bookkeeper('Deposit', { Id }, 'delete'));
      return (await depositsOf(target)).length === 0;
    },
    500,
  );
}

async function depositsOf(target: Target): Promise<Row[]> {
  const { qbo } = target.firm;
  const mark = markOf('payment', target);
  const ids = (await qbo.objects('Payment')).filter((one) => one.PrivateNote === mark).map(({ Id }) => Id);
  return (await qbo.objects('Deposit')).filter(({ Line }) =>
    (Line as { LinkedTxn?: { TxnId: string }[] }[]).some(({ LinkedTxn = [] }) =>
      LinkedTxn.some(({ TxnId }) => ids.includes(TxnId)),
    ),
  );
}

export const PAYMENT_TROUBLES: readonly Trouble[] = [
  closed('payment'),
  passing('payment', 'service-unavailable'),
  passing('payment', 'throttled'),
  passing('payment', 'drop-before-commit'),
  passing('payment', 'commit-then-drop'),
  passing('payment', 'commit-then-empty-body'),
  refused('payment', 'business-rule', '6000', 'Business Validation Error: You have to say more about this.'),
  refused('payment', 'unrecognised', '98765', 'Something that nobody has seen yet.'),
  refused('payment', 'transaction-not-linkable', '620', 'The transaction cannot be linked.'),
  refused(
    'payment',
    'deposit-account-missing',
    '2020',
    'Required parameter DepositToAccountRef is missing in the request',
    { element: 'DepositToAccountRef' },
  ),
  refused('payment', 'matched-transaction', '6480', 'The transaction is matched to a bank line.', {
    needsPosted: true,
  }),
  refused('payment', 'link-lost', '3120', 'The id that was named does not exist.', { needsPosted: true }),
  meddling('payment', 'the payment was deleted there', ['document-deleted'], ({ qbo }, { Id }) =>
    qbo.bookkeeper('Payment', { Id }, 'delete'),
  ),
  meddling(
    'payment',
    'the payment’s date was changed there',
    ['changed-in-quickbooks'],
    ({ qbo }, { Id, SyncToken }) =>
      qbo.bookkeeper('Payment', { Id, SyncToken, sparse: true, TxnDate: '2026-11-02' }),
  ),
  meddling(
    'payment',
    'the payment was brought to the bank',
    ['payment-deposited'],
    async ({ qbo }, { Id, TotalAmt }) => {
      const bank = (await qbo.objects('Account')).find(({ Name }) => Name === 'Operating Bank');
      await qbo.bookkeeper('Deposit', {
        DepositToAccountRef: { value: bank?.Id },
        Line: [{ Amount: TotalAmt, LinkedTxn: [{ TxnId: Id, TxnType: 'Payment', TxnLineId: '0' }] }],
      });
    },
    { showsOfPaid: ['payment-deposited', 'deposited-payment-in-the-way'], lift: takeFromBank },
  ),
  {
    ...meddling('bill', 'money was entered on it by hand', [], async ({ qbo }, invoice) => {
      const cents = Math.round(Number(invoice.Balance) * 100);
      if (cents > 0) await qbo.bookkeeper('Payment', lineOf(invoice, cents));
    }),
    showsOfPaid: ['over-applied'],
  },
];
