import { beforeEach, describe, expect, test } from 'vitest';
import { acceptBill, factsIfAccepted, lockBillFacts, saveBill } from '../../src/db/bill.js';
import { connectCompany } from '../../src/db/company.js';
import type { Database } from '../../src/db/database.js';
import { lockDocument, saveLink } from '../../src/db/document.js';
import { createFirm, findFirm } from '../../src/db/firm.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { BillSnapshot } from '../../src/domain/bill.js';
import { DEFAULT_PROFILE } from '../../src/domain/company.js';
import { classKey, customerKey, interestKey, invoiceKey, paymentKey } from '../../src/domain/document.js';
import type {
  ClassIntent,
  CustomerIntent,
  Intent,
  InvoiceIntent,
  PaymentIntent,
} from '../../src/domain/intent.js';
import { DEFAULT_SETTINGS } from '../../src/domain/firm.js';
import { aBill, aClient, timeLine } from '../support/builder.js';
import { useDatabase } from '../support/database.js';

const tokens = {
  accessToken: Buffer.from('access'),
  accessExpiresAt: new Date('2026-11-22T08:00:00Z'),
  refreshToken: Buffer.from('refresh'),
  refreshExpiresAt: new Date('2027-03-01T08:00:00Z'),
};
const invoice: InvoiceIntent = {
  document: 'invoice',
  number: 'CF-1042',
  customerQboId: '58',
  issuedOn: '2026-11-10',
  dueOn: '2026-12-10',
  memo: '',
  lines: [],
  totalCents: 0,
  terms: { prefix: 'CF-', items: {} },
  mark: invoiceKey('B1'),
};
const customer: CustomerIntent = { document: 'customer', name: 'Ada Lovelace', mark: customerKey('C1') };

let db: Database;
let firmId: string;
let realmId: string;
let firmCount = 0;

useDatabase((opened) => (db = opened));

beforeEach(() => {
  firmId = `firm-${(firmCount += 1)}`;
  realmId = `realm-${firmCount}`;
});

const accept = (over: Partial<BillSnapshot> = {}) => acceptBill(db, aBill({ firmId, ...over }));
const facts = () => lockBillFacts(db, firmId, 'B1');

describe('accepting a bill', () => {
  test('is idempotent, whatever the order of the fields', async () => {
    expect(await accept({ version: 2 })).toBe('accepted');
    expect(await accept({ version: 2 })).toBe('known');
    const reversed = Object.fromEntries(Object.entries(aBill({ firmId, version: 2 })).reverse());
    expect(await acceptBill(db, reversed as unknown as BillSnapshot)).toBe('known');
  });

  test('keeps the newest: an older one changes nothing, also when it differs', async () => {
    await accept({ version: 5, number: '1042' });
    expect(await accept({ version: 4, number: '9' })).toBe('known');
    expect((await facts())?.desired).toEqual(aBill({ firmId, version: 5 }));
    expect(await accept({ version: 6, number: '7' })).toBe('accepted');
    expect((await facts())?.desired).toMatchObject({ version: 6, number: '7' });
  });

  test('calls one version with two contents a contradiction, and keeps the first', async () => {
    await accept({ dueOn: '2026-12-10' });
    expect(await accept({ dueOn: '2026-12-24' })).toBe('contradiction');
    expect((await facts())?.desired.dueOn).toBe('2026-12-10');
  });

  test('ends with the newest when ten versions come at once, for a firm nobody has made', async () => {
    const versions = [3, 10, 1, 7, 5, 2, 9, 4, 8, 6];
    const answers = await Promise.all(versions.map((version) => accept({ version })));
    expect(new Set(answers)).not.toContain('contradiction');
    expect((await facts())?.desired.version).toBe(10);
  });

  test('makes the firm on the way, and leaves one alone that is there', async () => {
    await accept();
    expect(await findFirm(db, firmId)).toMatchObject({ name: firmId, settings: DEFAULT_SETTINGS });
    await createFirm(db, firmId, 'Hale & Partners');
    await accept({ version: 2 });
    expect(await findFirm(db, firmId)).toMatchObject({ name: 'Hale & Partners' });
  });

  test('keeps a number that a person gave, until the bill has another number itself', async () => {
    await accept();
    await saveBill(db, firmId, 'B1', { number_override: 'A-7' });
    await accept({ version: 2, dueOn: '2026-12-24' });
    expect((await facts())?.numberOverride).toBe('A-7');
    await accept({ version: 3, number: '1043' });
    expect(await facts()).not.toHaveProperty('numberOverride');
  });
});

