import { describe, expect, test } from 'vitest';
import { DEFAULT_PROFILE } from '../../../src/domain/company.js';
import { customerKey, trustEntryKey, vendorKey, type PostedDocument } from '../../../src/domain/document.js';
import type { ChequeIntent } from '../../../src/domain/intent.js';
import { payeeId } from '../../../src/domain/payee.js';
import type { TrustFacts } from '../../../src/domain/trust/facts.js';
import { planTrust } from '../../../src/domain/trust/plan.js';
import { legsOf, sameMoney, type TrustTransactionSnapshot } from '../../../src/domain/trust-transaction.js';
import { parseTrustTransaction } from '../../../src/snapshot/trust-transaction.js';
import { aCheque } from '../../support/cheque-books.js';
import { aReversal, aTrustAccount, aTrustTransaction } from '../../support/trust.js';

const VENDOR = vendorKey(payeeId('Court of Appeal'));
const KEY = trustEntryKey('D1');
const held = (intent: PostedDocument['intent'], qboId: string): PostedDocument => ({
  intent,
  qboId,
  syncToken: '0',
});
const people = {
  [customerKey('C1')]: held({ document: 'customer', name: 'Ada Lovelace', mark: '' }, '58'),
  [VENDOR]: held({ document: 'vendor', name: 'Court of Appeal', mark: VENDOR }, '71'),
};
const facts = (desired: TrustTransactionSnapshot, over: Partial<TrustFacts> = {}): TrustFacts => ({
  desired,
  excluded: false,
  entries: legsOf(desired).map((leg) => ({ ...leg, state: 'reserved' as const })),
  documents: people,
  settings: { prefix: '', items: {} },
  account: aTrustAccount(),
  ...over,
});
const written = (over: Partial<TrustFacts> = {}, desired = aCheque()): ChequeIntent => {
  const step = planTrust(facts(desired, over));
  if (step.do === 'write' && step.intent.document === 'cheque') return step.intent;
  throw new Error(`meant a cheque, got ${JSON.stringify(step)}`);
};
const there = (over: Partial<ChequeIntent> = {}, removed?: PostedDocument['removed']) => ({
  documents: {
    ...people,
    [KEY]: { ...held({ ...written(), ...over }, '90'), ...(removed && { removed }) },
  },
});
const printed = () => there({ printed: true });

describe('a disbursement with a cheque', () => {
  test('is one cheque in place of the entry, and does to the accounts what that would do', () => {
    expect(planTrust(facts(aCheque()))).toMatchObject({ do: 'write', key: KEY, action: 'create' });
    const { lines, payee, note } = written();
    expect(lines.map(({ side, accountId, customerQboId = '-' }) => [side, accountId, customerQboId])).toEqual(
      [
        ['debit', '42', '58'],
        ['credit', '41', '-'],
      ],
    );
    expect([payee, note]).toEqual([{ document: 'vendor', qboId: '71' }, '2026-M1; Filing fee']);
  });

  test('waits for who is paid, and for the client whose money it is', () => {
    const { [VENDOR]: _court, ...ada } = people;
    expect(planTrust(facts(aCheque(), { documents: ada }))).toMatchObject({
      do: 'wait',
      on: VENDOR,
      document: 'vendor',
      of: { type: 'contact', id: payeeId('Court of Appeal') },
      why: 'payee Court of Appeal to be in QuickBooks',
    });
    const { [customerKey('C1')]: _ada, ...court } = people;
    expect(planTrust(facts(aCheque(), { documents: court }))).toMatchObject({ on: customerKey('C1') });
  });

  test('to the client is drawn to its customer', () => {
    expect(written({}, aCheque({ payee: 'Ada Lovelace' })).payee).toEqual({
      document: 'customer',
      qboId: '58',
    });
  });

  test('waits for its money and for open books as any other', () => {
    const ledgers = [
      {
        key: { accountId: 'IOLTA', clientId: 'C1', matterId: 'M1' },
        revision: 3,
        days: [],
        overdrawCents: 0,
      },
    ];
    expect(planTrust(facts(aCheque(), { ledgers }))).toMatchObject({ do: 'wait-for-money' });
    const profile = { ...DEFAULT_PROFILE, closedThrough: '2026-11-30' };
    const closed = planTrust(facts(aCheque(), { profile }));
    expect(closed).toMatchObject({ do: 'park', fault: 'closed-period-trust' });
  });

  test('is for disbursements only, and for names that fit on the paper', () => {
    const wrong = { ...aTrustTransaction(), cheque: { print: true as const } };
    expect(() => parseTrustTransaction(wrong)).toThrow('has no meaning for a deposit');
    expect(() => parseTrustTransaction(aCheque({ payee: 'x'.repeat(101) }))).toThrow('at most 100');
    expect(parseTrustTransaction(aCheque({ payee: 'x'.repeat(100) }))).toBeTruthy();
  });

  test('cannot change whom it is drawn to, nor become an entry, without being another movement', () => {
    expect(sameMoney(aCheque(), aCheque({ version: 2, memo: 'Urgent' }))).toBe(true);
    expect(sameMoney(aCheque(), aCheque({ payee: 'Somebody else' }))).toBe(false);
    const { cheque: _cheque, ...entry } = aCheque();
    expect(sameMoney(aCheque(), entry)).toBe(false);
  });
});

