import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../src/domain/day.js';
import { sumCents } from '../../../src/domain/money.js';
import type { BookEntry, Books, OwnTransaction } from '../../../src/domain/trust/reconciliation/book.js';
import { bookLines, sumOf } from '../../../src/domain/trust/reconciliation/book.js';
import { reconcile, type ReconciliationInput } from '../../../src/domain/trust/reconciliation/reconcile.js';
import { aTrustAccount } from '../../support/trust.js';

const ON = '2026-11-30';
const names = { '7': 'Ada Lovelace', '8': 'Bob Cratchit' };

/** What QuickBooks shows of money in (above zero) or out for a customer. */
const entry = (qboId: string, on: string, cents: number, over: Partial<BookEntry> = {}): BookEntry => ({
  qboId,
  type: 'Journal Entry',
  on,
  number: `N-${qboId}`,
  lines: [
    { account: 'bank', cents },
    { account: 'owed', cents, customerId: '7' },
  ],
  ...over,
});

/** One of ours, posted as QuickBooks' entry of that id. */
const own = (
  id: string,
  on: string,
  cents: number,
  qboId?: string,
  over: Partial<OwnTransaction> = {},
): OwnTransaction => ({
  id,
  on,
  isOnTheWay: qboId === undefined,
  isOpening: false,
  legs: [{ clientId: 'C1', matterId: 'M1', cents }],
  ...(qboId !== undefined && { posted: { qboId, on, lines: entry(qboId, on, cents).lines } }),
  ...over,
});

const books = (entries: BookEntry[], over: Partial<Books> = {}): Books => ({
  openingBankCents: 0,
  openingOwedCents: 0,
  entries,
  names,
  ...over,
});

const run = (over: Partial<ReconciliationInput>) =>
  reconcile({ account: aTrustAccount(), on: ON, own: [], books: books([]), ...over });

const deposit = own('T1', '2026-11-10', 50_000, '101');
const inBooks = entry('101', '2026-11-10', 50_000);

describe('what agrees', () => {
  test('is said with the three figures, by matter and by customer', () => {
    const statement = { balanceCents: 55_000, uncleared: [{ cents: -5_000, trustTransactionId: 'D1' }] };
    const result = run({
      own: [deposit, own('D1', '2026-11-12', -5_000, '102')],
      books: books([inBooks, entry('102', '2026-11-12', -5_000)]),
      statement: { ...statement, balanceCents: 50_000 },
    });
    expect(result).toMatchObject({
      agrees: true,
      ledgerCents: 45_000,
      onTheWayCents: 0,
      bookBankCents: 45_000,
      bookOwedCents: 45_000,
      bank: { statementCents: 50_000, unclearedCents: -5_000, adjustedCents: 45_000 },
      differences: [],
      matters: [{ clientId: 'C1', matterId: 'M1', ledgerCents: 45_000, booksCents: 45_000 }],
      customers: [{ name: 'Ada Lovelace', ledgerCents: 45_000, booksCents: 45_000 }],
    });
    expect(result).not.toHaveProperty('parting');
  });

  test('leaves out later days on both sides', () => {
    const result = run({ own: [deposit, own('T2', '2026-12-01', 1)], books: books([inBooks]) });
    expect(result).toMatchObject({ agrees: true, ledgerCents: 50_000, differences: [] });
  });

  test('counts what QuickBooks need not have yet apart, and parts at nothing', () => {
    const result = run({ own: [deposit, own('T2', '2026-11-20', 700)], books: books([inBooks]) });
    expect(result).toMatchObject({
      agrees: true,
      ledgerCents: 50_700,
      onTheWayCents: 700,
      differences: [{ kind: 'on-the-way', text: 'Our T2 of 2026-11-20 is not in QuickBooks yet.' }],
      matters: [{ ledgerCents: 50_700, booksCents: 50_000 }],
    });
    expect(result.parting).toBeUndefined();
  });

  test('knows one whose answer is still out by its mark', () => {
    const landed = entry('103', '2026-11-20', 700, { memo: 'trust/T2/entry (Trust deposit)' });
    const result = run({ own: [deposit, own('T2', '2026-11-20', 700)], books: books([inBooks, landed]) });
    expect(result.differences).toEqual([]);
    expect([result.onTheWayCents, result.bookBankCents]).toEqual([0, 50_700]);
  });

  test('takes what was posted while QuickBooks was read for on the way', () => {
    const result = run({ own: [{ ...deposit, isOnTheWay: true }] });
    expect(result).toMatchObject({ agrees: true, onTheWayCents: 50_000, customers: [] });
  });

  test('needs no customers where lines are plain', () => {
    const plain = (one: BookEntry): BookEntry => ({
      ...one,
      lines: one.lines.map(({ account, cents }) => ({ account, cents })),
    });
    const posted = { qboId: '101', on: '2026-11-10', lines: plain(inBooks).lines };
    const account = aTrustAccount({ lineCustomer: 'plain' });
    const result = run({ account, own: [{ ...deposit, posted }], books: books([plain(inBooks)]) });
    expect(result).toMatchObject({ agrees: true, customers: [] });
  });
});

