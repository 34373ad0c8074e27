import fc from 'fast-check';
import type { BillSnapshot } from '../../src/domain/bill.js';
import { takeNumber, type ConnectedFirm } from '../local/office.js';
import { BookkeeperRefused } from '../local/simulator-control.js';

/** The bill that trouble comes to, and where its invoice is. */
export interface Target {
  firm: ConnectedFirm;
  bill: BillSnapshot;
}

/** One kind of trouble, and what people may be shown of it. */
export interface Trouble {
  name: string;
  /** Keys of the catalogue; none where it heals by itself, and nobody is to be told. */
  shows: readonly string[];
  /** Others of the firm meet it too. */
  isWide?: true;
  /** Comes only to a bill that is in QuickBooks already. */
  needsPosted?: true;
  /** Has it come about, before the next version is sent. */
  arm?: (target: Target) => Promise<unknown>;
  /** What is wrong about the version that the billing app sends; it is corrected there when people are told to. */
  spoil?: (bill: BillSnapshot) => BillSnapshot;
}

const markOf = ({ billId }: BillSnapshot): string => `bill/${billId}/invoice`;

const once = (name: string, options: Record<string, unknown> = {}): NonNullable<Trouble['arm']> => {
  return ({ firm, bill }) =>
    firm.qbo.fault(name, {
      count: 1,
      ...options,
      match: { entity: 'Invoice', method: 'POST', body: markOf(bill) },
    });
};

const passing = (name: string, options: Record<string, unknown> = {}): Trouble => ({
  name,
  shows: [],
  arm: once(name, options),
});

/** QuickBooks says that to the next write of the bill, and a bookkeeper has mended it by the one after. */
const refused = (
  key: string,
  code: string,
  Detail: string,
  more: Partial<Trouble> & { element?: string } = {},
): Trouble => {
  const { element, ...rest } = more;
  const error = { Message: 'Refused', Detail, code, ...(element !== undefined && { element }) };
  const body = { Fault: { Error: [error], type: 'ValidationFault' } };
  return { name: `${code} ${key}`, shows: [key], arm: once('literal', { status: 400, body }), ...rest };
};

const company = (key: string, name: string, options: Record<string, unknown> = {}): Trouble => ({
  name: key,
  shows: [key],
  isWide: true,
  arm: once(name, options),
});

type Row = Record<string, unknown> & { Id: string; SyncToken?: unknown };

/** What a bookkeeper does to the bill's invoice in QuickBooks' own pages. */
const meddling = (
  name: string,
  shows: readonly string[],
  meddle: (firm: ConnectedFirm, invoice: Row) => Promise<unknown>,
): Trouble => ({
  name,
  shows,
  needsPosted: true,
  async arm({ firm, bill }) {
    const invoice = (await firm.qbo.objects('Invoice')).find(
      ({ PrivateNote }) => PrivateNote === markOf(bill),
    );
    try {
      if (invoice) await meddle(firm, invoice);
    } catch (error) {
      // As to its client being inactive just now: then this trouble does not come about.
      if (!(error instanceof BookkeeperRefused)) throw error;
    }
  },
});

const inactive = (row: Row, more = {}) => ({
  Id: row.Id,
  SyncToken: row.SyncToken,
  sparse: true,
  Active: false,
  ...more,
});

export const TROUBLES: readonly Trouble[] = [
  passing('service-unavailable'),
  passing('bad-gateway'),
  passing('gateway-internal'),
  passing('throttled'),
  passing('token-expired'),
  passing('empty-body'),
  passing('html-body'),
  passing('transient-6000'),
  passing('system-failure-10000'),
  passing('drop-before-commit'),
  passing('commit-then-drop'),
  passing('commit-then-status', { status: 500 }),
  passing('commit-then-empty-body'),
  refused(
    'item-without-income-account',
    '6000',
    'There is no income account associated with the item Advice.',
  ),
  refused('business-rule', '6000', 'Business Validation Error: You have to say more about this.'),
  refused('unrecognised', '98765', 'Something that nobody has seen yet.'),
  refused('character-not-accepted', '2040', 'The property has an unsupported character.'),
  refused('required-field-missing', '2020', 'Required parameter ShipAddr is missing in the request', {
    element: 'ShipAddr',
  }),
  refused('rounding-differs', '6070', 'Amount calculation incorrect in the request.'),
  refused('tax-calculated-by-quickbooks', '6470', 'Automated sales tax is on.'),
  refused('matched-transaction', '6480', 'The transaction is matched to a bank line.', { needsPosted: true }),
  refused('transaction-not-linkable', '620', 'The transaction cannot be linked.'),
  refused('reference-deleted', '610', 'Object Not Found : the account has been deleted.'),
  refused('link-lost', '3120', 'The id that was named does not exist.', { needsPosted: true }),
  refused('linked-object-missing', '610', 'Object Not Found : it is not there.', { needsPosted: true }),
  company('connecting-user-removed', 'authorization-120'),
  company('subscription-ended', 'subscription-ended'),
  company('network-blocked', 'literal', { status: 403, body: '<html>Forbidden</html>' }),
  {
    name: 'the number is taken',
    shows: ['number-used-bill'],
    spoil: (bill) => ({ ...bill, number: `${bill.billId}-${bill.version}` }),
    arm: ({ firm, bill }) => takeNumber(firm, `${bill.billId}-${bill.version}`, `Walk-in ${bill.billId}`),
  },
  {
    name: 'the number is too long',
    shows: ['number-too-long'],
    spoil: (bill) => ({ ...bill, number: `${bill.billId}-00000000000000000000000` }),
  },
  { name: 'there are no lines', shows: ['no-lines'], spoil: (bill) => ({ ...bill, lines: [] }) },
  {
    name: 'it comes to nothing',
    shows: ['zero-total'],
    spoil: (bill) => ({ ...bill, lines: bill.lines.map((line) => ({ ...line, amountCents: 0 })) }),
  },
  meddling('it was deleted there', ['document-deleted'], ({ qbo }, { Id }) =>
    qbo.bookkeeper('Invoice', { Id }, 'delete'),
  ),
  meddling('its date was changed there', ['changed-in-quickbooks'], ({ qbo }, { Id, SyncToken }) =>
    qbo.bookkeeper('Invoice', { Id, SyncToken, sparse: true, TxnDate: '2026-11-02' }),
  ),
  meddling('its shipping was changed there', [], ({ qbo }, { Id, SyncToken }) =>
    qbo.bookkeeper('Invoice', { Id, SyncToken, sparse: true, ShipDate: '2026-11-20' }),
  ),
  {
    ...meddling('its client was made inactive', ['contact-inactive'], async ({ qbo }, { CustomerRef }) => {
      const { value } = CustomerRef as { value: string };
      const customer = (await qbo.objects('Customer')).find(({ Id }) => Id === value);
      if (customer && customer.Active !== false) await qbo.bookkeeper('Customer', inactive(customer));
    }),
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

/** What comes to each bill, one after the other. The same seed gives the same. */
export const troublesOf = (seed: number, size: number, each: number): Trouble[][] =>
  fc.sample(fc.array(fc.constantFrom(...TROUBLES), { minLength: each, maxLength: each }), {
    seed,
    numRuns: size,
  });
