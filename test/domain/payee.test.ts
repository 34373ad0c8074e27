import { describe, expect, test } from 'vitest';
import { planContact, type ContactFacts } from '../../src/domain/contact.js';
import { vendorKey } from '../../src/domain/document.js';
import { payeeId, payeeOf } from '../../src/domain/payee.js';
import { parseContact } from '../../src/snapshot/contact.js';
import { aCheque } from '../support/cheque-books.js';
import { aDisbursement } from '../support/trust.js';

const court = payeeOf(aCheque())!;
const KEY = vendorKey(court.clientId);
const posted = {
  intent: { document: 'vendor', name: 'Court of Appeal', mark: KEY },
  qboId: '71',
  syncToken: '0',
} as const;

describe('who is paid', () => {
  test('is a contact of its own, once for a name, however it is written', () => {
    expect(court).toMatchObject({ name: 'Court of Appeal', version: 1 });
    const others = ['court of appeal', 'Court  of Appeal', 'COURT OF APPEAL'];
    expect(others.map(payeeId)).toEqual(others.map(() => court.clientId));
    const strangers = ['Court of Appeals', 'Court, of Appeal', 'Gericht', '裁判所', '法院'];
    expect(new Set([court.clientId, ...strangers.map(payeeId)]).size).toBe(6);
  });

  test.each([
    ['the client itself', aCheque({ payee: 'ada lovelace' })],
    ['the client, where nobody is named', aCheque({ payee: undefined as never })],
    ['of no matter, where no cheque is printed', aDisbursement()],
  ])('is %s', (_who, desired) => {
    expect(payeeOf(desired)).toBeUndefined();
  });

  test('has an id that no billing app can give, and that a workflow can have', () => {
    expect(court.clientId).toMatch(/^payee~court-of-appeal~[0-9a-z]+$/);
    expect(payeeId('x'.repeat(200)).length).toBeLessThan(64);
    expect(parseContact(court)).toEqual(court);
    const { payee: _payee, ...client } = court;
    expect(() => parseContact(client)).toThrow('clientId');
    expect(() => parseContact({ ...court, clientId: 'C1' })).toThrow('clientId');
  });
});

describe('the plan of a payee', () => {
  const facts = (over: Partial<ContactFacts> = {}): ContactFacts => ({
    desired: court,
    excluded: false,
    documents: {},
    ...over,
  });

  test('is one vendor, with the address of its first cheque', () => {
    const address = '1 Court Square\nSalinas';
    expect(planContact(facts())).toEqual({
      do: 'write',
      key: KEY,
      action: 'create',
      intent: { ...posted.intent, address },
    });
    expect(planContact(facts({ documents: { [KEY]: posted } }))).toEqual({ do: 'nothing' });
    expect(planContact(facts({ excluded: true }))).toEqual({ do: 'nothing', excluded: true });
  });

  test('has no colon in its name, which would read as a level', () => {
    const desired = payeeOf(aCheque({ payee: 'Court: Appeals' }))!;
    expect(planContact(facts({ desired }))).toMatchObject({ intent: { name: 'Court - Appeals' } });
  });

  test.each([
    ['deleted', 'payee-gone'],
    ['inactive', 'payee-inactive'],
  ] as const)('asks a person about one that is %s', (removed, fault) => {
    const documents = { [KEY]: { ...posted, removed } };
    expect(planContact(facts({ documents }))).toMatchObject({
      do: 'park',
      fault,
      on: KEY,
      params: { qboId: '71' },
    });
    const decided = { [KEY]: { ...posted, removed, decided: true as const } };
    expect(planContact(facts({ documents: decided }))).toMatchObject({ do: 'write' });
  });
});