describe('a cheque that is in QuickBooks', () => {
  test('stays, and only its words follow', () => {
    expect(planTrust(facts(aCheque(), there()))).toEqual({ do: 'nothing' });
    const moved = { ...there(), account: aTrustAccount({ bankAccountId: '77', liabilityAccountId: '78' }) };
    expect(planTrust(facts(aCheque(), moved))).toEqual({ do: 'nothing' });
    const step = planTrust(facts(aCheque({ memo: 'Urgent' }), moved));
    expect(step).toMatchObject({
      do: 'write',
      action: 'update',
      intent: { note: '2026-M1; Filing fee; Urgent' },
    });
  });

  test('is sent to where it was sent, once it is on paper', () => {
    const desired = aCheque({ cheque: { print: true, address: '2 Court Square' } });
    expect(planTrust(facts(desired, there()))).toMatchObject({ intent: { address: '2 Court Square' } });
    expect(planTrust(facts(desired, printed()))).toEqual({ do: 'nothing' });
  });

  test('that is not as it should be is for a person', () => {
    const chequeTrouble = { fault: 'cheque-changed', params: { differences: 'date' } };
    const step = planTrust(facts(aCheque(), { ...printed(), chequeTrouble }));
    expect(step).toMatchObject({ do: 'park', fault: 'cheque-changed', on: KEY });
  });

  test('gets the number that a person gave, and once more where that is allowed to be used twice', () => {
    const told = { ...printed(), numberOverride: '7001' };
    const step = planTrust(facts(aCheque(), told));
    expect(step).toMatchObject({ do: 'write', action: 'update', intent: { number: '7001', printed: true } });
    const allowed = planTrust(facts(aCheque(), { ...told, allowedNumber: '7001' }));
    expect(allowed).toMatchObject({ intent: { duplicateAllowed: true } });
    const done = there({ printed: true, number: '7001' });
    expect(planTrust(facts(aCheque(), { ...done, numberOverride: '7001' }))).toEqual({ do: 'nothing' });
  });

  test.each(['deleted', 'voided'] as const)('no more, but %s by somebody, is for a person', (removed) => {
    const step = planTrust(facts(aCheque(), there({ printed: true }, removed)));
    expect(step).toMatchObject({
      do: 'park',
      fault: 'cheque-gone',
      on: KEY,
      params: { how: removed, payee: 'Court of Appeal' },
    });
  });
});

describe('a cheque that is taken back', () => {
  const original = { desired: aCheque(), excluded: false };
  const back = aReversal({ reverses: 'D1', amountCents: 20_000 });
  const reversal = (over: Partial<TrustFacts>) => facts(back, { original, ...over });

  test('before it was printed is deleted by its own workflow, and its reversal waits for that', () => {
    const taken = { ...there(), reversedBy: 'R1' };
    expect(planTrust(facts(aCheque(), taken))).toMatchObject({ do: 'write', key: KEY, action: 'delete' });
    expect(planTrust(reversal(there()))).toMatchObject({
      do: 'wait',
      on: KEY,
      document: 'cheque',
      why: 'the cheque of D1, which is taken back, to be withdrawn',
    });
  });

  test('in closed books parks: its date is never moved', () => {
    const profile = { ...DEFAULT_PROFILE, closedThrough: '2026-11-30' };
    const step = planTrust(facts(aCheque(), { ...there(), reversedBy: 'R1', profile }));
    expect(step).toMatchObject({ do: 'park', fault: 'closed-period-trust-correction' });
  });

  test('after it was printed stays, and the reversal is its entry the other way round', () => {
    expect(planTrust(facts(aCheque(), { ...printed(), reversedBy: 'R1' }))).toEqual({ do: 'nothing' });
    const step = planTrust(reversal(printed()));
    expect(step).toMatchObject({
      do: 'write',
      key: trustEntryKey('R1'),
      intent: {
        document: 'journal-entry',
        lines: [
          { side: 'credit', accountId: '42', customerQboId: '58' },
          { side: 'debit', accountId: '41' },
        ],
      },
    });
  });

  test('is missing beside its reversal where somebody deletes it after that was posted', () => {
    const entry = held({ ...written(), mark: trustEntryKey('R1') }, '91');
    const documents = { ...there({ printed: true }, 'deleted').documents, [trustEntryKey('R1')]: entry };
    expect(planTrust(facts(aCheque(), { documents, reversedBy: 'R1' }))).toMatchObject({
      fault: 'cheque-gone',
    });
    expect(planTrust(reversal({ documents }))).not.toHaveProperty('frees');
  });

  test('and is not in QuickBooks any more leaves the ledgers with its reversal, and both rest', () => {
    const gone = there({}, 'deleted');
    expect(planTrust(reversal(gone))).toEqual({ do: 'nothing', frees: true });
    expect(planTrust(facts(aCheque(), { ...gone, reversedBy: 'R1' }))).toEqual({ do: 'nothing' });
    expect(planTrust(reversal({ ...gone, withdrawn: true }))).toEqual({ do: 'nothing' });
  });
});
