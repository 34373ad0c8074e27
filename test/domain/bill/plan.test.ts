import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BillFacts } from '../../../src/domain/bill.js';
import { planBill, type BillStep } from '../../../src/domain/bill/plan.js';
import { customerKey, invoiceKey, type PostedDocument } from '../../../src/domain/document.js';
import type { InvoiceIntent } from '../../../src/domain/intent.js';
import { aBill, aClient, expenseLine, timeLine } from '../../support/builder.js';

const settings = { prefix: 'CF-', items: { time: '1', expense: '2' } };

const customer: PostedDocument = {
  intent: { document: 'customer', name: 'Ada Lovelace', mark: customerKey('C1') },
  qboId: '58',
  syncToken: '0',
};

/** What a bill's plan depends on; `posted` is its invoice in QuickBooks. */
const facts = ({
  posted: invoice,
  ...over
}: Partial<BillFacts> & { posted?: PostedDocument<InvoiceIntent> } = {}): BillFacts => ({
  desired: aBill(),
  excluded: false,
  documents: { [customerKey('C1')]: customer, ...(invoice && { [invoiceKey('B1')]: invoice }) },
  settings,
  ...over,
});

function written(step: BillStep) {
  if (step.do !== 'write' || step.intent.document !== 'invoice') {
    throw new Error(`expected an invoice, got ${JSON.stringify(step)}`);
  }
  return { ...step, intent: step.intent };
}

const posted = (over: Partial<BillFacts> = {}) => ({
  intent: written(planBill(facts(over))).intent,
  qboId: '145',
  syncToken: '0',
});

describe('a bill that is not in QuickBooks', () => {
  test('waits for its client', () => {
    expect(planBill(facts({ documents: {} }))).toMatchObject({
      do: 'wait',
      on: 'contact/C1/customer',
      of: { type: 'contact', id: 'C1' },
    });
  });

  test('is created with the prefix, its lines and their sum', () => {
    const { action, key, intent } = written(planBill(facts()));
    expect({ action, key }).toEqual({ action: 'create', key: 'bill/B1/invoice' });
    expect(intent).toMatchObject({ number: 'CF-1042', customerQboId: '58', totalCents: 67_550 });
    expect(intent.lines.map((line) => line.itemId)).toEqual(['1', '1', '2']);
    expect(intent.memo).toBe('2026-017 Engine dispute');
  });

  test('is sent as a duplicate where a person has allowed its number, and for no other number', () => {
    const allowed = (...duplicateNumbers: string[]) =>
      written(planBill(facts({ duplicateNumbers }))).intent.duplicateAllowed;
    expect([allowed('CF-1042'), allowed('1042'), allowed()]).toEqual([true, undefined, undefined]);
  });

  test('is not written again when that is allowed later, or is no longer asked for', () => {
    const allowing = { duplicateNumbers: ['CF-1042'] };
    expect(planBill(facts({ posted: posted(), ...allowing }))).toEqual({ do: 'nothing' });
    expect(planBill(facts({ posted: posted(allowing) }))).toEqual({ do: 'nothing' });
  });

  test('takes the number that a person gave it', () => {
    expect(written(planBill(facts({ numberOverride: 'X-1' }))).intent.number).toBe('X-1');
  });

  test('sends an amount alone where hours times rate is something else', () => {
    const lines = [timeLine({ hoursThousandths: 333, rateCents: 10_000, amountCents: 3333 })];
    const [line] = written(planBill(facts({ desired: aBill({ lines }) }))).intent.lines;
    expect(line).toMatchObject({ amountCents: 3333 });
    expect(line).not.toHaveProperty('quantityThousandths');
  });
});

describe('what is found before QuickBooks is asked', () => {
  test.each<[string, Partial<BillFacts>]>([
    ['no-lines', { desired: aBill({ lines: [] }) }],
    ['number-too-long', { desired: aBill({ number: '1234567890123456789' }) }],
    ['no-item-mapped', { settings: { prefix: '', items: { time: '1' } } }],
  ])('%s', (fault, over) => {
    expect(planBill(facts(over))).toMatchObject({ do: 'park', fault });
  });

  test('an excluded bill wants nothing, whatever else is wrong with it', () => {
    expect(planBill(facts({ excluded: true, desired: aBill({ lines: [] }) }))).toEqual({
      do: 'nothing',
      excluded: true,
    });
  });
});

