import { describe, expect, it } from 'vitest';
import { entryByKey, FAULT_ENTRIES, FAULT_FAMILIES } from '../../../src/domain/fault/catalogue.js';
import type { FaultEntry } from '../../../src/domain/fault/entry.js';
import { faultText, placeholders } from '../../../src/domain/fault/text.js';
import { REMEDY_NAMES } from '../../../src/domain/remedy.js';

/** Names that whoever shows or raises a fault may give, beside the groups of its match. */
const CONTEXT = ['document', 'client', 'company', 'bill'];
const RAISED: Record<string, string[]> = {
  'excluded-payment-in-the-way': ['payment'],
  'no-item-mapped': ['kind', 'line'],
  'number-too-long': ['number'],
  'payment-before-start': ['receivedOn', 'startOn'],
  'closed-period': ['date', 'closedThrough'],
  'closed-period-correction': ['date', 'closedThrough'],
  'closed-period-credit': ['date', 'closedThrough'],
  'closed-period-credit-correction': ['date', 'closedThrough'],
  'closed-period-payment': ['date', 'closedThrough'],
  'closed-period-payment-returned': ['date', 'closedThrough'],
  'deposited-payment-in-the-way': ['deposit'],
  'deposited-payment-returned': ['deposit'],
  'tax-differs': ['tax', 'ours', 'theirs'],
  'tax-code-missing': ['tax'],
  'too-many-lines': ['supplied', 'max'],
  'before-start': ['issuedOn', 'startOn'],
  'changed-in-quickbooks': ['differences'],
  'answer-differs': ['differences'],
  'adopt-differs': ['differences'],
  'record-lives': ['found'],
  'class-gone': ['found'],
  'class-inactive': ['found'],
  'reference-deleted': ['what'],
  'reference-inactive': ['what'],
  'reference-missing': ['what'],
  'contact-name-taken': ['found'],
  'contact-name-elsewhere': ['holder', 'found'],
  'contact-name-inactive': ['found'],
  'unknown-outcome': ['found'],
  'payment-deposited': ['deposit'],
  'bill-already-in-quickbooks': ['number'],
  'payment-already-in-quickbooks': ['number'],
  'trust-overdraw': ['matter', 'available', 'missing', 'on'],
  'trust-money-gone': ['matter', 'missing', 'on'],
  'trust-account-unknown': ['account'],
  'trust-account-unfit': ['account'],
  'trust-before-start': ['account', 'date', 'startOn'],
  'trust-wrong-ledger': ['matter', 'expected'],
  'trust-original-unfit': ['original'],
  'payee-name-taken': ['found'],
  'payee-name-elsewhere': ['holder', 'found'],
  'payee-name-inactive': ['found'],
  'payee-inactive': ['found'],
  'payee-gone': ['found'],
  'trust-sub-accounts-limited': ['account', 'plan'],
  'account-name-taken': ['found'],
  'trust-adopt-unfit': ['record', 'differences'],
  'trust-adopt-renamed': ['differences', 'found'],
  'trust-adopted-changed': ['record', 'differences'],
  'cheque-gone': ['how', 'payee'],
  'cheque-changed': ['differences'],
  'cheque-number-twice': ['number', 'other'],
};

/** Client money that has been posted: it is taken back by a reversal, and never left out. */
const IN_THE_BOOKS = new Set([
  'trust-adopted-changed',
  'cheque-gone',
  'cheque-changed',
  'cheque-number-twice',
  'cheque-without-number',
]);

/** Clients, payees, classes and accounts are never left out by themselves: the bills and cheques that need them are. */
const NEEDED =
  /^(contact-(name-(elsewhere|inactive)|email-clash)|payee-|class-(limit|inactive|gone)|account-name)/;

const each = FAULT_ENTRIES.map((entry) => [entry.key, entry] as const);
const permanent = FAULT_ENTRIES.filter((entry) => entry.kind === 'permanent');

