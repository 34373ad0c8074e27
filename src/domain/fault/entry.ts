import type { RemedyName } from '../remedy.js';

/** Transient faults are Temporal's to retry; permanent ones park the workflow until a person decides. */
export type FaultKind = 'transient' | 'permanent';

/** A company fault parks the company once, not each of its documents. */
export type FaultScope = 'document' | 'company';

/** What we were doing when the answer came. */
export type FaultAction = 'create' | 'update' | 'delete' | 'void' | 'read';

/** Where what causes a fault can be mended, beside the document itself. */
export type MendedIn = 'settings' | 'quickbooks';

/** One error of an answer, normalised: `code` is a string without leading zeros (`"3200"`, never `3200` or `"003200"`). */
export interface FaultError {
  /** Empty where the answer named none; the OAuth word (`invalid_grant`) in answers of the token endpoint. */
  code: string;
  message: string;
  detail: string;
  element?: string;
}

/** What came back in place of a success, whatever its wire form was. */
export interface FaultAnswer {
  /** 0 where no answer came at all. */
  httpStatus: number;
  /**
   * `service` = `{"Fault":…}`, `gateway` = `{"fault":…}`, `oauth` = `{"error":"invalid_grant"}`; the rest are
   * bodies that are no JSON fault at all. `none` = nothing came back: a timeout, a reset, no route.
   */
  shape: 'service' | 'gateway' | 'oauth' | 'xml' | 'html' | 'empty' | 'unreadable' | 'none';
  /** Intuit's own word for the family, e.g. `ValidationFault`, `AUTHENTICATION`. */
  type?: string;
  errors: FaultError[];
}

/** The kinds of document a fault can be about; some codes mean different things for each. */
export type DocumentType =
  | 'customer'
  | 'vendor'
  | 'invoice'
  | 'interest-invoice'
  | 'payment'
  | 'credit-memo'
  | 'application'
  | 'journal-entry'
  | 'reversal'
  | 'cheque'
  | 'expense'
  | 'class'
  | 'account'
  | 'company';

/** All conditions given must hold. Data, so that docs and tests can read it. */
export interface FaultMatch {
  code?: string;
  /** One status, or the first and last of a range. */
  httpStatus?: number | readonly [first: number, last: number];
  shape?: FaultAnswer['shape'];
  type?: string;
  /**
   * Tested against message and detail together, white space collapsed. Named groups become parameters of the
   * sentences. Never global or sticky: those keep state between calls.
   */
  text?: RegExp;
  /** Named groups become parameters, as in `text`. */
  element?: RegExp;
  document?: readonly DocumentType[];
  action?: readonly FaultAction[];
}

export interface FaultEntry {
  /** Kebab-case noun, stable: the failure type, the database column, the metric label and the docs anchor. */
  key: string;
  /** A few words for a list. */
  title: string;
  kind: FaultKind;
  scope: FaultScope;
  /** Any one of them suffices; the first that holds gives the parameters. Empty for what only we can find out. */
  match: readonly FaultMatch[];
  /**
   * What is wrong, for a bookkeeper. `{name}` stands for a parameter; a part in square brackets is left out
   * when one of its parameters is missing. Read it through `faultText`.
   */
  cause: string;
  /** What may be done, for a bookkeeper; written like `cause`. */
  remedy: string;
  allowed: readonly RemedyName[];
  /**
   * Its cause lies outside the document: one item mapped anew, one account made active again, one month opened, and all
   * that it stopped can go on. `settings`: tried again when the firm's settings change. `quickbooks`: nobody tells us
   * what a bookkeeper mends there, so that one document at a time is tried now and then. Either way, the first that is
   * posted again takes the others along. Without it only a person may try again.
   */
  mendedIn?: readonly MendedIn[];
  /** It comes from how the company is set up in QuickBooks, which is read anew before it is tried again. */
  readsProfile?: true;
  /** True when the answer leaves open whether QuickBooks saved the document. */
  outcomeUnknown?: true;
}

/** Entries a bookkeeper would look for in one place. */
export interface FaultFamily {
  title: string;
  entries: readonly FaultEntry[];
}
