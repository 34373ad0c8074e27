/** The documents in QuickBooks that we own, as we mean them. QuickBooks' own field names live in qbo/ only. */

import type { FirmSettings } from './firm.js';
import type { AdoptableType } from './trust/adoption/record.js';

interface IntentBase {
  /** Our key in a field of QuickBooks': found again by it when an answer was lost. */
  mark: string;
  /** Set on what was posted when QuickBooks saved something else; it makes the next plan send ours again. */
  differs?: string[];
}

/** What every money document has in common. */
interface MoneyIntent extends IntentBase {
  /** QuickBooks' id of the customer it stands under. */
  customerQboId: string;
  /** ISO 4217; absent = the company's home currency. */
  currency?: string;
  /** Home units for one foreign unit, as a decimal; absent = QuickBooks' own rate of that day. */
  exchangeRate?: string;
}

export interface CustomerIntent extends IntentBase {
  document: 'customer';
  name: string;
  email?: string;
  /** ISO 4217; fixed at birth. Absent = the company's home currency. */
  currency?: string;
  /** A matter is a sub-customer of its client. */
  parentQboId?: string;
}

/** Who is paid by cheque and is no client. */
export interface VendorIntent extends IntentBase {
  document: 'vendor';
  name: string;
  /** At birth only; afterwards it is the bookkeeper's. */
  address?: string;
}

/** One per timekeeper, where the firm reports income by person. */
export interface ClassIntent extends IntentBase {
  document: 'class';
  name: string;
}

/** What is owed to one client, where the firm keeps an account for each. */
export interface AccountIntent extends IntentBase {
  document: 'account';
  name: string;
  /** QuickBooks' id of the account that it stands below. */
  parentQboId: string;
}

export interface SalesLineIntent {
  description: string;
  amountCents: number;
  /** Thousandths of an hour or of a piece; absent where QuickBooks' arithmetic would not give the amount. */
  quantityThousandths?: number;
  unitPriceCents?: number;
  /** In its place, a price with more places as a decimal: the amount has more in it than the rate. */
  unitPrice?: string;
  itemId: string;
  /** Calendar day, `YYYY-MM-DD`. */
  servedOn?: string;
  /** QuickBooks' id of the class. */
  classQboId?: string;
  /** QuickBooks' id of the tax code, where the company taxes by code. */
  taxCodeId?: string;
}

/** What QuickBooks computes itself, and what it must come to. */
export interface TaxIntent {
  /** Amounts of the lines are without tax. */
  totalCents: number;
}

export interface InvoiceIntent extends MoneyIntent {
  document: 'invoice';
  /** An interest charge: its number cannot be changed in the billing app. */
  about?: 'interest';
  number: string;
  /** A person has allowed the number although another transaction has it. */
  duplicateAllowed?: true;
  issuedOn: string;
  /** The day that the billing app says, where the books are closed for it and another one was taken. */
  meantOn?: string;
  dueOn: string;
  memo: string;
  lines: SalesLineIntent[];
  tax?: TaxIntent;
  /** Lines and tax together. */
  totalCents: number;
  /** The settings it was posted under; later edits keep them. */
  terms: FirmSettings;
}

/** A credit note or a write-off, or what takes back an invoice that stays in closed books. */
export interface CreditMemoIntent extends MoneyIntent {
  document: 'credit-memo';
  kind: 'credit' | 'write-off' | 'bad-debt' | 'counter';
  /** For `counter`: the invoice as it was posted and stays, and what was credited on it and is taken back with it. */
  counters?: { key: string; qboId: string; invoice: InvoiceIntent; credits?: KeptCredit[] };
  /** Empty = without one, or with the next one of QuickBooks. */
  number: string;
  /** As in an invoice. */
  duplicateAllowed?: true;
  issuedOn: string;
  /** As in an invoice. */
  meantOn?: string;
  memo: string;
  lines: SalesLineIntent[];
  tax?: TaxIntent;
  totalCents: number;
}

/** A credit note or write-off that stays in closed books, used on one invoice as a whole. */
export interface KeptCredit {
  qboId: string;
  memo: CreditMemoIntent;
  useQboId: string;
  use: ApplicationIntent;
}

export interface AllocationIntent {
  /** Our key of the invoice, and QuickBooks' id of it. */
  invoiceKey: string;
  invoiceQboId: string;
  amountCents: number;
}

/** Uses up a credit memo on invoices; in QuickBooks a payment of nothing that links them. */
export interface ApplicationIntent extends MoneyIntent {
  document: 'application';
  appliedOn: string;
  creditQboId: string;
  allocations: AllocationIntent[];
}

export interface PaymentIntent extends MoneyIntent {
  document: 'payment';
  receivedOn: string;
  /** As in an invoice. */
  meantOn?: string;
  /** All of it; what is not allocated stays unapplied. */
  amountCents: number;
  /** The payer's own number, e.g. of a cheque. */
  reference?: string;
  methodId?: string;
  /** QuickBooks' id of the account it was paid into; absent = Undeposited Funds. */
  accountId?: string;
  /** Which account that was, as QuickBooks answered: known once it is posted. */
  heldInId?: string;
  memo?: string;
  allocations: AllocationIntent[];
  /** Entered by hand and taken as it is, for this version of the payment: nothing is written before a newer one. */
  takenAs?: number;
  /** The settings it was posted under; later edits keep them. */
  terms: Pick<FirmSettings, 'depositAccountId' | 'paymentMethods'>;
}

export interface JournalLineIntent {
  side: 'debit' | 'credit';
  accountId: string;
  amountCents: number;
  description: string;
  customerQboId?: string;
}

export interface JournalEntryIntent extends IntentBase {
  document: 'journal-entry';
  number: string;
  enteredOn: string;
  /** As in an invoice. */
  meantOn?: string;
  memo: string;
  /** Behind the mark in the note; absent = the mark alone. */
  note?: string;
  lines: JournalLineIntent[];
  currency?: string;
  exchangeRate?: string;
  /** It is not ours: a record of QuickBooks that is taken for it, and these lines of that one. Never written. */
  adopted?: { type: AdoptableType; qboId: string; lines: string[] };
}

/** Comes in place of a journal entry, where the bookkeeper prints it in QuickBooks. */
export interface ChequeIntent extends IntentBase {
  document: 'cheque';
  enteredOn: string;
  payee: { document: 'customer' | 'vendor'; qboId: string };
  /** Lines are separated by line breaks. */
  address?: string;
  /** All that is on record about it, and what of that stands on the paper. */
  memo: string;
  note: string;
  /** What it does to the accounts, as the entry would: the bank account is on the credit side. */
  lines: JournalLineIntent[];
  /** It was printed, as far as we have heard. */
  printed?: true;
  /** Under which number, where a person had to tell us. */
  number?: string;
  /** As in an invoice. */
  duplicateAllowed?: true;
}

export type Intent =
  | CustomerIntent
  | VendorIntent
  | ClassIntent
  | AccountIntent
  | InvoiceIntent
  | CreditMemoIntent
  | ApplicationIntent
  | PaymentIntent
  | JournalEntryIntent
  | ChequeIntent;
