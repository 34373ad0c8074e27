import { takeNumber } from '../local/office.js';
import {
  closed,
  inactive,
  meddling,
  ofCompany,
  passing,
  refused,
  unlessRefused,
  type Target,
  type Trouble,
} from './trouble.js';

/** The same bill, for the same client, whom nobody may have heard of either. */
async function enterByHand({ firm: { qbo, items }, bill, prefixes }: Target): Promise<void> {
  const DisplayName = bill.client.name;
  const known = (await qbo.objects('Customer')).find((one) => one.DisplayName === DisplayName);
  const { Id: value } = known ?? (await qbo.bookkeeper('Customer', { DisplayName }));
  await qbo.bookkeeper('Invoice', {
    DocNumber: `${prefixes.at(-1) ?? ''}${bill.number}`,
    TxnDate: bill.issuedOn,
    CustomerRef: { value },
    Line: bill.lines.map(({ amountCents }) => ({
      DetailType: 'SalesItemLineDetail',
      Amount: amountCents / 100,
      SalesItemLineDetail: { ItemRef: { value: items.time } },
    })),
  });
}

export const BILL_TROUBLES: readonly Trouble[] = [
  passing('bill', 'service-unavailable'),
  passing('bill', 'bad-gateway'),
  passing('bill', 'gateway-internal'),
  passing('bill', 'throttled'),
  passing('bill', 'token-expired'),
  passing('bill', 'empty-body'),
  passing('bill', 'html-body'),
  passing('bill', 'transient-6000'),
  passing('bill', 'system-failure-10000'),
  passing('bill', 'drop-before-commit'),
  passing('bill', 'commit-then-drop'),
  passing('bill', 'commit-then-status', { status: 500 }),
  passing('bill', 'commit-then-empty-body'),
  refused(
    'bill',
    'item-without-income-account',
    '6000',
    'There is no income account associated with the item Advice.',
  ),
  refused('bill', 'business-rule', '6000', 'Business Validation Error: You have to say more about this.'),
  refused('bill', 'unrecognised', '98765', 'Something that nobody has seen yet.'),
  refused('bill', 'character-not-accepted', '2040', 'The property has an unsupported character.'),
  refused('bill', 'required-field-missing', '2020', 'Required parameter ShipAddr is missing in the request', {
    element: 'ShipAddr',
  }),
  refused('bill', 'rounding-differs', '6070', 'Amount calculation incorrect in the request.'),
  refused('bill', 'tax-calculated-by-quickbooks', '6470', 'Automated sales tax is on.'),
  refused('bill', 'matched-transaction', '6480', 'The transaction is matched to a bank line.', {
    needsPosted: true,
  }),
  refused('bill', 'transaction-not-linkable', '620', 'The transaction cannot be linked.'),
  refused('bill', 'reference-deleted', '610', 'Object Not Found : the account has been deleted.'),
  refused('bill', 'link-lost', '3120', 'The id that was named does not exist.', { needsPosted: true }),
  refused('bill', 'linked-object-missing', '610', 'Object Not Found : it is not there.', {
    needsPosted: true,
  }),
  ofCompany('connecting-user-removed', 'authorization-120'),
  ofCompany('subscription-ended', 'subscription-ended'),
  ofCompany('network-blocked', 'literal', { status: 403, body: '<html>Forbidden</html>' }),
  {
    name: 'the number is taken',
    shows: ['number-used-bill'],
    spoil: (bill) => ({ ...bill, number: `${bill.billId}-${bill.version}` }),
    async arm({ firm, bill, prefixes }) {
      for (const prefix of prefixes)
        await takeNumber(firm, `${prefix}${bill.number}`, `Walk-in ${bill.billId}`);
    },
  },
  {
    name: 'the number is too long',
    shows: ['number-too-long'],
    spoil: (bill) => ({ ...bill, number: `${bill.billId}-00000000000000000000000` }),
  },
  {
    name: 'it was entered by hand before',
    // Where an answer was lost just then, only a person can tell one from the other.
    shows: ['number-used-bill', 'unknown-outcome'],
    showsOfClient: ['contact-name-taken', 'unknown-outcome'],
    // Whoever has chosen another number in its place comes back to this one with the bill's next number.
    showsLater: ['number-used-bill'],
    needsNew: true,
    arm: (target) => unlessRefused(() => enterByHand(target)),
  },
  closed('bill'),
  { name: 'there are no lines', shows: ['no-lines'], spoil: (bill) => ({ ...bill, lines: [] }) },
  {
    name: 'it comes to nothing',
    shows: ['zero-total'],
    spoil: (bill) => ({ ...bill, lines: bill.lines.map((line) => ({ ...line, amountCents: 0 })) }),
  },
  meddling(
    'bill',
    'it was deleted there',
    ['document-deleted'],
    ({ qbo }, { Id }) => qbo.bookkeeper('Invoice', { Id }, 'delete'),
    { showsOfPaid: ['applied-transaction-deleted'] },
  ),
  meddling('bill', 'its date was changed there', ['changed-in-quickbooks'], ({ qbo }, { Id, SyncToken }) =>
    qbo.bookkeeper('Invoice', { Id, SyncToken, sparse: true, TxnDate: '2026-11-02' }),
  ),
  meddling('bill', 'its shipping was changed there', [], ({ qbo }, { Id, SyncToken }) =>
    qbo.bookkeeper('Invoice', { Id, SyncToken, sparse: true, ShipDate: '2026-11-20' }),
  ),
  {
    ...meddling(
      'bill',
      'its client was made inactive',
      ['contact-inactive'],
      async ({ qbo }, { CustomerRef }) => {
        const { value } = CustomerRef as { value: string };
        const customer = (await qbo.objects('Customer')).find(({ Id }) => Id === value);
        if (customer && customer.Active !== false) await qbo.bookkeeper('Customer', inactive(customer));
      },
    ),
    isWide: true,
  },
  {
    name: 'an item was made inactive',
    shows: ['reference-inactive'],
    isWide: true,
    async arm({ firm: { qbo, items } }) {
      const item = (await qbo.objects('Item')).find(({ Id }) => Id === items.expense);
      if (item && item.Active !== false) await qbo.bookkeeper('Item', inactive(item, { Name: item.Name }));
    },
  },
];
