import type { QboObject } from '../local/simulator-control.js';
import type { ConnectedFirm } from '../local/office.js';
import type { TrustBook } from './book.js';
import type { Calendar } from './day.js';
import type { AdoptedDeed, ChequeDeed, Deed, RecordType } from './life.js';

/** A trust account of a firm, and where it stands in QuickBooks. */
export interface Account {
  accountId: string;
  bankId: string;
  liabilityId: string;
  /** Whether lines name customers. */
  isTagged: boolean;
  /** Whether what is owed to each client has an account of its own. */
  isPerClient: boolean;
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
  deed: Deed | AdoptedDeed | Exclude<ChequeDeed, 'cheque-number'>;
  accountId: string;
  /** The entry in QuickBooks, and its token after it; undefined where he deleted it. */
  qboId: string;
  token: string | undefined;
  /** Ours, where he changed one of ours. */
  trustTransactionId?: string;
}

/** A record of the bookkeeper's own that a transaction was said to be. */
export interface Adopted {
  type: RecordType;
  qboId: string;
  /** As he left it; nobody else may write it. */
  token: string;
  /** Whether the line says whose money it is. */
  isNamed: boolean;
}

/** A cheque that was given another number by hand, and the one that it had. */
export interface Renumbered {
  trustTransactionId: string;
  was: string;
  now: string;
}

/** A firm as the storm knows it. */
export interface TrustFirm extends ConnectedFirm {
  accounts: Account[];
  book: TrustBook;
  done: Done[];
  /** By trust transaction. */
  adopted: Map<string, Adopted>;
  renumbered: Renumbered[];
  /** Accounts of single clients in QuickBooks, by id, as they are once all is still. */
  below: Map<string, { parentId: string; name: string }>;
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

/** Accounts below those on which it is owed to all clients. */
export async function readBelow({ qbo, accounts, below }: TrustFirm): Promise<void> {
  for (const { Id, Name, ParentRef } of await qbo.objects('Account')) {
    const parentId = (ParentRef as { value?: string } | undefined)?.value ?? '';
    if (accounts.some(({ liabilityId }) => liabilityId === parentId)) {
      below.set(Id, { parentId, name: String(Name) });
    }
  }
}
