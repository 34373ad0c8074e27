import { describe, expect, test } from 'vitest';
import { customerKey, trustEntryKey, type PostedDocument } from '../../../src/domain/document.js';
import { DEFAULT_PROFILE } from '../../../src/domain/company.js';
import type { Intent } from '../../../src/domain/intent.js';
import type { DrawnLedger, TrustFacts } from '../../../src/domain/trust/facts.js';
import { planTrust } from '../../../src/domain/trust/plan.js';
import { legsOf, type TrustTransactionSnapshot } from '../../../src/domain/trust-transaction.js';
import {
  aDisbursement,
  aReversal,
  aTransfer,
  aTrustAccount,
  aTrustTransaction,
} from '../../support/trust.js';

const ada: PostedDocument = {
  intent: { document: 'customer', name: 'Ada Lovelace', mark: customerKey('C1') },
  qboId: '58',
  syncToken: '0',
};
const facts = (desired: TrustTransactionSnapshot, over: Partial<TrustFacts> = {}): TrustFacts => ({
  desired,
  excluded: false,
  entries: legsOf(desired).map((leg) => ({ ...leg, state: 'reserved' as const })),
  documents: { [customerKey('C1')]: ada },
  settings: { prefix: '', items: {} },
  account: aTrustAccount(),
  ...over,
});
const posted = (intent: Intent): PostedDocument => ({ intent, qboId: '90', syncToken: '0' });
const written = (step: ReturnType<typeof planTrust>) => {
  if (step.do === 'write' && step.intent.document === 'journal-entry')
    return { ...step, intent: step.intent };
  throw new Error(`meant an entry, got ${JSON.stringify(step)}`);
};
const lines = (desired: TrustTransactionSnapshot, over: Partial<TrustFacts> = {}) =>
  written(planTrust(facts(desired, over))).intent.lines.map(
    ({ side, accountId, customerQboId = '-' }) => `${side} ${accountId} ${customerQboId}`,
  );
const ledger = (over: Partial<DrawnLedger> = {}): DrawnLedger => ({
  key: { accountId: 'IOLTA', clientId: 'C1', matterId: 'M1' },
  revision: 3,
  days: [],
  overdrawCents: 0,
  ...over,
});
const held = (on: string, postedCents: number, clearedCents = postedCents) => ({
  on,
  acceptedCents: postedCents,
  postedCents,
  clearedCents,
  spareCents: postedCents,
});

describe('the entry', () => {
  test.each([
    ['deposit', aTrustTransaction(), ['debit 41 -', 'credit 42 58']],
    ['interest', aTrustTransaction({ kind: 'interest' }), ['debit 41 -', 'credit 42 58']],
    ['disbursement', aDisbursement(), ['debit 42 58', 'credit 41 -']],
    ['bank charge', aDisbursement({ kind: 'bank-charge' }), ['debit 42 58', 'credit 41 -']],
    ['transfer', aTransfer(), ['debit 42 58', 'credit 42 58']],
    ['opening balance', aTrustTransaction({ kind: 'opening-balance' }), ['debit 42 -', 'credit 42 58']],
  ])('of a %s', (_kind, desired, expected) => {
    expect(lines(desired)).toEqual(expected);
  });

  test('is without customers where lines are plain, and an opening balance needs none then', () => {
    const plain = { account: aTrustAccount({ lineCustomer: 'plain' as const }), documents: {} };
    expect(lines(aTrustTransaction(), plain)).toEqual(['debit 41 -', 'credit 42 -']);
    const opening = aTrustTransaction({ kind: 'opening-balance' });
    expect(planTrust(facts(opening, plain))).toEqual({ do: 'nothing' });
  });

  test('says all that has to be on record, under a number that fits', () => {
    const { intent } = written(planTrust(facts(aTrustTransaction({ trustTransactionId: 'x'.repeat(40) }))));
    expect(intent.number).toHaveLength(21);
    expect(intent.note).toBe(
      'Trust deposit; Ada Lovelace, matter 2026-M1; from Ada Lovelace; Retainer; Cheque 2041',
    );
  });

  test('once posted keeps accounts, names, amounts and day, whatever is mapped by now; words follow', () => {
    const { intent } = written(planTrust(facts(aTrustTransaction())));
    const documents = { [trustEntryKey('T1')]: posted(intent) };
    const moved = { documents, account: aTrustAccount({ bankAccountId: '77' }) };
    expect(planTrust(facts(aTrustTransaction(), moved))).toEqual({ do: 'nothing' });
    const step = written(planTrust(facts(aTrustTransaction({ version: 2, memo: 'wire' }), moved)));
    expect([step.action, step.intent.lines[0]?.accountId, step.intent.note?.endsWith('; wire')]).toEqual([
      'update',
      '41',
      true,
    ]);
  });

  test('of a reversal is the posted one the other way round, and waits for that', () => {
    const original = { desired: aTrustTransaction(), excluded: false };
    expect(planTrust(facts(aReversal(), { original }))).toMatchObject({
      do: 'wait',
      on: trustEntryKey('T1'),
    });
    const { intent } = written(planTrust(facts(aTrustTransaction())));
    const documents = { [trustEntryKey('T1')]: posted(intent) };
    expect(lines(aReversal(), { original, documents })).toEqual(['credit 41 -', 'debit 42 58']);
  });
});

