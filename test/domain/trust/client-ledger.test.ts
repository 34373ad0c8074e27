import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCsv, withBalances, type LedgerLine } from '../../../src/domain/trust/client-ledger.js';

const line = (over: Partial<LedgerLine> = {}): LedgerLine => ({
  on: '2026-11-10',
  clientId: 'C1',
  matterId: 'M1',
  trustTransactionId: 'T1',
  kind: 'deposit',
  number: 'T-T1',
  qboId: '101',
  words: 'Trust deposit',
  inCents: 50_000,
  outCents: 0,
  ...over,
});

describe('balances run', () => {
  test('by matter, from day to day, with money in before money out', () => {
    const lines = withBalances([
      line({ trustTransactionId: 'D1', inCents: 0, outCents: 20_000 }),
      line({ trustTransactionId: 'T3', matterId: 'M2', inCents: 7 }),
      line({ trustTransactionId: 'T2', on: '2026-11-09', inCents: 1 }),
      line(),
    ]);
    expect(lines.map((one) => [one.matterId, one.trustTransactionId, one.balanceCents])).toEqual([
      ['M1', 'T2', 1],
      ['M1', 'T1', 50_001],
      ['M1', 'D1', 30_001],
      ['M2', 'T3', 7],
    ]);
  });

  test('on from what was there before', () => {
    expect(withBalances([line()], new Map([['C1/M1', 100]]))).toMatchObject([{ balanceCents: 50_100 }]);
  });

  test('to the sum of all, in whatever order lines come', () => {
    const any = fc.record({
      inCents: fc.nat(1000),
      outCents: fc.nat(1000),
      day: fc.integer({ min: 10, max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1 }), (all) => {
        const lines = all.map(({ day, ...one }, index) =>
          line({ ...one, on: `2026-11-${day}`, trustTransactionId: `T${index}` }),
        );
        const sum = all.reduce((total, { inCents, outCents }) => total + inCents - outCents, 0);
        expect(withBalances(lines).at(-1)?.balanceCents).toBe(sum);
      }),
    );
  });
});

describe('as CSV', () => {
  const csv = (over: Partial<LedgerLine>) => toCsv(withBalances([line(over)])).split('\r\n')[1];

  test('each line ends as RFC 4180 has it, amounts are plain decimals', () => {
    const head =
      'date,client,matter,transaction,kind,number in QuickBooks,id in QuickBooks,words,in,out,balance\r\n';
    expect(toCsv([])).toBe(head);
    expect(csv({})).toBe('2026-11-10,C1,M1,T1,deposit,T-T1,101,Trust deposit,500.00,,500.00');
    expect(csv({ inCents: 0, outCents: 5 })).toMatch(/,,0\.05,-0\.05$/);
  });

  test.each([
    ['a comma', 'Smith, Jones', '"Smith, Jones"'],
    ['a quotation mark', 'the "big" one', '"the ""big"" one"'],
    ['a line break', 'one\ntwo', '"one\ntwo"'],
    ['a formula', '=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['a formula that begins with a sign', '-2+3', "'-2+3"],
  ])('words with %s stay one cell and no formula', (_what, words, cell) => {
    expect(csv({ words })).toContain(`,${cell},500.00`);
  });
});