describe('a bill that is in QuickBooks', () => {
  test('wants nothing while it says the same', () => {
    expect(planBill(facts({ posted: posted() }))).toEqual({ do: 'nothing' });
  });

  test('keeps the terms it was posted under when the settings change', () => {
    const changed = { prefix: 'NEW-', items: { time: '7', expense: '8' } };
    expect(planBill(facts({ posted: posted(), settings: changed }))).toEqual({ do: 'nothing' });
    const desired = aBill({ number: '1043' });
    expect(written(planBill(facts({ posted: posted(), settings: changed, desired }))).intent.number).toBe(
      'CF-1043',
    );
  });

  test('is updated when a line changes', () => {
    const desired = aBill({ version: 2, lines: [expenseLine({ amountCents: 1 })] });
    expect(written(planBill(facts({ posted: posted(), desired })))).toMatchObject({ action: 'update' });
  });

  test('is sent again when QuickBooks saved something else', () => {
    const held = posted();
    const differs = { ...held, intent: { ...held.intent, differs: ['total'] } };
    expect(written(planBill(facts({ posted: differs }))).action).toBe('update');
  });

  test('is not touched by a change that says the same in other words', () => {
    const desired = aBill({ version: 9, client: aClient({ version: 3, email: 'new@example.com' }) });
    expect(planBill(facts({ posted: posted(), desired }))).toEqual({ do: 'nothing' });
  });
});

describe('a bill that is void', () => {
  const desired = aBill({ version: 2, state: 'void' });

  test('is taken out of the books, as it was posted', () => {
    const { intent } = posted();
    expect(planBill(facts({ posted: posted(), desired }))).toEqual({
      do: 'write',
      key: 'bill/B1/invoice',
      action: 'void',
      intent,
    });
  });

  test.each(['voided', 'deleted'] as const)('wants nothing once it is %s', (removed) => {
    expect(planBill(facts({ posted: { ...posted(), removed }, desired }))).toEqual({ do: 'nothing' });
  });

  test('that was never posted wants nothing, whatever else is wrong with it', () => {
    expect(planBill(facts({ desired: { ...desired, lines: [] } }))).toEqual({ do: 'nothing' });
  });

  test.each([
    ['voided', 'update'],
    ['deleted', 'create'],
  ] as const)('and %s comes back by an %s', (removed, action) => {
    expect(written(planBill(facts({ posted: { ...posted(), removed } }))).action).toBe(action);
  });
});

test('planning, posting and planning again always ends', () => {
  const line = fc.oneof(
    fc.integer({ min: 0, max: 1e9 }).map((amountCents) => expenseLine({ amountCents })),
    fc
      .tuple(
        fc.integer({ min: 0, max: 24_000 }),
        fc.integer({ min: 0, max: 200_000 }),
        fc.integer({ min: 0, max: 1e8 }),
      )
      .map(([hoursThousandths, rateCents, amountCents]) =>
        timeLine({ hoursThousandths, rateCents, amountCents }),
      ),
  );
  const bill = fc.record({
    number: fc.string({ minLength: 1, maxLength: 12 }),
    lines: fc.array(line, { maxLength: 5 }),
  });
  fc.assert(
    fc.property(
      fc.array(bill, { minLength: 1, maxLength: 4 }),
      fc.string({ maxLength: 6 }),
      (lives, prefix) => {
        let held: PostedDocument<InvoiceIntent> | undefined;
        for (const over of lives) {
          const now = {
            settings: { ...settings, prefix },
            desired: aBill(over),
            ...(held && { posted: held }),
          };
          const step = planBill(facts(now));
          if (step.do === 'write') held = { intent: written(step).intent, qboId: '1', syncToken: '0' };
          const then = planBill(facts({ ...now, ...(held && { posted: held }) }));
          expect(then.do === 'nothing' || then.do === 'park').toBe(true);
        }
      },
    ),
  );
});
