import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { acceptBill, lockBillFacts, saveBill } from '../../src/db/bill.js';
import { connectCompany } from '../../src/db/company.js';
import type { Database } from '../../src/db/database.js';
import { lockDocument, saveLink, saveRemoval } from '../../src/db/document.js';
import { acceptPayment, lockPaymentFacts, savePayment } from '../../src/db/payment.js';
import { insertPosting, settlePosting } from '../../src/db/posting.js';
import { forgetOtherCauses, registerWaiter } from '../../src/db/waiter.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import { customerKey, invoiceKey, paymentKey, trustPaymentKey } from '../../src/domain/document.js';
import { DEFAULT_SETTINGS } from '../../src/domain/firm.js';
import type { Intent } from '../../src/domain/intent.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import { aBill, aPayment } from '../support/builder.js';
import { useDatabase } from '../support/database.js';

let db: Database;
let firmId: string;
let realmId: string;
let firmCount = 0;

useDatabase((opened) => (db = opened));
beforeEach(() => {
  firmId = `firm-${(firmCount += 1)}`;
  realmId = `realm-${firmCount}`;
});
const accept = (over: Partial<PaymentSnapshot> = {}) => acceptPayment(db, aPayment({ firmId, ...over }));
const facts = (paymentId = 'P1') => lockPaymentFacts(db, firmId, paymentId);
const connect = () =>
  connectCompany(db, firmId, realmId, {
    accessToken: Buffer.from('access'),
    accessExpiresAt: new Date('2026-11-22T08:00:00Z'),
    refreshToken: Buffer.from('refresh'),
    refreshExpiresAt: new Date('2027-03-01T08:00:00Z'),
  });

describe('accepting a payment', () => {
  test('is idempotent, keeps the newest, and tells a contradiction', async () => {
    expect(await accept({ version: 2 })).toBe('accepted');
    expect(await accept({ version: 2 })).toBe('known');
    expect(await accept({ version: 1, amountCents: 99_999 })).toBe('known');
    expect(await accept({ version: 2, amountCents: 99_999 })).toBe('contradiction');
    expect((await facts())?.desired).toEqual(aPayment({ firmId, version: 2 }));
    expect(await accept({ version: 3, allocations: [] })).toBe('accepted');
    expect((await facts())?.desired.allocations).toEqual([]);
  });

  test('ends with the newest when ten versions come at once, for a firm nobody has made', async () => {
    const versions = [3, 10, 1, 7, 5, 2, 9, 4, 8, 6];
    await Promise.all(versions.map((version) => accept({ version })));
    expect((await facts())?.desired.version).toBe(10);
  });
});

