import type { QboObject } from '../local/simulator-control.js';
import type { ConnectedFirm } from '../local/office.js';
import type { TrustBook } from './book.js';
import type { Calendar } from './day.js';
import type { Deed } from './life.js';

/** A trust account of a firm, and where it stands in QuickBooks. */
export interface Account {
  accountId: string;
  bankId: string;
  liabilityId: string;
  /** Whether lines name customers. */
  isTagged: boolean;
  /** Whose ledger interest goes to; absent = the client's. */
  interestTo?: Owner;
}

/** Whose money it is, and for which matter. */
export interface Owner {
  clientId: string;
  matterId: string;
}

/** What a bookkeeper did, so that it can be told apart from ours, and found in the report. */
export interface Done {
  deed: Deed;
  accountId: string;
  /** The entry in QuickBooks, and its token after it; undefined where he deleted it. */
  qboId: string;
  token: string | undefined;
  /** Ours, where he changed one of ours. */
  trustTransactionId?: string;
}

/** A firm as the storm knows it. */
export interface TrustFirm extends ConnectedFirm {
  accounts: Account[];
  book: TrustBook;
  done: Done[];
  /** Whether its matters are customers of their own in QuickBooks. */
  hasMatterCustomers: boolean;
  calendar: Calendar;
}

/** A cheque that still waits for the printer. */
export const isUnprinted = ({ PaymentType, PrintStatus }: QboObject): boolean =>
  PaymentType === 'Check' && PrintStatus === 'NeedToPrint';

/** The living entries of a trust transaction, or the payments of a fee, by our mark. */
export const markedBy = (objects: readonly QboObject[], mark: string): QboObject[] =>
  objects.filter(({ PrivateNote }) => markOf(PrivateNote) === mark);

/** QuickBooks' users write before and behind it. */
export const markOf = (note: unknown): string | undefined =>
  typeof note === 'string' ? /\btrust\/[^/\s]+\/(entry|payment)/.exec(note)?.[0] : undefined;
