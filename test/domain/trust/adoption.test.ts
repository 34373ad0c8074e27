import { describe, expect, test } from 'vitest';
import type { JournalLineIntent } from '../../../src/domain/intent.js';
import { fit } from '../../../src/domain/trust/adoption/fit.js';
import {
  totalOf,
  type FoundLine,
  type FoundRecord,
  type Neighbour,
} from '../../../src/domain/trust/adoption/record.js';
import { entryIntent } from '../../../src/domain/trust/entry.js';
import type { TrustTransactionSnapshot } from '../../../src/domain/trust-transaction.js';
import { aDisbursement, aTransfer, aTrustAccount, aTrustTransaction } from '../../support/trust.js';

const BANK = '41';
const OWED = '42';
const ada = { qboId: '58', name: 'Ada Lovelace' };
const bob = { qboId: '59', name: 'Bob Cratchit' };

const line = (
  id: string,
  side: FoundLine['side'],
  accountId: string,
  cents: number,
  more = {},
): FoundLine => ({
  id,
  side,
  accountId,
  amountCents: cents,
  ...more,
});
const of = (customer: typeof ada) => ({ customer });
/** Money in for Ada, as a bookkeeper types it. */
const record = (over: Partial<FoundRecord> = {}): FoundRecord => ({
  type: 'JournalEntry',
  qboId: '145',
  syncToken: '0',
  on: '2026-11-10',
  isVoided: false,
  summary: 'journal entry',
  lines: [line('0', 'debit', BANK, 50_000), line('1', 'credit', OWED, 50_000, of(ada))],
  ...over,
});
/** One deposit: the bank in its head, and whose money it is on its lines. */
const deposit = (...parts: [id: string, cents: number, who?: typeof ada][]): FoundRecord => {
  const cents = parts.reduce((sum, part) => sum + part[1], 0);
  return record({
    type: 'Deposit',
    lines: [
      { side: 'debit', accountId: BANK, amountCents: cents },
      ...parts.map(([id, one, who]) => line(id, 'credit', OWED, one, who && of(who))),
    ],
  });
};

const tags = { own: '58', to: '59' };
const meant = (
  desired: TrustTransactionSnapshot = aTrustTransaction(),
  over: { line?: string; tags?: object } = {},
) => ({
  intent: entryIntent({ desired, account: aTrustAccount(), tags: over.tags ?? tags }),
  bankAccountId: BANK,
  names: { '58': 'Ada Lovelace', '59': 'Bob Cratchit' },
  homeCurrency: 'USD',
  ...(over.line !== undefined && { line: over.line }),
});
const unfit = (...asked: Parameters<typeof fit>) => {
  const found = fit(...asked);
  return 'unfit' in found ? found.unfit : found;
};
const neighbour = (key: string, taken: string[], lines: JournalLineIntent[]): Neighbour => ({
  key,
  taken,
  lines,
});
const depositLines = (cents: number): JournalLineIntent[] =>
  meant(aTrustTransaction({ amountCents: cents })).intent.lines;

