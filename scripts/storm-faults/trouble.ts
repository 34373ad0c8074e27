import type { BillSnapshot } from '../../src/domain/bill.js';
import type { ConnectedFirm } from '../local/office.js';
import { BookkeeperRefused } from '../local/simulator-control.js';

/** What trouble comes to, and where it is. */
export interface Target {
  firm: ConnectedFirm;
  /** Of the version that is sent into the trouble, where that is a bill. */
  bill: BillSnapshot;
  paymentId: string;
  /** One of them stands before its number in QuickBooks. */
  prefixes: readonly string[];
}

/** One kind of trouble, and what people may be shown of it. */
export interface Trouble {
  name: string;
  /** What is sent into it; a bill where nothing is said. */
  on?: 'payment';
  /** Keys of the catalogue; none where it heals by itself, and nobody is to be told. */
  shows: readonly string[];
  /** And what they may be shown of what is paid on the bill, then and later. */
  showsOfPaid?: readonly string[];
  /** And what of the bill itself, then and later. */
  showsLater?: readonly string[];
  /** Others of the firm meet it too. */
  isWide?: true;
  /** And what of its client, then and later. */
  showsOfClient?: readonly string[];
  /** Comes only to what was sent before. */
  needsPosted?: true;
  /** Comes only to what nobody has heard of. */
  needsNew?: true;
  /** Has it come about, before the next version is sent. */
  arm?: (target: Target) => Promise<unknown>;
  /** Takes it back where it is no trouble of one call; somebody does so after a while. */
  lift?: (target: Target) => Promise<unknown>;
  /** What is wrong about the version that the billing app sends; it is corrected there when people are told to. */
  spoil?: (bill: BillSnapshot) => BillSnapshot;
}

export type Kind = 'bill' | 'payment';

const ENTITY = { bill: 'Invoice', payment: 'Payment' } as const;

export const markOf = (kind: Kind, { bill, paymentId }: Target): string =>
  kind === 'bill' ? `bill/${bill.billId}/invoice` : `payment/${paymentId}/payment`;

const onto = (kind: Kind) => (kind === 'payment' ? ({ on: kind } as const) : {});

/** Hits one write of it. */
const once =
  (kind: Kind, name: string, options: Record<string, unknown> = {}): NonNullable<Trouble['arm']> =>
  (target) =>
    target.firm.qbo.fault(name, {
      count: 1,
      ...options,
      match: { entity: ENTITY[kind], method: 'POST', body: markOf(kind, target) },
    });

export const passing = (kind: Kind, name: string, options: Record<string, unknown> = {}): Trouble => ({
  ...onto(kind),
  name: kind === 'bill' ? name : `${name}, of a payment`,
  shows: [],
  arm: once(kind, name, options),
});

/** QuickBooks says that to the next write of it, and a bookkeeper has mended it by the one after. */
export const refused = (
  kind: Kind,
  key: string,
  code: string,
  Detail: string,
  more: Partial<Trouble> & { element?: string } = {},
): Trouble => {
  const { element, ...rest } = more;
  const error = { Message: 'Refused', Detail, code, ...(element !== undefined && { element }) };
  const body = { Fault: { Error: [error], type: 'ValidationFault' } };
  const name = kind === 'bill' ? `${code} ${key}` : `${code} ${key}, of a payment`;
  return { ...onto(kind), name, shows: [key], arm: once(kind, 'literal', { status: 400, body }), ...rest };
};

export const ofCompany = (key: string, name: string, options: Record<string, unknown> = {}): Trouble => ({
  name: key,
  shows: [key],
  isWide: true,
  arm: once('bill', name, options),
});

export type Row = Record<string, unknown> & { Id: string; SyncToken?: unknown };

/** What a bookkeeper does to it in QuickBooks' own pages. */
export const meddling = (
  kind: Kind,
  name: string,
  shows: readonly string[],
  meddle: (firm: ConnectedFirm, row: Row) => Promise<unknown>,
  more: Partial<Trouble> = {},
): Trouble => ({
  ...onto(kind),
  name,
  shows,
  needsPosted: true,
  async arm(target) {
    const { firm } = target;
    const mark = markOf(kind, target);
    const row = (await firm.qbo.objects(ENTITY[kind])).findLast(({ PrivateNote }) => PrivateNote === mark);
    if (row) await unlessRefused(() => meddle(firm, row));
  },
  ...more,
});

/** As to its client being inactive just now: then this trouble does not come about. */
export async function unlessRefused(what: () => Promise<unknown>): Promise<void> {
  try {
    await what();
  } catch (error) {
    if (!(error instanceof BookkeeperRefused)) throw error;
  }
}

export const inactive = (row: Row, more = {}) => ({
  Id: row.Id,
  SyncToken: row.SyncToken,
  sparse: true,
  Active: false,
  ...more,
});

/** The accountant closes the books over all that there is, and opens them again after a while, or when asked to. */
export const closed = (kind: Kind): Trouble => ({
  ...onto(kind),
  name: kind === 'bill' ? 'the books were closed' : 'the books were closed, for a payment',
  shows: ['closed-period', 'closed-period-correction', 'closed-period-payment'],
  // Its bill may be taken back then, and its client replaced afterwards.
  showsOfPaid: ['payment-kept'],
  isWide: true,
  arm: ({ firm: { qbo } }) => qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: '2026-11-30' } }),
  lift: ({ firm: { qbo } }) => qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: null } }),
});
