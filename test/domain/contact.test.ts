import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_PROFILE } from '../../src/domain/company.js';
import { billedTo, planContact, type ContactFacts, type NamedBilling } from '../../src/domain/contact.js';
import type { Documents, PostedDocument } from '../../src/domain/document.js';
import type { CustomerIntent } from '../../src/domain/intent.js';
import { aClient } from '../support/builder.js';

const matter = (matterId: string, number = `2026-${matterId}`, description = 'Engine dispute') => ({
  matterId,
  number,
  description,
});
const client = { clientId: 'C1' };
const HOME = 'contact/C1/customer';
const SUB = { matters: 'sub-customer' } as const;

describe('whom a bill stands under', () => {
  test.each([
    ['the client', undefined, [matter('M1')], {}, HOME],
    ['the client', 'USD', [], {}, HOME],
    ['the client in euros', 'EUR', [matter('M1')], {}, `${HOME}/EUR`],
    ['its one matter', undefined, [matter('M1')], SUB, 'contact/C1/matter/M1'],
    ['its one matter in euros', 'EUR', [matter('M1')], SUB, 'contact/C1/matter/M1/EUR'],
    ['the client of two', undefined, [matter('M1'), matter('M2')], SUB, HOME],
    ['the client without any', 'EUR', [], SUB, `${HOME}/EUR`],
    ['the client where they go into the memo', undefined, [matter('M1')], { matters: 'memo' }, HOME],
  ] as const)('%s: %s, %j, %j', (_who, currency, matters, settings, key) => {
    expect(billedTo({ client, ...(currency && { currency }), matters }, settings)).toBe(key);
  });

  test("is the client in the company's own currency, whichever that is", () => {
    const canadian = { ...DEFAULT_PROFILE, homeCurrency: 'CAD' };
    expect(billedTo({ client, currency: 'CAD', matters: [] }, {}, canadian)).toBe(HOME);
    expect(billedTo({ client, currency: 'USD', matters: [] }, {}, canadian)).toBe(`${HOME}/USD`);
  });
});

const profile = { ...DEFAULT_PROFILE, multiCurrency: true };
const billing = (currency?: string, ...matters: NamedBilling['matters']): NamedBilling => ({
  client,
  ...(currency && { currency }),
  matters,
});

const facts = (over: Partial<ContactFacts> = {}): ContactFacts => ({
  desired: aClient(),
  excluded: false,
  documents: {},
  profile,
  settings: {},
  billings: [billing()],
  ...over,
});

/** Carries the plan out until nothing is left, and tells what was written. */
function settle(from: ContactFacts) {
  const writes: string[] = [];
  let documents: Documents = from.documents;
  for (;;) {
    const step = planContact({ ...from, documents });
    if (step.do !== 'write') return { writes, documents, last: step };
    const { key, action } = step;
    const intent = step.intent as CustomerIntent;
    writes.push(`${action} ${key}: ${intent.name}${intent.email === '' ? ' without e-mail' : ''}`);
    if (writes.length > 50) throw new Error('This plan never ends.');
    const posted = documents[key] as PostedDocument<CustomerIntent> | undefined;
    const qboId = posted?.qboId ?? String(Object.keys(documents).length + 58);
    documents = { ...documents, [key]: { intent, qboId, syncToken: '0' } };
  }
}