describe('the facts of a payment', () => {
  const intents: Record<string, Intent> = {
    contact: { document: 'customer', name: 'Ada Lovelace', mark: customerKey('C1') },
    bill: {
      document: 'invoice',
      number: '1042',
      customerQboId: '58',
      issuedOn: '2026-11-10',
      dueOn: '2026-12-10',
      memo: '',
      lines: [],
      totalCents: 67_550,
      terms: { prefix: '', items: {} },
      mark: invoiceKey('B1'),
    },
    payment: {
      document: 'payment',
      customerQboId: '58',
      receivedOn: '2026-11-15',
      amountCents: 100,
      allocations: [{ invoiceKey: invoiceKey('B1'), invoiceQboId: '901', amountCents: 100 }],
      terms: {},
      mark: paymentKey('P9'),
    },
  };
  let qboId = 900;
  const link = async (key: string) => {
    const [type, id] = key.split('/') as [AggregateRef['type'], string];
    const intent = intents[type]!;
    await lockDocument(db, { firmId, type, id }, key, intent.document);
    await saveLink(db, firmId, key, intent, {
      realmId,
      qboType: type,
      qboId: String((qboId += 1)),
      syncToken: '0',
    });
  };
  const documents = async () => Object.keys((await facts())?.documents ?? {}).sort();

  test('are none for one never seen, and the snapshot alone before a company is connected', async () => {
    expect(await facts()).toBeUndefined();
    await accept();
    expect(await facts()).toMatchObject({
      desired: aPayment({ firmId }),
      excluded: false,
      settings: DEFAULT_SETTINGS,
      documents: {},
      bills: {},
    });
  });

  test('have its own documents, its client, those of the bills that it is meant for or lies on, and what lies on these', async () => {
    await accept();
    await connect();
    for (const key of [customerKey('C1'), invoiceKey('B1'), paymentKey('P1')]) await link(key);
    for (const key of [customerKey('C2'), invoiceKey('B2'), paymentKey('P9')]) await link(key);
    const paid = [customerKey('C1'), ...['P1', 'P9'].map(paymentKey)];
    expect(await documents()).toEqual([invoiceKey('B1'), ...paid].sort());
    await accept({ version: 2, allocations: [{ billId: 'B2', amountCents: 1 }] });
    expect(await documents()).toEqual([...['B1', 'B2'].map(invoiceKey), ...paid].sort());
  });

  test('have what others have paid of the same bills, and what those are meant for by now', async () => {
    await accept();
    await connect();
    await link(invoiceKey('B1'));
    await link(paymentKey('P9'));
    expect([await documents(), (await facts())?.rivals]).toEqual([[invoiceKey('B1'), paymentKey('P9')], {}]);
    await accept({ paymentId: 'P9', allocations: [{ billId: 'B2', amountCents: 7 }] });
    expect((await facts())?.rivals).toMatchObject({
      P9: { state: 'received', excluded: false, allocations: [{ billId: 'B2', amountCents: 7 }] },
    });
    await saveRemoval(db, firmId, paymentKey('P9'), 'deleted', '1');
    expect(await documents()).toEqual([invoiceKey('B1')]);
  });

  test('do not take an earned fee for a payment of the same id', async () => {
    await accept();
    await connect();
    await accept({ paymentId: 'P9', allocations: [{ billId: 'B2', amountCents: 7 }] });
    const fee = trustPaymentKey('P9');
    await lockDocument(db, { firmId, type: 'trustTransaction', id: 'P9' }, fee, 'payment');
    const link = { realmId, qboType: 'Payment', qboId: '900', syncToken: '0' };
    await saveLink(db, firmId, fee, { ...intents.payment!, mark: fee }, link);
    expect((await facts())?.rivals).toEqual({});
  });

  test('say of each bill what its newest snapshot comes to, with its taxes', async () => {
    const [first, ...rest] = aBill().lines;
    const taxes = [
      { name: 'GST', ratePerMillion: 50_000, amountCents: 2250 },
      { name: 'PST', ratePerMillion: 70_000, amountCents: 3150 },
    ];
    await acceptBill(db, aBill({ firmId, lines: [{ ...first!, taxes }, ...rest] }));
    await accept();
    const { client, matters } = aBill();
    const bill = { number: '1042', state: 'approved', excluded: false, totalCents: 67_550 + 5400 };
    const billing = { client: { clientId: client.clientId }, matters };
    expect((await facts())?.bills).toEqual({ B1: { ...bill, billing } });
    await acceptBill(db, aBill({ firmId, version: 2, state: 'void' }));
    await saveBill(db, firmId, 'B1', { excluded: true });
    expect((await facts())?.bills.B1).toMatchObject({ state: 'void', excluded: true, totalCents: 67_550 });
  });

  test('say what a bill leaves for as long as it waits for this payment', async () => {
    await acceptBill(db, aBill({ firmId }));
    await accept();
    const workflowId = `bill:${firmId}:B1`;
    const leaves = { [invoiceKey('B1')]: 500 };
    const leavesNow = async () => (await facts())?.bills.B1?.leaves;
    await registerWaiter(db, { firmId, causeKey: paymentKey('P1'), workflowId, leaves });
    expect(await leavesNow()).toBeUndefined();
    await saveBill(db, firmId, 'B1', { state: 'waiting' });
    expect(await leavesNow()).toEqual(leaves);
    await forgetOtherCauses(db, { firmId, workflowId }, [paymentKey('P1')]);
    expect(await leavesNow()).toEqual(leaves);
    await forgetOtherCauses(db, { firmId, workflowId }, [paymentKey('P2')]);
    expect(await leavesNow()).toBeUndefined();
  });

  test('have the writes of its bills and of other payments on them that QuickBooks has not answered', async () => {
    await acceptBill(db, aBill({ firmId }));
    await accept();
    await connect();
    const onTheWay = async () => Object.keys((await facts())?.onTheWay ?? {}).sort();
    const send = (type: AggregateRef['type'], id: string, key: string) =>
      db.transaction().execute(async (tx) => {
        await lockDocument(tx, { firmId, type, id }, key, intents[type]!.document);
        const posting = {
          firmId,
          key,
          generation: 1,
          requestId: key,
          realmId,
          body: '{}',
          lease: randomUUID(),
        };
        return await insertPosting(tx, { ...posting, action: 'create', intent: intents[type]! });
      });
    expect(await onTheWay()).toEqual([]);
    await send('payment', 'P1', paymentKey('P1'));
    await send('bill', 'B2', invoiceKey('B2'));
    expect(await onTheWay()).toEqual([]);
    await send('bill', 'B1', invoiceKey('B1'));
    const other = await send('payment', 'P9', paymentKey('P9'));
    expect(await onTheWay()).toEqual([invoiceKey('B1'), paymentKey('P9')]);
    const ofBill = await db.transaction().execute((tx) => lockBillFacts(tx, firmId, 'B1'));
    expect(Object.keys(ofBill?.onTheWay ?? {}).sort()).toEqual([paymentKey('P1'), paymentKey('P9')]);
    await settlePosting(db, other, { outcome: 'refused' });
    expect(await onTheWay()).toEqual([invoiceKey('B1')]);
  });

  test('remember an exclusion', async () => {
    await accept();
    await savePayment(db, firmId, 'P1', { excluded: true });
    expect((await facts())?.excluded).toBe(true);
  });

  test('hold the row, so that nobody else plans the same payment meanwhile', async () => {
    await accept();
    const free = () => db.selectFrom('payment').select('payment_id').where('firm_id', '=', firmId);
    await db.transaction().execute(async (tx) => {
      await lockPaymentFacts(tx, firmId, 'P1');
      expect(await free().forUpdate().skipLocked().execute()).toEqual([]);
    });
    expect(await free().forUpdate().skipLocked().execute()).toHaveLength(1);
  });
});