describe('what stands in the way', () => {
  test('is the client', () => {
    expect(planTrust(facts(aTrustTransaction(), { documents: {} }))).toMatchObject({
      do: 'wait',
      on: customerKey('C1'),
    });
  });

  test.each([
    ['is inactive', { type: 'Bank', active: false }],
    ['is no bank account', { type: 'Expense', active: true }],
    ['is not there', { active: true }],
  ])('is an account that %s', (_what, bank) => {
    const accounts = { '41': bank, '42': { type: 'Other Current Liability', active: true } };
    const profile = { ...DEFAULT_PROFILE, accounts };
    expect(planTrust(facts(aTrustTransaction(), { profile }))).toMatchObject({
      do: 'park',
      fault: 'trust-account-unfit',
    });
    const fit = { ...profile, accounts: { ...accounts, '41': { type: 'Bank', active: true } } };
    expect(planTrust(facts(aTrustTransaction(), { profile: fit }))).toMatchObject({ do: 'write' });
  });

  test('are closed books: it parks, or waits as the firm or a person says, and its date stays', () => {
    const profile = { ...DEFAULT_PROFILE, closedThrough: '2026-11-30' };
    const plan = (over: Partial<TrustFacts>) => planTrust(facts(aTrustTransaction(), { profile, ...over }));
    expect(plan({})).toMatchObject({ do: 'park', fault: 'closed-period-trust' });
    expect(plan({ lockChoice: 'wait' })).toMatchObject({ do: 'wait-for-books', closedThrough: '2026-11-30' });
    const reverse = { settings: { prefix: '', items: {}, locked: 'reverse' as const } };
    expect(plan(reverse)).toMatchObject({ do: 'park', fault: 'closed-period-trust' });
  });

  test.each([
    ['nothing is in QuickBooks yet', [], 'ledger/IOLTA/C1/M1'],
    ['less is in QuickBooks than it takes', [held('2026-11-10', 49_999)], 'ledger/IOLTA/C1/M1'],
    ['what is there is of a later day', [held('2026-11-11', 50_000)], 'ledger/IOLTA/C1/M1'],
    ['it has not cleared', [held('2026-11-10', 50_000, 0)], 'clears/2026-11-25'],
  ])('is money: %s', (_what, days, on) => {
    const ledgers = [ledger({ days, clearsOn: '2026-11-25' })];
    const step = planTrust(facts(aDisbursement(), { ledgers }));
    expect(step).toMatchObject({ do: 'wait-for-money', seenRevision: 3 });
    if (step.do === 'wait-for-money') expect([step.on, step.until]).toContain(on);
  });

  test('is nothing where the matter holds it, or a person has recorded that it overdraws', () => {
    const ledgers = [ledger({ days: [held('2026-11-10', 50_000)] })];
    expect(planTrust(facts(aDisbursement(), { ledgers }))).toMatchObject({ do: 'write' });
    const entries = legsOf(aDisbursement()).map((leg) => ({
      ...leg,
      state: 'reserved' as const,
      overdrawId: 'O-1',
    }));
    const short = [ledger({ days: [held('2026-11-10', 20_000)], overdrawCents: 30_000 })];
    expect(planTrust(facts(aDisbursement(), { entries, ledgers: short }))).toMatchObject({ do: 'write' });
    const shorter = [ledger({ days: [held('2026-11-10', 10_000)], overdrawCents: 30_000 })];
    expect(planTrust(facts(aDisbursement(), { entries, ledgers: shorter }))).toMatchObject({
      do: 'wait-for-money',
    });
  });

  test('is money where another recorded overdraw has used what was recorded', () => {
    const entries = legsOf(aDisbursement()).map((leg) => ({
      ...leg,
      state: 'reserved' as const,
      overdrawId: 'O-2',
    }));
    const used = [ledger({ days: [held('2026-11-10', -50_000)], overdrawCents: 50_000 })];
    expect(planTrust(facts(aDisbursement(), { entries, ledgers: used }))).toMatchObject({
      do: 'wait-for-money',
    });
  });
});

