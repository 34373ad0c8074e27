import { describe, expect, test } from 'vitest';
import type { BillFacts, BillSnapshot } from '../../../src/domain/bill.js';
import { planBill } from '../../../src/domain/bill/plan.js';
import { live, type Documents } from '../../../src/domain/document.js';
import { aBill, aClient, aCredit, aWriteOff, expenseLine, otherLine } from '../../support/builder.js';
import { aCustomer, aPayment, factsOf, settle, type Written } from '../../support/bill-books.js';

const INVOICE = 'bill/B1/invoice';
const INTEREST = 'bill/B1/interest';
const CREDIT = 'bill/B1/credit/CN1';
const USE = 'bill/B1/application/CN1';

const bill = (over: Partial<BillSnapshot> = {}) =>
  aBill({ lines: [expenseLine({ amountCents: 50_000 })], ...over });
const interest = (amountCents = 1250) =>
  otherLine({ kind: 'interest', description: 'Interest', amountCents });

/** What the books hold once each of these was sent and settled, one after the other. */
function lived(...lives: BillSnapshot[]) {
  let documents: Documents = { ...aCustomer('C1', '58'), ...aCustomer('C2', '59') };
  let writes: Written[] = [];
  for (const desired of lives) {
    const settled = settle(factsOf({ desired, documents }));
    expect(settled.last).toEqual({ do: 'nothing' });
    ({ documents, writes } = settled);
  }
  return { documents, writes };
}

const writesOf = (...lives: BillSnapshot[]) => lived(...lives).writes;
const credited = (over: Parameters<typeof aCredit>[0] = {}) => bill({ credits: [aCredit(over)] });

describe('a credit note', () => {
  test.each<[string, BillSnapshot[], Written[]]>([
    [
      'is a memo and its use on the bill',
      [bill(), credited()],
      [
        ['create', CREDIT],
        ['create', USE],
      ],
    ],
    [
      'comes after the invoice of its bill',
      [credited()],
      [
        ['create', INVOICE],
        ['create', CREDIT],
        ['create', USE],
      ],
    ],
    ['that is not used is a memo', [bill(), credited({ appliedCents: 0 })], [['create', CREDIT]]],
    [
      'that grows is changed before its use',
      [credited(), credited({ amountCents: 20_000 })],
      [
        ['update', CREDIT],
        ['update', USE],
      ],
    ],
    [
      'that shrinks gives back first',
      [credited(), credited({ amountCents: 4000 })],
      [
        ['update', USE],
        ['update', CREDIT],
      ],
    ],
    ['that is used less changes its use', [credited(), credited({ appliedCents: 4000 })], [['update', USE]]],
    [
      'that is not used any more keeps its memo',
      [credited(), credited({ appliedCents: 0 })],
      [['delete', USE]],
    ],
    [
      'that is withdrawn goes, its use first',
      [credited(), bill()],
      [
        ['delete', USE],
        ['delete', CREDIT],
      ],
    ],
    [
      'that is given again is made anew',
      [credited(), bill(), credited()],
      [
        ['create', CREDIT],
        ['create', USE],
      ],
    ],
    [
      'gets another date',
      [credited(), credited({ date: '2026-11-16' })],
      [
        ['update', CREDIT],
        ['update', USE],
      ],
    ],
    ['gets another text', [credited(), credited({ description: 'Sorry' })], [['update', CREDIT]]],
    [
      'stays as it is when the bill gets another number',
      [credited(), { ...credited(), number: '7' }],
      [['update', INVOICE]],
    ],
  ])('%s', (_name, lives, writes) => {
    expect(writesOf(...lives)).toEqual(writes);
  });

  test.each([
    [undefined, 'CF-1042-CN1'],
    ['77', 'CF-77'],
  ])('numbered %s is %s in QuickBooks', (number, posted) => {
    const { documents } = lived(credited(number === undefined ? {} : { number }));
    expect(documents[CREDIT]?.intent).toMatchObject({ number: posted, kind: 'credit' });
  });

  test('of a long id goes without a number', () => {
    const { documents } = lived(credited({ creditId: 'a-credit-note-of-november' }));
    expect(documents['bill/B1/credit/a-credit-note-of-november']?.intent).toMatchObject({ number: '' });
  });

  test('takes the item of time where it has none of its own, and one is pinned once it is posted', () => {
    const { documents } = lived(credited());
    expect(documents[CREDIT]?.intent).toMatchObject({ lines: [{ itemId: '1', amountCents: 10_000 }] });
    const settings = { prefix: 'CF-', items: { time: '1', expense: '2', credit: '9' } };
    expect(settle(factsOf({ desired: credited(), documents, settings })).writes).toEqual([]);
  });

  test('moves with the bill to another client: off, over, and on again', () => {
    const other = { ...credited(), client: aClient({ clientId: 'C2', name: 'Grace' }) };
    expect(writesOf(credited(), other)).toEqual([
      ['delete', USE],
      ['update', INVOICE],
      ['update', CREDIT],
      ['create', USE],
    ]);
  });

  test('of more than the bill parks it before anything is written', () => {
    const { last, writes } = settle(factsOf({ desired: credited({ amountCents: 50_001 }) }));
    expect([last, writes]).toEqual([{ do: 'park', fault: 'over-applied', params: {} }, []]);
  });
});

