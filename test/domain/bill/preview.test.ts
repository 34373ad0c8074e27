import { describe, expect, test } from 'vitest';
import type { BillFacts } from '../../../src/domain/bill.js';
import { previewBill } from '../../../src/domain/bill/preview.js';
import { DEFAULT_PROFILE } from '../../../src/domain/company.js';
import { sumCents } from '../../../src/domain/money.js';
import { aBill, aCredit, aWriteOff, expenseLine, otherLine, timeLine } from '../../support/builder.js';
import { aPayment, factsOf, settle } from '../../support/bill-books.js';

const LINES = [expenseLine({ amountCents: 50_000 })];
const preview = (over: Partial<BillFacts>) => previewBill(factsOf(over));
const before = settle(factsOf({ desired: aBill({ lines: LINES, credits: [aCredit()] }) })).documents;

describe('a preview', () => {
  test('shows each document with its debits and credits, which come to nothing', () => {
    const lines = [...LINES, otherLine({ kind: 'interest', amountCents: 1250 })];
    const desired = aBill({ lines, credits: [aCredit()], writeOffs: [aWriteOff()] });
    const { documents, ...rest } = preview({ desired });
    expect(rest).toEqual({ first: [] });
    expect(documents.map(({ action, document, number, cents }) => [action, document, number, cents])).toEqual(
      [
        ['create', 'invoice', 'CF-1042', 50_000],
        ['create', 'invoice', 'CF-1042-INT', 1250],
        ['create', 'credit-memo', 'CF-1042-CN1', 10_000],
        ['create', 'credit-memo', 'CF-1042-WO1', 5000],
        ['create', 'application', undefined, 10_000],
        ['create', 'application', undefined, 5000],
      ],
    );
    expect(documents[0]?.entries).toEqual([
      { account: 'receivable', customer: '58', cents: 50_000 },
      { account: { itemId: '2' }, cents: -50_000 },
    ]);
    expect(documents[2]).toMatchObject({
      date: '2026-11-15',
      entries: [
        { account: 'receivable', cents: -10_000 },
        { account: { itemId: '1' }, cents: 10_000 },
      ],
    });
    for (const { entries } of documents) expect(sumCents(entries.map(({ cents }) => cents))).toBe(0);
  });

  test('of an edit shows what it adds to what is there', () => {
    const desired = aBill({
      lines: [expenseLine({ amountCents: 45_000 }), otherLine()],
      credits: [aCredit()],
    });
    expect(preview({ desired, documents: before }).documents).toMatchObject([
      {
        action: 'update',
        cents: 135_000,
        entries: [
          { account: 'receivable', cents: 85_000 },
          { account: { itemId: '2' }, cents: 5000 },
          { account: { itemId: '3' }, cents: -90_000 },
        ],
      },
    ]);
  });

  test('of a void takes back all of it, in its order', () => {
    const { documents } = preview({ desired: aBill({ state: 'void' }), documents: before });
    expect(documents.map(({ action, document }) => `${action} ${document}`)).toEqual([
      'delete application',
      'delete credit-memo',
      'void invoice',
    ]);
    expect(documents[2]?.entries).toMatchObject([{ cents: -50_000 }, { cents: 50_000 }]);
  });

  test('takes a customer and classes as made, and tells of them', () => {
    const profile = { ...DEFAULT_PROFILE, classTracking: 'line' as const };
    const settings = { ...factsOf().settings, classes: 'timekeeper' as const };
    const desired = aBill({ lines: [timeLine({ timekeeperId: 'T1' })] });
    const { first, documents } = preview({ desired, settings, profile, documents: {} });
    expect(first).toEqual(['contact/C1/customer', 'timekeeper/T1/class']);
    expect(documents).toMatchObject([{ entries: [{ customer: 'contact/C1/customer' }, {}] }]);
  });

  test.each<[string, Partial<BillFacts>, object]>([
    ['parks', { desired: aBill({ lines: [] }) }, { parks: { fault: 'no-lines' } }],
    [
      'waits for a payment',
      { desired: aBill({ state: 'void' }), documents: { ...before, ...aPayment('P7', 100) } },
      { waitsFor: expect.stringContaining('payment P7') as string },
    ],
    [
      'waits for the bill that it replaces',
      { desired: aBill({ replaces: 'B0' }) },
      { waitsFor: expect.stringContaining('B0') as string },
    ],
    ['is left out by a person', { excluded: true }, { left: 'a person keeps it out' }],
    [
      'is too old',
      { settings: { ...factsOf().settings, startOn: '2027-01-01' } },
      { left: expect.stringContaining('before the start') as string },
    ],
    ['says the same', { desired: aBill({ lines: LINES, credits: [aCredit()] }), documents: before }, {}],
  ])('of what %s says so, and shows nothing', (_name, over, rest) => {
    expect(preview(over)).toEqual({ documents: [], first: [], ...expectIn(rest) });
  });
});

/** The parameters of a fault are its own business here. */
const expectIn = (rest: object) =>
  'parks' in rest ? { parks: expect.objectContaining(rest.parks as object) as object } : rest;
