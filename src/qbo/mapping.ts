import type { Removal } from '../domain/document.js';
import type { Intent, TaxIntent } from '../domain/intent.js';
import { toDecimal } from './decimal.js';

/** What we read back of a document: enough to find it, link it and compare it with what was meant. */
export interface ReadDocument {
  qboId: string;
  syncToken: string;
  /** Our key, where QuickBooks still carries it. */
  mark: string | undefined;
  createdAt: Date | undefined;
  /** A short line for a person who has to decide whether this is the one. */
  summary: string;
}

export interface LinkRef {
  qboId: string;
  syncToken: string;
}

/** One document type at QuickBooks' door: the only place that knows both spellings. */
export interface Mapping<I extends Intent = Intent> {
  /** QuickBooks' name of the type, e.g. `Invoice`. */
  entity: string;
  /** Body of a create, or of a sparse update when there is a link. Never an echo of a read. */
  toBody(intent: I, link?: LinkRef): Record<string, unknown>;
  read(object: Record<string, unknown>): ReadDocument;
  /** What QuickBooks holds otherwise than meant, in a person's words; empty when it is as meant. */
  differences(intent: I, object: Record<string, unknown>): string[];
  /** The same for every field that is ours: whether an update whose answer was lost has been applied. */
  allDifferences(intent: I, object: Record<string, unknown>): string[];
  /** What was meant, completed by what QuickBooks chose itself and later writes have to know. */
  held?(intent: I, object: Record<string, unknown>): I;
  /** Why this record can never stand for it, whatever a person says. */
  unfit?(intent: I, object: Record<string, unknown>): string | undefined;
  /** Alike enough to be taken without asking a person. */
  isSame?(intent: I, object: Record<string, unknown>): boolean;
  /** Body that makes a record of a list active again, under the name that it had. */
  reactivated?(object: Record<string, unknown>): Record<string, unknown>;
  /** Statements that find it when its answer was lost, cheapest first; the mark decides among the rows. */
  lookups(intent: I): string[];
}

/** A value in a statement of QuickBooks' query language. */
export const quote = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Compares what was meant with what is there, naming the field as a person would. */
export function compare(
  fields: readonly (readonly [name: string, meant: unknown, found: unknown])[],
): string[] {
  return fields
    .filter(([, meant, found]) => meant !== found)
    .map(
      ([name, meant, found]) =>
        `${name}: meant ${show(meant ?? 'nothing')}, QuickBooks has ${show(found ?? 'nothing')}`,
    );
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What an update says first, and a create says nothing of. */
export const linkBody = (link: LinkRef | undefined) =>
  link && { Id: link.qboId, SyncToken: link.syncToken, sparse: true };

/** Which record it is, read the same of every type. */
export function identity(object: Record<string, unknown>) {
  const { Id, SyncToken, MetaData } = object as {
    Id?: string;
    SyncToken?: string;
    MetaData?: { CreateTime?: unknown };
  };
  // To the second, in Pacific time with its offset.
  const time = MetaData?.CreateTime;
  return {
    qboId: Id ?? '',
    syncToken: SyncToken ?? '',
    createdAt: typeof time === 'string' ? new Date(time) : undefined,
  };
}

/** Statement for all of one type that a customer has on a day. */
export const ofCustomerOn = (entity: string, customerQboId: string, day: string): string =>
  `select * from ${entity} where CustomerRef = ${quote(customerQboId)} and TxnDate = ${quote(day)} maxresults 1000`;

export const refValue = (ref: unknown): string | undefined => {
  const value = (ref as { value?: string | number } | undefined)?.value;
  return value === undefined ? undefined : String(value);
};

/** Absent where the company's own currency is meant: a company with a single one wants neither field. */
export const currencyBody = (intent: { currency?: string; exchangeRate?: string }) => ({
  ...(intent.currency !== undefined && { CurrencyRef: { value: intent.currency } }),
  ...(intent.exchangeRate !== undefined && { ExchangeRate: Number(intent.exchangeRate) }),
});

/** Where the company taxes by code: amounts are without tax, and this is what the tax comes to. */
export const taxBody = ({ tax }: { tax?: TaxIntent }) =>
  tax && {
    GlobalTaxCalculation: 'TaxExcluded',
    TxnTaxDetail: { TotalTax: toDecimal(tax.totalCents) },
  };

/**
 * Whether an answer or a read says that the record is out of the books. QuickBooks has no state for it: a voided one
 * has nothing in it and a note that begins with "Voided".
 */
export function removalIn(object: Record<string, unknown>): Removal | undefined {
  if (object.status === 'Deleted') return 'deleted';
  const { TotalAmt, PrivateNote } = object as { TotalAmt?: unknown; PrivateNote?: string };
  return Number(TotalAmt) === 0 && PrivateNote?.startsWith('Voided') === true ? 'voided' : undefined;
}

/** Whether less of it is open than it comes to: money or a credit has been applied to it. */
export const isApplied = ({ Balance, TotalAmt }: Record<string, unknown>): boolean =>
  Balance !== undefined && Number(Balance) < Number(TotalAmt);

/** QuickBooks puts it behind the name of what is made inactive, which frees the name. */
export const INACTIVE_SUFFIX = ' (deleted)';

/** The name that a record of a list had before it was made inactive. */
export const formerName = (name = ''): string =>
  name.endsWith(INACTIVE_SUFFIX) ? name.slice(0, -INACTIVE_SUFFIX.length) : name;

/** The update that makes a record active again; QuickBooks wants the name of some in every request. */
export const activeAgain = (object: Record<string, unknown>): Record<string, unknown> => {
  const { Id, SyncToken, Name } = object as { Id?: string; SyncToken?: string; Name?: string };
  return { Id, SyncToken, sparse: true, Active: true, Name: formerName(Name) };
};

/** A record of a list that takes new transactions. */
export const isActive = ({ Active }: Record<string, unknown>): boolean => Active !== false;