describe('what the bookkeeper did is named, with the day', () => {
  test.each<[string, Partial<ReconciliationInput>, object]>([
    [
      'an entry of his own',
      {
        own: [deposit],
        books: books([inBooks, entry('900', '2026-11-15', -2_500, { number: 'BK-7', memo: 'bank fee' })]),
      },
      {
        kind: 'foreign',
        on: '2026-11-15',
        text: 'Journal Entry BK-7 of 2026-11-15 (bank fee) was not made here: bank -25.00, owed to clients -25.00.',
        offBy: { bank: -2_500, owed: -2_500, 'customer/7': -2_500 },
      },
    ],
    [
      'one that touches the bank alone',
      {
        own: [deposit],
        books: books([
          inBooks,
          { qboId: '901', type: 'Expense', on: '2026-11-03', lines: [{ account: 'bank', cents: -900 }] },
        ]),
      },
      {
        kind: 'foreign',
        on: '2026-11-03',
        text: 'Expense of 2026-11-03 was not made here: bank -9.00, owed to clients 0.00.',
        offBy: { bank: -900 },
      },
    ],
    [
      'ours deleted',
      { own: [deposit] },
      {
        kind: 'missing',
        on: '2026-11-10',
        text: expect.stringContaining('Our T1 of 2026-11-10 was posted as 101 and is not in these accounts'),
        offBy: { bank: -50_000, owed: -50_000, 'customer/7': -50_000 },
      },
    ],
    [
      'another amount',
      { own: [deposit], books: books([entry('101', '2026-11-10', 49_000)]) },
      {
        kind: 'changed',
        on: '2026-11-10',
        text: expect.stringContaining(
          'it was posted with bank 500.00, owed to clients 500.00, and now has bank 490.00',
        ),
        offBy: { bank: -1_000, owed: -1_000, 'customer/7': -1_000 },
      },
    ],
    [
      'another day',
      { own: [deposit], books: books([entry('101', '2026-11-08', 50_000)]) },
      {
        kind: 'changed',
        on: '2026-11-08',
        text: 'Journal Entry N-101 of 2026-11-08 is our T1 and was changed in QuickBooks: its day was 2026-11-10.',
        offBy: { bank: 50_000, owed: 50_000, 'customer/7': 50_000 },
      },
    ],
    [
      'another client',
      {
        own: [deposit],
        books: books([
          entry('101', '2026-11-10', 50_000, {
            lines: [
              { account: 'bank', cents: 50_000 },
              { account: 'owed', cents: 50_000, customerId: '8' },
            ],
          }),
        ]),
      },
      {
        kind: 'changed',
        on: '2026-11-10',
        text: expect.stringContaining('it was owed to Ada Lovelace 500.00, and now to Bob Cratchit 500.00'),
        offBy: { 'customer/7': -50_000, 'customer/8': 50_000 },
      },
    ],
  ])('%s', (_what, input, { offBy, ...wanted }: { offBy?: object }) => {
    const { differences, parting } = run(input);
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject(wanted);
    expect(parting).toMatchObject({ on: differences[0]?.on, offBy, by: differences });
  });

  test('and agrees or not, by what it comes to at the end of the day', () => {
    const typed = entry('900', '2026-11-15', -2_500);
    const takenBack = entry('901', '2026-11-15', 2_500);
    const apart = run({ own: [deposit], books: books([inBooks, typed]) });
    const again = run({ own: [deposit], books: books([inBooks, typed, takenBack]) });
    expect([apart.agrees, again.agrees]).toEqual([false, true]);
    expect(again.differences.map(({ kind }) => kind)).toEqual(['foreign', 'foreign']);
    expect(again.parting).toBeUndefined();
  });

  test('of one client below zero, on the first such day', () => {
    const typed = entry('900', '2026-11-15', -60_000, { memo: 'wrong client' });
    const { belowZero } = run({ own: [deposit], books: books([inBooks, typed]) });
    expect(belowZero).toEqual([
      {
        customerId: '7',
        name: 'Ada Lovelace',
        on: '2026-11-15',
        cents: -10_000,
        by: ['Journal Entry N-900 of 2026-11-15 (wrong client)'],
      },
    ]);
  });

  test('and is not below zero for what came and went on one day', () => {
    const entries = [entry('102', '2026-11-10', -50_000), inBooks];
    const { belowZero } = run({ books: books(entries) });
    expect(belowZero).toEqual([]);
  });

  test('and a change of one matter’s amount is that matter’s', () => {
    const { matters } = run({ own: [deposit], books: books([entry('101', '2026-11-10', 49_000)]) });
    expect(matters).toMatchObject([{ ledgerCents: 50_000, booksCents: 49_000 }]);
  });
});