describe('the facts of a bill', () => {
  const link = async (key: string, qboId: string, realm = realmId, firm = firmId) => {
    const [type, id] = key.split('/') as ['bill' | 'contact', string];
    const intent = type === 'bill' ? invoice : customer;
    await lockDocument(db, { firmId: firm, type, id }, key, intent.document);
    await saveLink(db, firm, key, intent, { realmId: realm, qboType: type, qboId, syncToken: '0' });
  };

  test('are none for a bill never seen', async () => {
    expect(await facts()).toBeUndefined();
  });

  test('are the snapshot and the settings before a company is connected', async () => {
    await accept();
    await link(invoiceKey('B1'), '900');
    expect(await facts()).toEqual({
      desired: aBill({ firmId }),
      excluded: false,
      settings: DEFAULT_SETTINGS,
      documents: {},
      profile: DEFAULT_PROFILE,
    });
  });

  test('have what is posted in the company that is connected', async () => {
    await accept();
    await connectCompany(db, firmId, realmId, tokens);
    await link(customerKey('C1'), '58');
    await link(invoiceKey('B1'), '901');
    await saveBill(db, firmId, 'B1', { excluded: true });
    expect(await facts()).toMatchObject({
      excluded: true,
      documents: {
        [customerKey('C1')]: { intent: customer, qboId: '58', syncToken: '0' },
        [invoiceKey('B1')]: { intent: invoice, qboId: '901', syncToken: '0' },
      },
    });
  });

  test('leave out what is posted in another company, and what another firm posted', async () => {
    await accept();
    await connectCompany(db, firmId, realmId, tokens);
    await link(invoiceKey('B1'), '902', `${realmId}-before`);
    await createFirm(db, `${firmId}-b`, 'Others');
    await link(customerKey('C1'), '59', realmId, `${firmId}-b`);
    expect((await facts())?.documents).toEqual({});
  });

  test("have the customer of the newest snapshot's client", async () => {
    await accept();
    await connectCompany(db, firmId, realmId, tokens);
    await link(customerKey('C2'), '60');
    expect((await facts())?.documents).toEqual({});
    await accept({ version: 2, client: aClient({ clientId: 'C2' }) });
    expect((await facts())?.documents).toMatchObject({ [customerKey('C2')]: { qboId: '60' } });
  });

  test('have what its timekeepers and the bill that it replaces have, and payments on the invoices of both', async () => {
    const lines = [timeLine({ timekeeperId: 'T1' })];
    await accept({ lines, replaces: 'B0' });
    await connectCompany(db, firmId, realmId, tokens);
    const put = async (ref: Omit<AggregateRef, 'firmId'>, key: string, intent: Intent, qboId: string) => {
      await lockDocument(db, { firmId, ...ref }, key, intent.document);
      await saveLink(db, firmId, key, intent, { realmId, qboType: key, qboId, syncToken: '0' });
    };
    const named = (mark: string): ClassIntent => ({ document: 'class', name: mark, mark });
    const paying = (on: string): PaymentIntent => ({
      document: 'payment',
      customerQboId: '58',
      receivedOn: '2026-11-20',
      amountCents: 1,
      allocations: [{ invoiceKey: on, invoiceQboId: '1', amountCents: 1 }],
      terms: {},
      mark: on,
    });
    await put({ type: 'timekeeper', id: 'T1' }, classKey('T1'), named('T1'), '1');
    await put({ type: 'timekeeper', id: 'T2' }, classKey('T2'), named('T2'), '2');
    await put({ type: 'bill', id: 'B0' }, invoiceKey('B0'), invoice, '3');
    await put({ type: 'payment', id: 'P1' }, paymentKey('P1'), paying(invoiceKey('B1')), '4');
    await put({ type: 'payment', id: 'P2' }, paymentKey('P2'), paying(interestKey('B1')), '5');
    await put({ type: 'payment', id: 'P3' }, paymentKey('P3'), paying(invoiceKey('B0')), '6');
    expect(Object.keys((await facts())?.documents ?? {}).sort()).toEqual([
      invoiceKey('B0'),
      ...['P1', 'P2', 'P3'].map(paymentKey),
      classKey('T1'),
    ]);
  });

  test('say what became of the bill that it replaces, once that was sent', async () => {
    await accept({ replaces: 'B0' });
    expect(await facts()).not.toHaveProperty('replaced');
    await acceptBill(db, aBill({ firmId, billId: 'B0', state: 'void' }));
    expect(await facts()).toMatchObject({ replaced: { state: 'void', excluded: false } });
    await saveBill(db, firmId, 'B0', { excluded: true });
    expect(await facts()).toMatchObject({ replaced: { excluded: true } });
  });

  test('keep the first version that was left out', async () => {
    await accept({ version: 3 });
    await saveBill(db, firmId, 'B1', { state: 'skipped' });
    await accept({ version: 4 });
    await saveBill(db, firmId, 'B1', { state: 'skipped' });
    expect(await facts()).toMatchObject({ skippedVersion: 3 });
  });

  test('can be had as if a snapshot had been taken, and nothing of it stays', async () => {
    await accept({ version: 7, number: 'old' });
    const older = aBill({ firmId, version: 2, number: 'new' });
    expect(await factsIfAccepted(db, older)).toMatchObject({ desired: { number: 'new', version: 8 } });
    expect(await facts()).toMatchObject({ desired: { number: 'old', version: 7 } });
    expect(await factsIfAccepted(db, aBill({ firmId, billId: 'B9' }))).toMatchObject({ documents: {} });
    expect(await lockBillFacts(db, firmId, 'B9')).toBeUndefined();
  });

  test('hold the row, so that nobody else plans the same bill meanwhile', async () => {
    await accept();
    const free = () => db.selectFrom('bill').select('bill_id').where('firm_id', '=', firmId);
    await db.transaction().execute(async (tx) => {
      await lockBillFacts(tx, firmId, 'B1');
      expect(await free().forUpdate().skipLocked().execute()).toEqual([]);
    });
    expect(await free().forUpdate().skipLocked().execute()).toHaveLength(1);
  });
});
