import type { AggregateRef } from './aggregate.js';
import type { Intent } from './intent.js';
import { sameJson } from './json.js';
import type { Reference } from './reference.js';
import type { Place } from './trust/adoption/record.js';

/** Deterministic and ours: `bill/B42/invoice`, `contact/C7/customer`. */
export type DocumentKey = string;

export const invoiceKey = (billId: string): DocumentKey => `bill/${billId}/invoice`;
/** Interest stands as an invoice of its own unless the firm wants it as a line. */
export const interestKey = (billId: string): DocumentKey => `bill/${billId}/interest`;
/** The invoice of the same bill that is waited for together with this one; undefined for all others. */
export const besides = (key: DocumentKey): DocumentKey | undefined =>
  key.endsWith('/interest') ? invoiceKey(billOf(key)) : undefined;
/** A credit note or a write-off of a bill. */
export const creditKey = (billId: string, creditId: string): DocumentKey =>
  `bill/${billId}/credit/${creditId}`;
export const applicationKey = (billId: string, creditId: string): DocumentKey =>
  `bill/${billId}/application/${creditId}`;
/** Takes an invoice back in the open period that has to stay in closed books; `qboId` is the invoice's. */
export const counterKey = (billId: string, qboId: string): DocumentKey => `bill/${billId}/counter/${qboId}`;
export const counterUseKey = (billId: string, qboId: string): DocumentKey =>
  `bill/${billId}/counter-use/${qboId}`;
/** Uses on a bill what is left of the credit memo that took back the bill which it replaces. */
export const carriedKey = (billId: string, qboId: string): DocumentKey => `bill/${billId}/carried/${qboId}`;
/** One of these two: the bill that has it does not know that somebody waits for it to change. */
export const isCounterUse = (key: DocumentKey): boolean =>
  /^bill\/[^/]+\/(?:counter-use|carried)\//.test(key);
/** Such an invoice, as plans see it: its own key is free again for what replaces it. */
export const isKept = (key: DocumentKey): boolean => key.startsWith(KEPT);
export const keptKey = (billId: string, qboId: string): DocumentKey => `${KEPT}${billId}/${qboId}`;
/** The same of a credit note or write-off that was taken back with its invoice, and of its use. */
export const keptCreditKey = (billId: string, qboId: string): DocumentKey =>
  `${KEPT}${billId}/credit/${qboId}`;
const KEPT = 'kept/';
/** The id of the aggregate that a document is of; the key says so. */
export const ownerIdOf = (key: DocumentKey): string => key.split('/')[1] ?? '';
/** Which bill one of these belongs to. */
export const billOf = ownerIdOf;
/** One customer per client and currency; without a currency it is the company's own. */
export const customerKey = (clientId: string, currency?: string): DocumentKey =>
  currency === undefined ? `contact/${clientId}/customer` : `contact/${clientId}/customer/${currency}`;
/** Who is paid by cheque and is no client. */
export const vendorKey = (payeeId: string): DocumentKey => `contact/${payeeId}/vendor`;
/** The account of QuickBooks on which what one trust account holds is owed to this client alone. */
export const liabilityKey = (clientId: string, accountId: string): DocumentKey =>
  `contact/${clientId}/liability/${accountId}`;
/** A matter as a sub-customer of its client. */
export const matterKey = (clientId: string, matterId: string, currency?: string): DocumentKey =>
  currency === undefined
    ? `contact/${clientId}/matter/${matterId}`
    : `contact/${clientId}/matter/${matterId}/${currency}`;
export const classKey = (timekeeperId: string): DocumentKey => `timekeeper/${timekeeperId}/class`;
export const paymentKey = (paymentId: string): DocumentKey => `payment/${paymentId}/payment`;
/** Takes a bounced or refunded payment back in the open period. */
export const reversalKey = (paymentId: string): DocumentKey => `payment/${paymentId}/reversal`;

/** The one record of a movement of client money: a journal entry, or the cheque that comes in its place. */
export const trustEntryKey = (trustTransactionId: string): DocumentKey => `trust/${trustTransactionId}/entry`;
/** The payment by which an earned fee reaches its bill. */
export const trustPaymentKey = (trustTransactionId: string): DocumentKey =>
  `trust/${trustTransactionId}/payment`;
/** Who brings a payment: its own aggregate, or the earned fee. */
export const payerOf = (key: DocumentKey): Foreign['of'] => ({
  type: key.startsWith('trust/') ? 'trustTransaction' : 'payment',
  id: ownerIdOf(key),
});

/** What QuickBooks holds of ours, and where. */
export interface PostedDocument<I extends Intent = Intent> {
  intent: I;
  qboId: string;
  syncToken: string;
  /** It was taken out of the books. A voided one is still there, with nothing in it. */
  removed?: Removal;
  /** A person has decided about it; the next write carries that out in place of its own. */
  decided?: true;
  /** Of a payment: QuickBooks takes no change of it as long as it lies there. */
  deposit?: Deposit;
}

