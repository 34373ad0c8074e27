import type { RemedyName } from '../remedy.js';

/** Transient faults are Temporal's to retry; permanent ones park the workflow until a person decides. */
export type FaultKind = 'transient' | 'permanent';

/** A company fault parks the company once, not each of its documents. */
export type FaultScope = 'document' | 'company';

/** One error of an answer, normalised: `code` is a string without leading zeros (`"3200"`, never `3200` or `"003200"`). */
export interface FaultError {
  code: string;
  message: string;
  detail: string;
  element?: string;
}

/** What came back in place of a success, whatever its wire form was. */
export interface FaultAnswer {
  httpStatus: number;
  /** `service` = `{"Fault":…}`, `gateway` = `{"fault":…}`; the rest are bodies that are no JSON fault at all. */
  shape: 'service' | 'gateway' | 'xml' | 'html' | 'empty' | 'unreadable' | 'none';
  /** Intuit's own word for the family, e.g. `ValidationFault`, `AUTHENTICATION`. */
  type?: string;
  errors: FaultError[];
}

/** The kinds of document a fault can be about; some codes mean different things for each. */
export type DocumentType =
  | 'customer'
  | 'invoice'
  | 'interest-invoice'
  | 'payment'
  | 'credit-memo'
  | 'journal-entry'
  | 'cheque'
  | 'expense'
  | 'class'
  | 'company';

/** All conditions given must hold. Data, so that docs and tests can read it. */
export interface FaultMatch {
  code?: string;
  httpStatus?: number;
  shape?: FaultAnswer['shape'];
  type?: string;
  /** Tested against message and detail together. Named groups become parameters of the sentences. */
  text?: RegExp;
  element?: RegExp;
  document?: readonly DocumentType[];
}

export interface FaultEntry {
  /** Kebab-case noun, stable: the failure type, the database column, the metric label and the docs anchor. */
  key: string;
  kind: FaultKind;
  scope: FaultScope;
  /** Any one of them suffices. An entry raised by our own preflight may have none. */
  match: readonly FaultMatch[];
  /** What is wrong, for a bookkeeper. `{name}` stands for a parameter. */
  cause: string;
  /** What may be done, for a bookkeeper. `{name}` stands for a parameter. */
  remedy: string;
  allowed: readonly RemedyName[];
  /** True when the answer leaves open whether QuickBooks saved the document. */
  outcomeUnknown?: true;
}
