import { describe, expect, test } from 'vitest';
import type { InvoiceIntent, SalesLineIntent } from '../../src/domain/intent.js';
import { invoice } from '../../src/qbo/invoice.js';

const TIME: SalesLineIntent = {
  description: 'R. Hale: Drafted the claim',
  amountCents: 45_005,
  quantityThousandths: 1500,
  unitPriceCents: 30_003,
  itemId: '11',
  servedOn: '2026-11-02',
};
const FEE: SalesLineIntent = { description: 'Court fee', amountCents: 12_550, itemId: '12' };
const INTENT: InvoiceIntent = {
  document: 'invoice',
  number: 'L-1042',
  customerQboId: '58',
  issuedOn: '2026-11-10',
  dueOn: '2026-12-10',
  memo: '2026-017 Engine dispute',
  lines: [TIME, FEE],
  totalCents: 57_555,
  terms: { prefix: 'L-', items: { time: '11', expense: '12' } },
  mark: 'bill/B1/invoice',
};

const SENT = {
  DocNumber: 'L-1042',
  TxnDate: '2026-11-10',
  DueDate: '2026-12-10',
  CustomerRef: { value: '58' },
  CustomerMemo: { value: '2026-017 Engine dispute' },
  PrivateNote: 'bill/B1/invoice',
  Line: [
    {
      DetailType: 'SalesItemLineDetail',
      Amount: 450.05,
      Description: 'R. Hale: Drafted the claim',
      SalesItemLineDetail: {
        ItemRef: { value: '11' },
        Qty: 1.5,
        UnitPrice: 300.03,
        ServiceDate: '2026-11-02',
      },
    },
    {
      DetailType: 'SalesItemLineDetail',
      Amount: 125.5,
      Description: 'Court fee',
      SalesItemLineDetail: { ItemRef: { value: '12' } },
    },
  ],
};

const SUBTOTAL = { DetailType: 'SubTotalLineDetail', Amount: 575.55, SubTotalLineDetail: {} };

/** As QuickBooks gives it back: with names, ids, defaults and a subtotal of its own. */
const HELD = {
  ...SENT,
  Id: '145',
  SyncToken: '2',
  MetaData: { CreateTime: '2026-11-10T08:00:00-08:00' },
  CustomerRef: { value: '58', name: 'Ada Lovelace' },
  TotalAmt: 575.55,
  Balance: 575.55,
  Line: [
    ...SENT.Line.map((line, index) => ({
      ...line,
      Id: String(index + 1),
      LineNum: index + 1,
      SalesItemLineDetail: {
        ...line.SalesItemLineDetail,
        ItemRef: { ...line.SalesItemLineDetail.ItemRef, name: 'Services' },
        TaxCodeRef: { value: 'NON' },
      },
    })),
    SUBTOTAL,
  ],
};

/** What QuickBooks holds, with its first line changed. */
const withLine = (over: object, detail: object = {}) => {
  const [first, ...rest] = SENT.Line;
  const changed = { ...first, SalesItemLineDetail: { ...first!.SalesItemLineDetail, ...detail }, ...over };
  return { ...HELD, Line: [changed, ...rest, SUBTOTAL] };
};

describe('the body', () => {
  test('of a create', () => {
    expect(invoice.toBody(INTENT)).toEqual(SENT);
  });

  test('of an update is the same, sparse, for the state it names', () => {
    const body = invoice.toBody(INTENT, { qboId: '145', syncToken: '2' });
    expect(body).toEqual({ ...SENT, Id: '145', SyncToken: '2', sparse: true });
  });

  test('says a quantity of nothing and a price of nothing', () => {
    const free = { ...TIME, amountCents: 0, quantityThousandths: 0, unitPriceCents: 0 };
    expect(invoice.toBody({ ...INTENT, lines: [free] })).toMatchObject({
      Line: [{ Amount: 0, SalesItemLineDetail: { Qty: 0, UnitPrice: 0 } }],
    });
  });

  test('empties a memo that was emptied', () => {
    expect(invoice.toBody({ ...INTENT, memo: '' })).toMatchObject({ CustomerMemo: { value: '' } });
  });
});