describe('what stood there at the start', () => {
  const opening = own('O1', '2026-01-01', 80_000, '50', {
    isOpening: true,
    posted: {
      qboId: '50',
      on: '2026-01-01',
      lines: [
        { account: 'owed', cents: -80_000 },
        { account: 'owed', cents: 80_000, customerId: '7' },
      ],
    },
  });
  const named = entry('50', '2026-01-01', 0, { lines: opening.posted!.lines });
  const held = { openingBankCents: 80_000, openingOwedCents: 80_000 };

  test('agrees with the opening balances', () => {
    const result = run({ own: [opening], books: books([named], held) });
    expect(result).toMatchObject({
      agrees: true,
      ledgerCents: 80_000,
      bookBankCents: 80_000,
      differences: [],
    });
  });

  test('is named where it does not', () => {
    const result = run({ own: [opening], books: books([named], { ...held, openingBankCents: 80_100 }) });
    expect(result).toMatchObject({
      agrees: false,
      parting: { on: '2026-01-01', offBy: { bank: 100 } },
      differences: [
        {
          kind: 'opening',
          text: 'Before 2026-01-01 QuickBooks had 801.00 in the bank and owed clients 800.00; the ledgers were opened with 800.00.',
        },
      ],
    });
  });

  test('needs no entry where lines are plain', () => {
    const { posted: _posted, ...inLedger } = opening;
    const account = aTrustAccount({ lineCustomer: 'plain' });
    const result = run({ account, own: [{ ...inLedger, isOnTheWay: false }], books: books([], held) });
    expect(result).toMatchObject({ agrees: true, differences: [] });
  });

  test('is named on its day when an opening balance is taken back', () => {
    const back = own('R1', '2026-11-20', -80_000, '51', {
      isOpening: true,
      posted: { qboId: '51', on: '2026-11-20', lines: [] },
    });
    const entries = [named, entry('51', '2026-11-20', 0, { lines: [] })];
    expect(run({ own: [opening, back], books: books(entries, held) })).toMatchObject({
      agrees: false,
      parting: { on: '2026-11-20', offBy: { bank: 80_000, owed: 80_000 } },
    });
  });
});