describe('what fits', () => {
  test('takes the line of the client, and leaves the bank to be shared', () => {
    expect(fit(meant(), record(), [])).toMatchObject({ taken: ['1'], renamed: [] });
  });

  test('of a deposit of several clients is the line in the right name', () => {
    const all = deposit(['1', 30_000, bob], ['2', 50_000, bob], ['3', 50_000, ada]);
    expect(fit(meant(), all, [])).toMatchObject({ taken: ['3'], renamed: [] });
  });

  test('of two alike is the one that is free', () => {
    const all = deposit(['1', 50_000, ada], ['2', 50_000, ada]);
    const other = neighbour('trust/T0/entry', ['1'], depositLines(50_000));
    expect(fit(meant(), all, [other])).toMatchObject({ taken: ['2'] });
  });

  test('in nobody’s name is taken as it is, so that its lines name nobody either', () => {
    const found = fit(meant(), deposit(['1', 50_000]), []);
    expect(found).toMatchObject({ taken: ['1'], renamed: [] });
    expect('lines' in found && found.lines.map(({ customerQboId }) => customerQboId)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('of a transfer between matters is a line of each', () => {
    const moved = record({
      lines: [line('0', 'debit', OWED, 50_000, of(ada)), line('1', 'credit', OWED, 50_000, of(bob))],
    });
    expect(fit(meant(aTransfer()), moved, [])).toMatchObject({ taken: ['0', '1'], renamed: [] });
  });

  test('of an opening balance is the client’s line beside one that is nobody’s', () => {
    const split = record({
      lines: [
        line('0', 'debit', OWED, 80_000),
        line('1', 'credit', OWED, 50_000, of(ada)),
        line('2', 'credit', OWED, 30_000, of(bob)),
      ],
    });
    const opening = meant(aTrustTransaction({ kind: 'opening-balance' }));
    expect(fit(opening, split, [])).toMatchObject({ taken: ['1'] });
  });

  test('of a transfer between accounts is all of it', () => {
    const out = record({
      type: 'Transfer',
      lines: [
        { side: 'debit', accountId: OWED, amountCents: 50_000 },
        { side: 'credit', accountId: BANK, amountCents: 50_000 },
      ],
    });
    expect(fit(meant(aDisbursement()), out, [])).toMatchObject({ taken: [''] });
    const whole = neighbour('trust/T0/entry', [''], meant(aDisbursement(), { tags: {} }).intent.lines);
    expect(unfit(meant(aDisbursement()), out, [whole])).toEqual(['it stands for trust/T0/entry already']);
  });
});

describe('what does not fit is shown side by side', () => {
  const amount = 'amount: meant 500.00, QuickBooks has 450.00';
  test.each([
    ['another day', record({ on: '2026-11-11' }), ['date: meant 2026-11-10, QuickBooks has 2026-11-11']],
    ['another amount', deposit(['1', 45_000, ada]), [amount]],
    [
      'another amount of another one',
      deposit(['1', 45_000, bob]),
      [amount, 'client: meant Ada Lovelace, QuickBooks has Bob Cratchit'],
    ],
    ['a deposit of other amounts', deposit(['1', 50_001, bob], ['2', 45_000, ada]), [amount]],
    [
      'the other direction',
      record({ lines: [line('0', 'credit', BANK, 50_000), line('1', 'debit', OWED, 50_000, of(ada))] }),
      ['side: meant credit, QuickBooks has debit'],
    ],
    [
      'another account',
      record({ lines: [line('0', 'debit', BANK, 50_000), line('1', 'credit', '7', 50_000, of(ada))] }),
      ['account: meant 42, QuickBooks has 7'],
    ],
    [
      'another bank',
      record({ lines: [line('0', 'debit', '7', 50_000), line('1', 'credit', OWED, 50_000, of(ada))] }),
      ['bank: meant debit 500.00, QuickBooks has 0.00 left of it'],
    ],
    [
      'a vendor on the line',
      record({
        lines: [
          line('0', 'debit', BANK, 50_000),
          line('1', 'credit', OWED, 50_000, { stranger: 'vendor Court' }),
        ],
      }),
      ['client: meant Ada Lovelace, QuickBooks has vendor Court'],
    ],
    ['a void', record({ isVoided: true }), ['it is voided']],
    ['another currency', record({ currency: 'CAD' }), ['it is in CAD: journal entry']],
    ['an entry of ours', record({ mark: 'trust/T9/entry' }), ['it carries the mark of trust/T9/entry']],
    ['nothing at all', record({ lines: [] }), ['it has no lines']],
  ])('%s', (_what, found, expected) => {
    expect(unfit(meant(), found, [])).toEqual(expected);
  });

  test('a line that is another one’s, and a record that is', () => {
    const other = neighbour('trust/T0/entry', ['1'], depositLines(50_000));
    expect(unfit(meant(), deposit(['1', 50_000, ada], ['2', 50_000, bob]), [other])).toEqual([
      'line 1 stands for trust/T0/entry already',
    ]);
    expect(unfit(meant(), record(), [{ key: 'payment/P1/reversal', lines: [] }])).toEqual([
      'it stands for payment/P1/reversal already',
    ]);
  });

  test('several of the amount in other names, of which one has to be named', () => {
    const all = deposit(['1', 50_000, bob], ['2', 50_000, { qboId: '60', name: 'Cy Young' }]);
    expect(unfit(meant(), all, [])).toEqual([
      'several lines are of this amount, and none is in this name; name the one that is meant: line 1 of Bob Cratchit, line 2 of Cy Young',
    ]);
    expect(fit(meant(aTrustTransaction(), { line: '2' }), all, [])).toMatchObject({
      taken: ['2'],
      renamed: [{ customerQboId: '60', meantQboId: '58' }],
    });
    expect(unfit(meant(aTrustTransaction(), { line: '9' }), all, [])).toEqual(['it has no line 9']);
  });

  test('more than the record has left', () => {
    const held = record({
      lines: [
        line('0', 'debit', BANK, 60_000),
        line('1', 'credit', OWED, 50_000, of(ada)),
        line('2', 'credit', OWED, 50_000, of(bob)),
        line('3', 'debit', '7', 40_000),
      ],
    });
    const other = neighbour('trust/T0/entry', ['2'], depositLines(50_000));
    expect(unfit(meant(), held, [other])).toEqual([
      'bank: meant debit 500.00, QuickBooks has 100.00 left of it',
    ]);
    expect(totalOf(held)).toBe(100_000);
  });

  test('a transfer between matters in nobody’s name says nothing', () => {
    const moved = record({ lines: [line('0', 'debit', OWED, 50_000), line('1', 'credit', OWED, 50_000)] });
    expect(unfit(meant(aTransfer()), moved, [])).toEqual([
      'client: meant Ada Lovelace, QuickBooks has nobody',
      'client: meant Bob Cratchit, QuickBooks has nobody',
    ]);
  });
});