describe('a write-off', () => {
  test.each<['write-off' | 'bad-debt', string]>([
    ['write-off', '7'],
    ['bad-debt', '8'],
  ])('as %s stands on its item and on its own day', (kind, itemId) => {
    const { documents } = lived(bill({ writeOffs: [aWriteOff({ kind })] }));
    expect(documents['bill/B1/credit/WO1']?.intent).toMatchObject({
      kind,
      issuedOn: '2026-12-20',
      number: 'CF-1042-WO1',
      lines: [{ itemId }],
    });
    expect(documents['bill/B1/application/WO1']?.intent).toMatchObject({ appliedOn: '2026-12-20' });
  });

  test('that becomes a bad debt changes its item', () => {
    const writes = writesOf(
      bill({ writeOffs: [aWriteOff()] }),
      bill({ writeOffs: [aWriteOff({ kind: 'bad-debt' })] }),
    );
    expect(writes).toEqual([['update', 'bill/B1/credit/WO1']]);
  });

  test('of the interest, where all else is paid, is used on the interest', () => {
    const desired = bill({ lines: [expenseLine({ amountCents: 50_000 }), interest(5000)] });
    const { documents } = settle(factsOf({ desired }));
    const paid = { ...documents, ...aPayment('P1', 50_000) };
    const after = settle(factsOf({ desired: { ...desired, writeOffs: [aWriteOff()] }, documents: paid }));
    expect(after.documents['bill/B1/application/WO1']?.intent).toMatchObject({
      allocations: [{ invoiceKey: INTEREST, amountCents: 5000 }],
    });
  });

  test('moves to the interest before the invoice that it is used on is voided', () => {
    const writeOffs = [aWriteOff({ amountCents: 100 })];
    const both = aBill({ lines: [expenseLine({ amountCents: 100 }), interest()], writeOffs });
    expect(writesOf(both, { ...both, lines: [interest()] })).toEqual([
      ['update', 'bill/B1/application/WO1'],
      ['void', INVOICE],
    ]);
  });

  test('of all of it falls on both invoices', () => {
    const lines = [expenseLine({ amountCents: 50_000 }), interest()];
    const { documents } = lived(bill({ lines, writeOffs: [aWriteOff({ amountCents: 51_250 })] }));
    expect(documents['bill/B1/application/WO1']?.intent).toMatchObject({
      allocations: [
        { invoiceKey: INVOICE, amountCents: 50_000 },
        { invoiceKey: INTEREST, amountCents: 1250 },
      ],
    });
  });
});

describe('interest', () => {
  const charged = bill({ lines: [expenseLine({ amountCents: 50_000 }), interest()] });

  test('is an invoice of its own, numbered after the bill', () => {
    const { documents, writes } = lived(charged);
    expect(writes).toEqual([
      ['create', INVOICE],
      ['create', INTEREST],
    ]);
    expect(documents[INVOICE]?.intent).toMatchObject({ number: 'CF-1042', totalCents: 50_000 });
    expect(documents[INTEREST]?.intent).toMatchObject({
      about: 'interest',
      number: 'CF-1042-INT',
      totalCents: 1250,
      lines: [{ itemId: '5' }],
    });
  });

  test('is a line where the firm wants that', () => {
    const settings = { ...factsOf().settings, interest: 'line' as const };
    const { documents, writes } = settle(factsOf({ desired: charged, settings }));
    expect(writes).toEqual([['create', INVOICE]]);
    expect(documents[INVOICE]?.intent).toMatchObject({ totalCents: 51_250 });
  });

  test('stays as it was posted when the firm changes its mind', () => {
    const { documents } = lived(charged);
    const settings = { ...factsOf().settings, interest: 'line' as const };
    const edited = { ...charged, lines: [expenseLine({ amountCents: 60_000 }), interest()] };
    expect(settle(factsOf({ desired: edited, settings, documents })).writes).toEqual([['update', INVOICE]]);
  });

  test('that is taken back is voided', () => {
    expect(writesOf(charged, bill())).toEqual([['void', INTEREST]]);
  });

  test('alone is the interest invoice alone', () => {
    expect(writesOf(bill({ lines: [interest()] }))).toEqual([['create', INTEREST]]);
  });

  test('follows the prefix and not the number that a person gave the bill', () => {
    const { documents } = settle(factsOf({ desired: charged, numberOverride: 'X-1' }));
    expect(documents[INTEREST]?.intent).toMatchObject({ number: 'CF-1042-INT' });
    const { [INTEREST]: _refused, ...rest } = documents;
    const settings = { ...factsOf().settings, prefix: 'NEW-' };
    const after = settle(factsOf({ desired: charged, documents: rest, settings, numberOverride: 'X-1' }));
    expect(after.writes).toEqual([['create', INTEREST]]);
    expect(after.documents[INTEREST]?.intent).toMatchObject({ number: 'NEW-1042-INT' });
  });
});