/** What a payment that waits to be taken off its deposit is registered under. */
export const depositCause = (key: DocumentKey): string => `${DEPOSITS}${key}`;
export const DEPOSITS = 'deposit/';

/** A bookkeeper's bank deposit, as it was seen when a change of a payment in it was refused. */
export interface Deposit {
  /** Absent where it could not be looked for. */
  qboId?: string;
  /** QuickBooks' id of the account that the money went to. */
  accountId?: string;
  /** For a person: its day, amount and account. */
  summary?: string;
  /** The payment's version by which it was seen; by another one it may be gone, and the next change is tried. */
  version: number;
  /** A person has decided that the payment stays in it, and that others are put right around it. */
  stays?: true;
}

/** By key: those of the aggregate itself, and those of others that its plan depends on. */
export type Documents = Readonly<Record<DocumentKey, PostedDocument>>;

/** `inactive`: it is still there, and takes nothing new. */
export type Removal = 'voided' | 'deleted' | 'inactive';

/** What a person may decide about the link to a record, whatever the plan says next. */
export const LINK_ACTIONS = ['clear-link', 'recreate', 'resync', 'void-there'] as const;
export type LinkAction = (typeof LINK_ACTIONS)[number];

export const isLinkAction = (action: string): action is LinkAction =>
  (LINK_ACTIONS as readonly string[]).includes(action);

/** What a person decided that QuickBooks has to be asked for. Kept with the document until it is carried out. */
export interface Decision extends Place {
  action: 'adopt' | 'reactivate' | LinkAction;
  /** QuickBooks' id of the record that is meant. */
  qboId?: string;
  /** For `reactivate`: an entry of a list that the document goes by, and not the document itself. */
  reference?: Reference;
  /** The person has seen what is different about it. */
  confirmed?: true;
  by?: string;
  note?: string;
}

export type WriteAction = 'create' | 'update' | 'void' | 'delete';

export const isRemoval = (action: WriteAction): boolean => action === 'void' || action === 'delete';

/** A document of another aggregate. */
export interface Foreign {
  on: DocumentKey;
  document: Intent['document'];
  of: Omit<AggregateRef, 'firmId'>;
}

/** The intent of a removal is what was posted last. */
export interface WriteStep<I extends Intent = Intent> {
  do: 'write';
  key: DocumentKey;
  action: WriteAction;
  intent: I;
}

/** The next thing to do for an aggregate. A plan is asked for anew after each, so one step is all it needs. */
export type Step<I extends Intent = Intent> =
  /**
   * `skipped` says why it is left out without anybody's doing: a part of a sentence. `frees`: others who wait for what it
   * holds may go on. `tells`: documents of others that this concerns, whose owners do not know of it.
   */
  | { do: 'nothing'; excluded?: true; skipped?: string; frees?: true; tells?: DocumentKey[] }
  | WriteStep<I>
  /** Until the books are open for it again: their closing date stands in the way. */
  | { do: 'wait-for-books'; closedThrough: string; why: string }
  /** Until this payment of ours is out of its deposit: nobody tells of that, so that its change is tried now and then. */
  | { do: 'wait-for-deposit'; key: DocumentKey; why: string }
  /**
   * Until more of its money is in QuickBooks, or has cleared: `on` is the cause of a ledger, of which this revision was
   * not enough; `until` is that of a day on which more of it clears.
   */
  | { do: 'wait-for-money'; on: string; seenRevision: number; until?: string; why: string }
  /** Another aggregate has to write this document first: post it, remove it, or take back what it applies. */
  | (Foreign & {
      do: 'wait';
      /** Finishes the sentence "Waiting for …". */
      why: string;
      /** Others that may be what it waits for: news of any of them has it look again. */
      also?: Foreign[];
      /** By invoice: how much of it payments may have. Theirs to make way, as far as they can without being told. */
      leaves?: Readonly<Record<DocumentKey, number>>;
    })
  /**
   * Found before QuickBooks was asked; `fault` is a key of the catalogue. `needsCompany`: nobody can mend it before a
   * company is connected, so that comes first. `readsProfile`: it comes from how the company is set up, which is read
   * anew first when that is due.
   */
  | {
      do: 'park';
      fault: string;
      params: Record<string, string>;
      needsCompany?: true;
      readsProfile?: true;
      /** The document it is about, for who decides about it. */
      on?: DocumentKey;
      /** What may lift it by itself: it is looked at again when this is written. */
      until?: Foreign;
      /** The same of money on a ledger, of which this revision was not enough. */
      untilMoney?: { on: string; seenRevision: number };
    };

/** Whether two documents say the same. */
export const sameIntent = (one: Intent, other: Intent): boolean => sameJson(one, other);

/** One of them, as the kind that its key stands for. */
export const postedAs = <I extends Intent>(
  documents: Documents,
  key: DocumentKey,
): PostedDocument<I> | undefined => documents[key] as PostedDocument<I> | undefined;

/** What is in the books now; undefined for what was never posted or was removed. */
export const live = <I extends Intent>(
  posted: PostedDocument<I> | undefined,
): PostedDocument<I> | undefined => (posted?.removed === undefined ? posted : undefined);