describe('what QuickBooks holds', () => {
  test('is read', () => {
    expect(invoice.read({ ...HELD, TotalAmt: '1234567.5' })).toEqual({
      qboId: '145',
      syncToken: '2',
      mark: 'bill/B1/invoice',
      createdAt: new Date('2026-11-10T16:00:00Z'),
      summary: 'invoice L-1042 of 2026-11-10, 1,234,567.50, Ada Lovelace',
    });
  });

  test('may be next to nothing', () => {
    expect(invoice.read({})).toEqual({
      qboId: '',
      syncToken: '',
      mark: undefined,
      createdAt: undefined,
      summary: 'invoice (no number) of ?, 0.00, ?',
    });
  });

  test('is as meant, whatever QuickBooks has added', () => {
    expect(invoice.differences(INTENT, HELD)).toEqual([]);
    expect(invoice.allDifferences(INTENT, HELD)).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['number', { DocNumber: 'L-7' }, 'number: meant L-1042, QuickBooks has L-7'],
    ['missing number', { DocNumber: undefined }, 'number: meant L-1042, QuickBooks has nothing'],
    ['customer', { CustomerRef: { value: '5' } }, 'customer: meant 58, QuickBooks has 5'],
    ['date', { TxnDate: '2026-11-11' }, 'date: meant 2026-11-10, QuickBooks has 2026-11-11'],
    ['total', { TotalAmt: 600 }, 'total: meant 575.55, QuickBooks has 600.00'],
  ])('with another %s is noticed at once', (_name, over, difference) => {
    expect(invoice.differences(INTENT, { ...HELD, ...over })).toEqual([difference]);
    expect(invoice.allDifferences(INTENT, { ...HELD, ...over })).toEqual([difference]);
  });

  test.each<[string, object, string]>([
    ['due date', { DueDate: '2027-01-01' }, 'due date: meant 2026-12-10, QuickBooks has 2027-01-01'],
    ['memo', { CustomerMemo: { value: 'Hi' } }, 'memo: meant 2026-017 Engine dispute, QuickBooks has Hi'],
    ['note', { PrivateNote: 'Paid?' }, 'note: meant bill/B1/invoice, QuickBooks has Paid?'],
  ])('with another %s is noticed when all of it counts', (_name, over, difference) => {
    expect(invoice.differences(INTENT, { ...HELD, ...over })).toEqual([]);
    expect(invoice.allDifferences(INTENT, { ...HELD, ...over })).toEqual([difference]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['amount', withLine({ Amount: 450.06 })],
    ['text', withLine({ Description: 'R. Hale: Drafted the claims' })],
    ['missing text', withLine({ Description: undefined })],
    ['item', withLine({}, { ItemRef: { value: '12' } })],
    ['day of service', withLine({}, { ServiceDate: '2026-11-03' })],
    ['missing day of service', withLine({}, { ServiceDate: undefined })],
    ['order', { ...HELD, Line: [HELD.Line[1], HELD.Line[0]] }],
    ['line too few', { ...HELD, Line: HELD.Line.slice(0, 1) }],
    ['line too many', { ...HELD, Line: [...HELD.Line, HELD.Line[0]] }],
    ['nothing in its lines', { ...HELD, Line: undefined }],
  ])('with another line is noticed: %s', (_name, object) => {
    expect(invoice.differences(INTENT, object)).toEqual([]);
    expect(invoice.allDifferences(INTENT, object)).toEqual([expect.stringMatching(/^lines: meant /)]);
  });

  test('may write an amount as a text, an id as a number, and no memo for an empty one', () => {
    const held = { ...withLine({ Amount: '450.050' }, { ItemRef: { value: 11 } }), CustomerMemo: undefined };
    expect(invoice.allDifferences({ ...INTENT, memo: '' }, held)).toEqual([]);
  });
});

test('is looked for by its number, then by its customer and day', () => {
  expect(invoice.lookups({ ...INTENT, number: "L'1" })).toEqual([
    "select * from Invoice where DocNumber = 'L\\'1'",
    "select * from Invoice where CustomerRef = '58' and TxnDate = '2026-11-10' maxresults 1000",
  ]);
});

test('a line that says the same amount by other hours and another rate is another line', () => {
  const lines: SalesLineIntent[] = [{ ...TIME, quantityThousandths: 3000, unitPriceCents: 15_002 }, FEE];
  expect(invoice.allDifferences({ ...INTENT, lines }, HELD)).toEqual([
    expect.stringMatching(/^lines: meant /),
  ]);
});