function patterns(entry: FaultEntry): RegExp[] {
  return entry.match
    .flatMap((match) => [match.text, match.element])
    .filter((pattern) => pattern !== undefined);
}

describe('catalogue', () => {
  it('has every key once, in kebab case', () => {
    const keys = FAULT_ENTRIES.map((entry) => entry.key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
  });

  it('finds an entry by its key, and nothing by another', () => {
    for (const [key, entry] of each) expect(entryByKey(key)).toBe(entry);
    expect(entryByKey('constructor')).toBeUndefined();
  });

  it('ends with the entry for what it does not know, which a person may retry or exclude', () => {
    const last = FAULT_ENTRIES.at(-1);
    expect(last).toMatchObject({ key: 'unrecognised', kind: 'permanent', allowed: ['retry', 'exclude'] });
    expect(FAULT_FAMILIES.every((family) => family.entries.length > 0)).toBe(true);
  });

  it.each(permanent.map((entry) => [entry.key, entry] as const))('%s allows something', (_key, entry) => {
    expect(entry.allowed.length).toBeGreaterThan(0);
    expect(new Set(entry.allowed).size).toBe(entry.allowed.length);
  });

  it('has a fault for every remedy', () => {
    const used = new Set(FAULT_ENTRIES.flatMap((entry) => entry.allowed));
    // What was excluded is not at fault any more.
    expect(REMEDY_NAMES.filter((name) => !used.has(name))).toEqual(['include']);
  });

  it('lets a person keep a document out of QuickBooks whenever the document is what is wrong', () => {
    const stuck = permanent.filter(
      ({ key, scope, allowed }) =>
        scope === 'document' && !allowed.includes('exclude') && !IN_THE_BOOKS.has(key) && !NEEDED.test(key),
    );
    expect(stuck.map((entry) => entry.key)).toEqual([]);
  });

  it('never offers another date for trust money', () => {
    const dated = FAULT_ENTRIES.filter((entry) => entry.allowed.includes('move-date'));
    expect(dated.map((entry) => entry.key)).toEqual(['closed-period']);
  });

  it('leaves the outcome open wherever QuickBooks broke off', () => {
    const open = FAULT_ENTRIES.filter((entry) => entry.outcomeUnknown).map((entry) => entry.key);
    expect(open).toEqual(
      expect.arrayContaining([
        'server-error',
        'service-unavailable',
        'save-interrupted',
        'system-failure',
        'no-answer',
      ]),
    );
    expect(open).not.toContain('token-expired');
    expect(open).not.toContain('contact-name-taken');
  });

  it.each(each)('%s has patterns without state', (_key, entry) => {
    for (const pattern of patterns(entry)) expect(pattern.flags).not.toMatch(/[gy]/);
  });

  it.each(each)('%s uses only parameters that somebody gives', (key, entry) => {
    const groups = patterns(entry).flatMap((pattern) =>
      [...pattern.source.matchAll(/\(\?<(\w+)>/g)].map((hit) => hit[1]),
    );
    const given = new Set([...CONTEXT, 'reason', 'code', ...groups, ...(RAISED[key] ?? [])]);
    const unknown = placeholders(entry.cause + entry.remedy).filter((name) => !given.has(name));
    expect(unknown).toEqual([]);
  });

  it.each(each)('%s is written in whole, short sentences', (_key, entry) => {
    const params = Object.fromEntries(
      placeholders(entry.cause + entry.remedy).map((name) => [name, `some ${name}`]),
    );
    for (const filled of [faultText(entry, {}), faultText(entry, params)]) {
      for (const text of [filled.cause, filled.remedy]) {
        // What is shown to a person and kept with a failure is cut at 500 characters.
        expect(text.length).toBeLessThan(460);
        expect(text).toMatch(/^[A-Z"].*\.$/s);
        expect(text).not.toMatch(/ {2}| [,.:]|,,|\.\.|\[|\]|\$\{/);
      }
    }
    expect(entry.title.length).toBeLessThan(60);
  });
});
