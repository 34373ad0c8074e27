/** The documents in QuickBooks that we own, as we mean them. QuickBooks' own field names live in qbo/ only. */

import type { AggregateRef } from './aggregate.js';
import { sameJson } from './json.js';
import type { FirmSettings } from './firm.js';

/** Deterministic and ours: `bill/B42/invoice`, `contact/C7/customer`. */
export type DocumentKey = string;

export const invoiceKey = (billId: string): DocumentKey => `bill/${billId}/invoice`;
export const customerKey = (clientId: string): DocumentKey => `contact/${clientId}/customer`;

export interface CustomerIntent {
  document: 'customer';
  name: string;
  email?: string;
  /** Found again by this mark when an answer was lost. */
  mark: string;
  differs?: string[];
}

export interface InvoiceLineIntent {
  description: string;
  amountCents: number;
  /** Thousandths of an hour or of a piece; absent where QuickBooks' arithmetic would not give the amount. */
  quantityThousandths?: number;
  unitPriceCents?: number;
  itemId: string;
  /** Calendar day, `YYYY-MM-DD`. */
  servedOn?: string;
}

export interface InvoiceIntent {
  document: 'invoice';
  number: string;
  /** QuickBooks' id of the customer it is addressed to. */
  customerQboId: string;
  issuedOn: string;
  dueOn: string;
  memo: string;
  lines: InvoiceLineIntent[];
  totalCents: number;
  /** The settings it was posted under; later edits keep them. */
  terms: FirmSettings;
  mark: string;
  /** Set on what was posted when QuickBooks saved something else; it makes the next plan send ours again. */
  differs?: string[];
}

export type Intent = CustomerIntent | InvoiceIntent;

/** What QuickBooks holds of ours, and where. */
export interface PostedDocument<I extends Intent = Intent> {
  intent: I;
  qboId: string;
  syncToken: string;
}

export type WriteAction = 'create' | 'update';

/** The next thing to do for an aggregate. A plan is asked for anew after each, so one step is all it needs. */
export type Step<I extends Intent = Intent> =
  | { do: 'nothing'; excluded?: true }
  | { do: 'write'; key: DocumentKey; action: WriteAction; intent: I }
  /** Another aggregate has to post this document first. */
  | {
      do: 'wait';
      on: DocumentKey;
      document: Intent['document'];
      of: Omit<AggregateRef, 'firmId'>;
      why: string;
    }
  /**
   * Found before QuickBooks was asked; `fault` is a key of the catalogue. `needsCompany`: nobody can mend it before a
   * company is connected, so that comes first.
   */
  | { do: 'park'; fault: string; params: Record<string, string>; needsCompany?: true };

/** Whether two documents say the same. */
export const sameIntent = (one: Intent, other: Intent): boolean => sameJson(one, other);
