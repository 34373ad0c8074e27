import { FAULT_ENTRIES } from './catalogue.js';
import { UNRECOGNISED } from './entries/own.js';
import type { DocumentType, FaultAction, FaultAnswer, FaultEntry, FaultError, FaultMatch } from './entry.js';

/** What we were doing when the answer came: it decides between entries of one code. */
export interface FaultSubject {
  document: DocumentType;
  action: FaultAction;
}

export interface Classification {
  entry: FaultEntry;
  /** The error of the answer that decided; undefined where the answer names none. */
  error: FaultError | undefined;
  /** For `faultText`: named groups of the match, and `code`, `reason`, `field`. Values are QuickBooks' own words. */
  params: Record<string, string>;
}

/** Long enough for every known text; a bound keeps lazy patterns cheap on garbage. */
const TEXT_LENGTH = 2000;
const REASON_LENGTH = 300;

/**
 * Total and deterministic. Of several errors the decisive one is chosen so that no refusal is retried in silence
 * and the widest trouble is named: permanent before transient, company before document, then catalogue order
 * (in which `unrecognised` is last).
 */
export function classify(answer: FaultAnswer, about: FaultSubject): Classification {
  const errors = answer.errors.length > 0 ? answer.errors : [undefined];
  const found = errors.map((error) => find(answer, error, about));
  return found.reduce((best, next) => (rank(next.entry) < rank(best.entry) ? next : best));
}

function rank(entry: FaultEntry): number {
  const size = FAULT_ENTRIES.length;
  const tier = (entry.kind === 'permanent' ? 0 : 2) + (entry.scope === 'company' ? 0 : 1);
  return tier * size + FAULT_ENTRIES.indexOf(entry);
}

/** What QuickBooks says is read before how it was carried: a code counts more than a status. */
function find(answer: FaultAnswer, error: FaultError | undefined, about: FaultSubject): Classification {
  const text = error ? textOf(error) : '';
  for (const wantsError of [true, false]) {
    for (const entry of FAULT_ENTRIES) {
      for (const match of entry.match) {
        if (readsError(match) !== wantsError || !holdsForAnswer(match, answer, about)) continue;
        const groups = groupsOf(match, error, text);
        if (groups) return { entry, error, params: { ...base(error, text), ...groups } };
      }
    }
  }
  return { entry: UNRECOGNISED, error, params: base(error, text) };
}

function readsError(match: FaultMatch): boolean {
  return match.code !== undefined || match.text !== undefined || match.element !== undefined;
}

function holdsForAnswer(match: FaultMatch, answer: FaultAnswer, about: FaultSubject): boolean {
  return (
    (match.httpStatus === undefined || isInRange(answer.httpStatus, match.httpStatus)) &&
    (match.shape === undefined || match.shape === answer.shape) &&
    (match.type === undefined || match.type === answer.type) &&
    (match.document === undefined || match.document.includes(about.document)) &&
    (match.action === undefined || match.action.includes(about.action))
  );
}

function isInRange(status: number, wanted: number | readonly [number, number]): boolean {
  return typeof wanted === 'number' ? status === wanted : status >= wanted[0] && status <= wanted[1];
}

/** The parameters the match yields, or undefined where it does not hold. */
function groupsOf(
  match: FaultMatch,
  error: FaultError | undefined,
  text: string,
): Record<string, string> | undefined {
  if (!readsError(match)) return {};
  if (!error || (match.code !== undefined && match.code !== error.code)) return undefined;
  const params: Record<string, string> = {};
  for (const [pattern, subject] of [
    [match.text, text],
    [match.element, error.element ?? ''],
  ] as const) {
    if (!pattern) continue;
    const hit = pattern.exec(subject);
    if (!hit) return undefined;
    for (const [name, value] of Object.entries(hit.groups ?? {})) {
      // The type says string, but a group in a branch not taken is undefined.
      const given = value as string | undefined;
      if (given) params[name] = name === 'field' ? plainField(given) : given.trim();
    }
  }
  return params;
}

function textOf(error: FaultError): string {
  return `${error.message} ${error.detail}`.slice(0, TEXT_LENGTH).replace(/\s+/g, ' ').trim();
}

function base(error: FaultError | undefined, text: string): Record<string, string> {
  if (!error) return {};
  const words = (error.detail || error.message || text).slice(0, TEXT_LENGTH).replace(/\s+/g, ' ').trim();
  const reason = words.replace(/^Business Validation Error: ?/i, '').slice(0, REASON_LENGTH);
  return { ...(error.code && { code: error.code }), ...(reason && { reason }) };
}

const PLAIN: Record<string, string> = {
  addr: 'address',
  amt: 'amount',
  doc: 'document',
  num: 'number',
  qty: 'quantity',
  ref: '',
  txn: 'transaction',
};

/** `Line.PrimaryEmailAddr` → `line primary email address`: a bookkeeper may not know the wire's spelling. */
function plainField(element: string): string {
  return element
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .map((word) => (Object.hasOwn(PLAIN, word) ? PLAIN[word] : word))
    .filter((word) => word)
    .join(' ');
}