describe('the customers of a client', () => {
  test.each<[string, Partial<ContactFacts>, string[]]>([
    ['its own for a bill', {}, [`create ${HOME}: Ada Lovelace`]],
    ['none where nothing stands under them', { billings: [] }, []],
    [
      'one for each currency that is billed, and none for one that is not',
      { billings: [billing('EUR'), billing('GBP'), billing('EUR')] },
      [`create ${HOME}/EUR: Ada Lovelace (EUR)`, `create ${HOME}/GBP: Ada Lovelace (GBP)`],
    ],
    [
      'its own for the currency of the company',
      { billings: [billing('USD')] },
      [`create ${HOME}: Ada Lovelace`],
    ],
    [
      'none for a foreign currency of a company that has only one',
      { billings: [billing('EUR')], profile: DEFAULT_PROFILE },
      [],
    ],
    [
      'one for the matter below its own, where the firm wants it so',
      { billings: [billing(undefined, matter('M1'))], settings: SUB },
      [`create ${HOME}: Ada Lovelace`, 'create contact/C1/matter/M1: 2026-M1 Engine dispute'],
    ],
    [
      'one for the matter in each currency',
      { billings: [billing('EUR', matter('M1'))], settings: SUB },
      [
        `create ${HOME}/EUR: Ada Lovelace (EUR)`,
        'create contact/C1/matter/M1/EUR: 2026-M1 Engine dispute (EUR)',
      ],
    ],
    [
      'its own for several matters',
      { billings: [billing(undefined, matter('M1'), matter('M2'))], settings: SUB },
      [`create ${HOME}: Ada Lovelace`],
    ],
  ])('are %s', (_what, over, writes) => {
    expect(settle(facts(over)).writes).toEqual(writes);
  });

  test('follow the billing app in place, each by one write', () => {
    const billings = [billing(), billing('EUR', matter('M1'))];
    const before = settle(facts({ billings, settings: SUB }));
    const desired = aClient({ version: 2, name: 'Ada King' });
    const after = settle(facts({ documents: before.documents, desired, billings, settings: SUB }));
    expect(after.writes).toEqual([`update ${HOME}: Ada King`, `update ${HOME}/EUR: Ada King (EUR)`]);
    const renamed = [...billings, billing('EUR', matter('M1', '2026-99'), matter('M2'))];
    expect(
      settle(facts({ documents: after.documents, desired, billings: renamed, settings: SUB })).writes,
    ).toEqual(['update contact/C1/matter/M1/EUR: 2026-99 Engine dispute (EUR)']);
  });

  test('stay up to date when nothing stands under them any more', () => {
    const { documents } = settle(facts({ billings: [billing('EUR')] }));
    const desired = aClient({ version: 2, name: 'Ada King' });
    expect(settle(facts({ documents, desired, billings: [] })).writes).toEqual([
      `update ${HOME}/EUR: Ada King (EUR)`,
    ]);
  });

  test('lose an address that was ours, once, and keep one that never was', () => {
    const { email: _taken, ...without } = aClient({ version: 2 });
    const { documents } = settle(facts());
    const cleared = settle(facts({ documents, desired: without }));
    expect(cleared.writes).toEqual([`update ${HOME}: Ada Lovelace without e-mail`]);
    const renamed = { ...without, version: 3, name: 'Ada King' };
    expect(settle(facts({ documents: cleared.documents, desired: renamed })).writes).toEqual([
      `update ${HOME}: Ada King`,
    ]);
  });

  test.each([
    ['inactive', 'contact-inactive'],
    ['deleted', 'contact-gone'],
  ] as const)('that are %s wait for a person, and are written once one has decided', (removed, fault) => {
    const { documents } = settle(facts());
    const gone = { ...documents[HOME]!, removed };
    expect(planContact(facts({ documents: { [HOME]: gone } }))).toMatchObject({
      do: 'park',
      fault,
      on: HOME,
    });
    expect(planContact(facts({ documents: { [HOME]: gone }, billings: [] }))).toEqual({ do: 'nothing' });
    const decided = { ...gone, decided: true } as const;
    expect(planContact(facts({ documents: { [HOME]: decided } }))).toMatchObject({ do: 'write', key: HOME });
  });

  test('name the currency of the company where it has several, and never get another one later', () => {
    const inOne = settle(facts({ profile: DEFAULT_PROFILE }));
    expect(inOne.documents[HOME]?.intent).not.toHaveProperty('currency');
    expect(settle(facts({ documents: inOne.documents })).writes).toEqual([]);
    expect(settle(facts()).documents[HOME]?.intent).toMatchObject({ currency: 'USD' });
  });

  test('whom a person keeps out are not written', () => {
    expect(planContact(facts({ excluded: true }))).toEqual({ do: 'nothing', excluded: true });
  });
});

const currency = fc.constantFrom(undefined, 'USD', 'EUR', 'GBP');
const matters = fc.subarray([matter('M1'), matter('M2', '7', 'Re: tax'), matter('M3')]);
const billings = fc.array(
  fc.tuple(currency, matters).map(([of, with_]) => billing(of, ...with_)),
  { maxLength: 6 },
);
const settings = fc.constantFrom<ContactFacts['settings'] & object>({}, SUB);

test('every bill finds its customer, by one write for each that is new and none for the rest', () => {
  fc.assert(
    fc.property(billings, billings, settings, (first, more, how) => {
      const before = settle(facts({ billings: first, settings: how }));
      const all = [...first, ...more];
      const after = settle(facts({ billings: all, settings: how, documents: before.documents }));
      for (const one of all) expect(after.documents).toHaveProperty([billedTo(one, how, profile)]);
      const born = Object.keys(after.documents).length;
      expect(before.writes.length + after.writes.length).toBe(born);
      expect(settle(facts({ billings: all, settings: how, documents: after.documents })).writes).toEqual([]);
      const names = Object.values(after.documents).map(({ intent }) => (intent as CustomerIntent).name);
      expect(new Set(names).size).toBe(born);
    }),
  );
});