describe('a bill that is void', () => {
  const all = bill({
    lines: [expenseLine({ amountCents: 50_000 }), interest()],
    credits: [aCredit()],
    writeOffs: [aWriteOff()],
  });

  test('takes its credits with it, their uses first', () => {
    expect(writesOf(all, { ...all, state: 'void' })).toEqual([
      ['delete', USE],
      ['delete', 'bill/B1/application/WO1'],
      ['delete', CREDIT],
      ['delete', 'bill/B1/credit/WO1'],
      ['void', INTEREST],
      ['void', INVOICE],
    ]);
  });

  test('comes back with all of it', () => {
    const { documents, writes } = lived(all, { ...all, state: 'void' }, all);
    expect(writes.slice(0, 2)).toEqual([
      ['update', INVOICE],
      ['update', INTEREST],
    ]);
    expect(Object.values(documents).filter((one) => live(one))).toHaveLength(8);
  });

  test('waits for each payment to be taken off, and does nothing until then', () => {
    const { documents } = lived(all);
    const paid = { ...documents, ...aPayment('P7', 100) };
    const { last, writes } = settle(factsOf({ desired: { ...all, state: 'void' }, documents: paid }));
    expect(writes).toEqual([]);
    expect(last).toMatchObject({
      do: 'wait',
      on: 'payment/P7/payment',
      document: 'payment',
      of: { type: 'payment', id: 'P7' },
      why: expect.stringContaining('payment P7') as string,
    });
  });
});

describe('a bill in the place of another', () => {
  const { documents } = lived(bill());
  const desired = bill({ billId: 'B2', replaces: 'B1' });
  const plan = (over: Partial<BillFacts>) => planBill(factsOf({ desired, ...over }));

  test.each<[string, Partial<BillFacts>, object]>([
    ['waits for one that was never sent', {}, { do: 'wait', on: INVOICE, of: { type: 'bill', id: 'B1' } }],
    [
      'waits for one that is not void',
      { replaced: { state: 'approved', excluded: false } },
      { do: 'wait', on: INVOICE },
    ],
    [
      'waits until it is out of the books',
      { replaced: { state: 'void', excluded: false }, documents },
      { do: 'wait', on: INVOICE },
    ],
    ['goes on when it never was in them', { replaced: { state: 'void', excluded: false } }, { do: 'write' }],
    [
      'goes on when a person excluded it',
      { replaced: { state: 'approved', excluded: true } },
      { do: 'write' },
    ],
  ])('%s', (_name, over, step) => {
    expect(plan(over)).toMatchObject(step);
  });

  test('goes on once that one is voided, and never looks back', () => {
    const gone = settle(factsOf({ desired: bill({ state: 'void' }), documents }));
    const replaced = { state: 'void' as const, excluded: false };
    const after = settle(factsOf({ desired, replaced, documents: gone.documents }));
    expect(after.writes).toEqual([['create', 'bill/B2/invoice']]);
    const edited = { ...desired, number: '9' };
    expect(settle(factsOf({ desired: edited, documents: after.documents })).writes).toEqual([
      ['update', 'bill/B2/invoice'],
    ]);
  });
});

describe('a bill from before the start', () => {
  const settings = { ...factsOf().settings, startOn: '2026-11-11' };
  const plan = (over: Partial<BillFacts>) => planBill(factsOf({ settings, ...over }));

  test('is left out, and its reason is told', () => {
    expect(plan({})).toEqual({
      do: 'nothing',
      skipped: 'it is of 2026-11-10, before the start on 2026-11-11',
    });
    expect(plan({ skippedVersion: 1 })).toMatchObject({ do: 'nothing' });
  });

  test.each<[string, Partial<BillSnapshot>]>([
    ['edited', {}],
    ['voided', { state: 'void' }],
  ])('and %s later is a person’s to decide', (_name, over) => {
    expect(plan({ desired: aBill({ version: 2, ...over }), skippedVersion: 1 })).toMatchObject({
      do: 'park',
      fault: 'before-start',
      params: { issuedOn: '2026-11-10', startOn: '2026-11-11' },
    });
  });

  test('of which a person has named the record goes on', () => {
    const step = plan({ desired: aBill({ version: 2 }), skippedVersion: 1, adopting: true });
    expect(step).toMatchObject({ do: 'write', key: INVOICE });
  });

  test('that is in the books already goes on', () => {
    const { documents } = lived(aBill());
    expect(plan({ desired: aBill({ number: '7' }), documents })).toMatchObject({
      do: 'write',
      action: 'update',
    });
  });

  test.each([['2026-11-10'], [undefined]])('does not concern one from the start on %s', (startOn) => {
    const { startOn: _start, ...rest } = settings;
    expect(
      planBill(factsOf({ settings: startOn === undefined ? rest : { ...rest, startOn } })),
    ).toMatchObject({
      do: 'write',
    });
  });
});
