import type { FaultEntry } from './entry.js';

/** What whoever shows a fault knows about it; each is optional. */
export interface FaultContext {
  /** With its article or number, as it stands in a sentence: `bill 1042`. */
  document?: string;
  client?: string;
  /** The QuickBooks company's own name. */
  company?: string;
  /** The bill that a payment or credit belongs to: `bill 1042`. */
  bill?: string;
}

/** A word that reads well where a parameter is missing. */
const FALLBACKS: Record<string, string> = {
  document: 'this document',
  client: 'the client',
  company: 'the company',
  list: 'record',
};

const VALUE_LENGTH = 300;

/** The sentences of an entry, complete whatever is missing. `params` are those of `classify` and the context's. */
export function faultText(
  entry: Pick<FaultEntry, 'cause' | 'remedy'>,
  params: Readonly<Record<string, string | undefined>> & FaultContext,
): { cause: string; remedy: string } {
  return { cause: fill(entry.cause, params), remedy: fill(entry.remedy, params) };
}

function fill(template: string, params: Readonly<Record<string, string | undefined>>): string {
  const text = template
    .replace(/\[([^[\]]*)\]/g, (_whole, part: string) =>
      placeholders(part).every((name) => valueOf(name, params) !== undefined) ? part : '',
    )
    .replace(/\{(\w+)\}/g, (_whole, name: string) => valueOf(name, params) ?? fallback(name));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Names of the placeholders in a sentence, for tests and docs as well. */
export function placeholders(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map((hit) => hit[1] ?? '');
}

/** "something" is the last resort; a test sees to it that no entry needs it. */
function fallback(name: string): string {
  return Object.hasOwn(FALLBACKS, name) ? (FALLBACKS[name] ?? '') : 'something';
}

/** Values come from other people's programs: what would read as our own placeholder or as a hole is no value. */
function valueOf(name: string, params: Readonly<Record<string, string | undefined>>): string | undefined {
  const given: unknown = Object.hasOwn(params, name) ? params[name] : undefined;
  if (typeof given !== 'string' || /undefined/i.test(given)) return undefined;
  const clean = given.replace(/[{}]/g, '').replace(/\s+/g, ' ').trim();
  if (clean === '' || clean === 'null') return undefined;
  return clean.length > VALUE_LENGTH ? `${clean.slice(0, VALUE_LENGTH - 1)}…` : clean;
}