describe('what is in QuickBooks already', () => {
  const adopting = { type: 'Deposit', id: '145', line: '2' } as const;
  const adopted = { type: 'Deposit', qboId: '145', lines: ['2'] };
  const closed = { profile: { ...DEFAULT_PROFILE, closedThrough: '2026-12-31' } };

  test('is planned as a record that is taken, in closed books too', () => {
    const desired = aTrustTransaction();
    const step = planTrust(facts(desired, { adopting, ...closed }));
    expect(step).toMatchObject({ do: 'write', action: 'create', intent: { adopted } });
    expect(planTrust(facts(desired, closed))).toMatchObject({ do: 'park', fault: 'closed-period-trust' });
  });

  test('waits for its money as any other', () => {
    const waiting = facts(aDisbursement(), { adopting, ledgers: [ledger()] });
    expect(planTrust(waiting)).toMatchObject({ do: 'wait-for-money' });
  });

  test('is looked at again when its words change, and is left alone otherwise', () => {
    const desired = aTrustTransaction();
    const { intent } = written(planTrust(facts(desired, { adopting })));
    const documents = { [customerKey('C1')]: ada, [trustEntryKey('T1')]: posted(intent) };
    expect(planTrust(facts(desired, { documents, ...closed }))).toEqual({ do: 'nothing' });
    const again = planTrust(facts({ ...desired, memo: 'again' }, { documents, ...closed }));
    expect(again).toMatchObject({ do: 'write', action: 'update', intent: { adopted } });
  });

  test('is taken back by an entry that is ours', () => {
    const { intent } = written(planTrust(facts(aTrustTransaction(), { adopting })));
    const documents = { [trustEntryKey('T1')]: posted(intent) };
    const step = written(planTrust(facts(aReversal(), { documents, entries: [] })));
    expect(step.intent).not.toHaveProperty('adopted');
    expect(step.intent.lines.map(({ side, accountId }) => `${side} ${accountId}`)).toEqual([
      'credit 41',
      'debit 42',
    ]);
  });
});

describe('money that has gone since', () => {
  const sums = (on: string, acceptedCents: number, postedCents: number, clearedCents = postedCents) => ({
    on,
    acceptedCents,
    postedCents,
    clearedCents,
    spareCents: postedCents,
  });
  const asked = (days: DrawnLedger['days'], over: Partial<DrawnLedger> = {}) =>
    planTrust(facts(aDisbursement({ date: '2026-11-12' }), { ledgers: [ledger({ days, ...over })] }));
  const bounced = [sums('2026-11-10', 50_000, 50_000), sums('2026-11-12', -100_000, -50_000)];

  test('is asked about, also when as much comes on a later day', () => {
    const gone = { do: 'park', fault: 'trust-money-gone', params: { missing: '500.00', on: '2026-11-12' } };
    expect(asked(bounced)).toMatchObject({
      ...gone,
      untilMoney: { on: 'ledger/IOLTA/C1/M1', seenRevision: 3 },
    });
    expect(asked([...bounced, sums('2026-11-20', 50_000, 50_000)])).toMatchObject(gone);
  });

  test('is waited for as long as it is on its way', () => {
    const coming = [...bounced, sums('2026-11-11', 50_000, 0)];
    expect(asked(coming)).toMatchObject({ do: 'wait-for-money' });
    expect(asked([...bounced, sums('2026-11-11', 50_000, 50_000)])).toMatchObject({ do: 'write' });
  });

  test('is asked about where it was waited for to clear', () => {
    const uncleared = [sums('2026-11-10', 50_000, 50_000, 0), sums('2026-11-12', -100_000, 0)];
    expect(asked(uncleared, { clearsOn: '2026-12-01' })).toMatchObject({ fault: 'trust-money-gone' });
  });
});
