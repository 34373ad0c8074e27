import { describe, expect, it } from 'vitest';
import { billPort } from '../../../src/activities/bill.js';
import { companyPort } from '../../../src/activities/company.js';
import { contactPort } from '../../../src/activities/contact.js';
import { canOffer } from '../../../src/activities/park.js';
import { paymentPort } from '../../../src/activities/payment.js';
import { timekeeperPort } from '../../../src/activities/timekeeper.js';
import { trustTransactionPort } from '../../../src/activities/trust-transaction.js';
import type { AggregateType } from '../../../src/domain/aggregate.js';
import { FAULT_ENTRIES } from '../../../src/domain/fault/catalogue.js';
import type { DocumentType, FaultEntry } from '../../../src/domain/fault/entry.js';
import type { RemedyName } from '../../../src/domain/remedy.js';

const ABLE: Readonly<Record<AggregateType, readonly RemedyName[]>> = {
  bill: billPort.remedies,
  payment: paymentPort.remedies,
  trustTransaction: trustTransactionPort.remedies,
  contact: contactPort.remedies,
  timekeeper: timekeeperPort.remedies,
  company: companyPort.remedies,
};

/** Whose documents they are. */
const OWNER: Readonly<Record<DocumentType, AggregateType>> = {
  customer: 'contact',
  vendor: 'contact',
  account: 'contact',
  class: 'timekeeper',
  invoice: 'bill',
  'interest-invoice': 'bill',
  'credit-memo': 'bill',
  application: 'bill',
  payment: 'payment',
  reversal: 'payment',
  'journal-entry': 'trustTransaction',
  cheque: 'trustTransaction',
  expense: 'bill',
  company: 'company',
};

/** How a sentence names a remedy: by the word on its button, or by what it does. */
const NAMED: Readonly<Record<RemedyName, RegExp>> = {
  retry: /\bretry\b/i,
  'new-prefix': /\bprefix\b/i,
  renumber: /\banother (reference )?number\b(?! in the billing app)|\brenumber/i,
  'allow-duplicate-number': /\ballow the duplicate\b/i,
  adopt: /\badopt(ed)?\b/i,
  'clear-link': /\bclear the link\b/i,
  resync: /\bresync\b/i,
  'void-there': /\bvoid it there\b/i,
  reactivate: /\breactivate\b|\bhave it made active\b/i,
  recreate: /\bcreated? (it )?again\b|\bhave .* created\b/i,
  remap: /\bmap(ped|s)?\b/i,
  'move-date': /\bwith a date in the open period\b/i,
  'reverse-in-open-period': /\breverse\b/i,
  'record-overdraw': /\brecords the overdraw\b/i,
  exclude: /\bexclude\b/i,
  include: /\binclude\b/i,
  reconnect: /\bconnect(s)?\b/i,
  wait: /\bor wait\b/i,
};

/** Where a match does not say it, the name of the entry does. */
const BY_KEY: readonly (readonly [RegExp, AggregateType])[] = [
  [/^(contact|payee|email|website)-|^account-name-taken$/, 'contact'],
  [/^class-(name|limit|inactive|gone)/, 'timekeeper'],
  [/^(closed-period-)?trust-|^cheque-/, 'trustTransaction'],
  [/^(closed-period-|deposited-)?payment-/, 'payment'],
  [/^(closed-period-credit|before-start|no-|zero-|bill-|too-many-lines|tax-)/, 'bill'],
];

function typesOf(entry: FaultEntry): AggregateType[] {
  if (entry.scope === 'company') return ['company'];
  const documents = entry.match.flatMap((match) => match.document ?? []);
  const isAny = entry.match.length === 0 || entry.match.some((match) => match.document === undefined);
  const byKey = BY_KEY.find(([pattern]) => pattern.test(entry.key));
  if (entry.match.length === 0 && byKey) return [byKey[1]];
  if (isAny) return ['bill', 'payment', 'trustTransaction', 'contact', 'timekeeper'];
  return [...new Set(documents.map((document) => OWNER[document]))];
}

const offeredBy = (entry: FaultEntry): RemedyName[] =>
  entry.allowed.filter((one) =>
    typesOf(entry).some((type) => ABLE[type].includes(one) && canOffer(one, type, entry.key)),
  );

describe('what a sentence tells a person to do', () => {
  const permanent = FAULT_ENTRIES.filter(({ kind }) => kind === 'permanent');
  it.each(permanent.map((entry) => [entry.key, entry] as const))('%s can be chosen', (_key, entry) => {
    const named = (Object.keys(NAMED) as RemedyName[]).filter((one) => NAMED[one].test(entry.remedy));
    const missing = named.filter((one) => !offeredBy(entry).includes(one));
    expect(missing.map((one) => [one, NAMED[one].exec(entry.remedy)?.[0]])).toEqual([]);
    expect(entry.allowed.filter((one) => !offeredBy(entry).includes(one))).toEqual([]);
  });
});