describe('the statement of the bank', () => {
  const base = { own: [deposit], books: books([inBooks]) };

  test('that is off is no agreement, although ledger and QuickBooks agree', () => {
    const result = run({ ...base, statement: { balanceCents: 49_999, uncleared: [] } });
    expect(result).toMatchObject({ agrees: false, bank: { adjustedCents: 49_999 } });
    expect(result.parting).toBeUndefined();
  });

  test.each([
    ['unknown', 'T9', 100, 'The uncleared item T9 of 1.00 is not in our ledger on this day.'],
    ['with another amount', 'T1', 100, 'The uncleared item T1 of 1.00 stands in our ledger with 500.00.'],
  ])('with an uncleared item %s names it', (_what, trustTransactionId, cents, text) => {
    const uncleared = [{ trustTransactionId, cents }];
    const { differences } = run({ ...base, statement: { balanceCents: 50_000, uncleared } });
    expect(differences).toMatchObject([{ kind: 'statement', text, effects: [] }]);
  });
});

describe('lines of an entry', () => {
  test('are seen as client money: a debit of the bank and a credit of the liability are above zero', () => {
    const lines = [
      { side: 'debit', accountId: '41', amountCents: 5, customerQboId: '7' },
      { side: 'credit', accountId: '42', amountCents: 5, customerQboId: '7' },
      { side: 'credit', accountId: '99', amountCents: 5 },
    ] as const;
    expect(bookLines(lines, aTrustAccount())).toEqual([
      { account: 'bank', cents: 5 },
      { account: 'owed', cents: 5, customerId: '7' },
    ]);
  });
});

/** What a meddling bookkeeper does to one of our entries, or besides. */
const meddle = fc.record({
  at: fc.nat(),
  what: fc.constantFrom('delete', 'amount', 'day', 'customer', 'type'),
  cents: fc.integer({ min: -500, max: 500 }),
  days: fc.integer({ min: 1, max: 5 }),
});

describe('whatever a bookkeeper does', () => {
  test('the differences explain what the totals are apart, to the cent, and the first day is the first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ day: fc.nat(25), cents: fc.integer({ min: 1, max: 900 }) }), { maxLength: 20 }),
        fc.array(meddle, { maxLength: 6 }),
        (lives, meddling) => {
          const days = lives.map(({ day, cents }, index) => ({
            on: addDays('2026-11-01', day),
            cents,
            qboId: String(100 + index),
          }));
          const ours = days.map(({ on, cents, qboId }, index) => own(`T${index}`, on, cents, qboId));
          const entries = new Map(days.map(({ on, cents, qboId }) => [qboId, entry(qboId, on, cents)]));
          meddling.forEach(({ at, what, cents, days: later }, index) => {
            const known = [...entries.values()][at % Math.max(entries.size, 1)];
            if (what === 'type')
              entries.set(`9${index}`, entry(`9${index}`, addDays('2026-11-02', later), cents));
            if (!known) return;
            if (what === 'delete') entries.delete(known.qboId);
            if (what === 'amount') entries.set(known.qboId, entry(known.qboId, known.on, cents));
            if (what === 'day') entries.set(known.qboId, { ...known, on: addDays(known.on, -later) });
            if (what === 'customer') {
              const lines = known.lines.map((line) => ({ ...line, customerId: '8' }));
              entries.set(known.qboId, { ...known, lines });
            }
          });
          const there = [...entries.values()];
          const result = run({ own: ours, books: books(there) });
          const effects = result.differences.flatMap((difference) => difference.effects);
          const explained = (measure: string, through = ON) =>
            sumCents(
              effects
                .filter((effect) => effect.measure === measure && effect.on <= through)
                .map(({ cents }) => cents),
            );
          expect(result.bookBankCents - result.ledgerCents).toBe(explained('bank'));
          expect(result.bookOwedCents - result.ledgerCents).toBe(explained('owed'));
          const apartOn = (day: string) =>
            sumCents(there.filter(({ on }) => on <= day).map(({ lines }) => sumOf(lines, 'bank'))) -
            sumCents(days.filter(({ on }) => on <= day).map(({ cents }) => cents));
          const all = Array.from({ length: 40 }, (_, index) => addDays('2026-10-25', index));
          const first = all.find((day) => apartOn(day) !== 0);
          if (first !== undefined) expect(result.parting!.on <= first).toBe(true);
          for (const day of all.filter((each) => each < (result.parting?.on ?? '9')))
            expect(apartOn(day)).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
