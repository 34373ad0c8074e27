import { beforeEach, describe, expect, test } from 'vitest';
import { connectCompany } from '../../src/db/company.js';
import type { Database } from '../../src/db/database.js';
import { lockDocument, saveLink, saveRemoval } from '../../src/db/document.js';
import { closeFault, openFault } from '../../src/db/fault.js';
import { createFirm } from '../../src/db/firm.js';
import {
  listReleasable,
  listSettledWaiters,
  listWaiters,
  registerWaiter,
  removeWaiter,
} from '../../src/db/waiter.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import { companyCause, companyRef } from '../../src/domain/company.js';
import { customerKey, interestKey, invoiceKey } from '../../src/domain/document.js';
import { billPort } from '../../src/activities/bill.js';
import { aBill, aParking } from '../support/builder.js';
import { useDatabase } from '../support/database.js';

const tokens = {
  accessToken: Buffer.from('access'),
  accessExpiresAt: new Date('2026-11-22T08:00:00Z'),
  refreshToken: Buffer.from('refresh'),
  refreshExpiresAt: new Date('2027-03-01T08:00:00Z'),
};
const key = customerKey('C1');

let db: Database;
let firmId: string;
let client: AggregateRef;
let firmCount = 0;

useDatabase((opened) => (db = opened));

beforeEach(async () => {
  firmId = `firm-${(firmCount += 1)}`;
  client = { firmId, type: 'contact', id: 'C1' };
  await createFirm(db, firmId, 'Hale & Partners');
});

const wait = (workflowId: string, causeKey = key, firm = firmId) =>
  registerWaiter(db, { firmId: firm, causeKey, workflowId });
const waiting = async (causeKey = key) =>
  (await listWaiters(db, firmId, causeKey)).map((waiter) => waiter.workflowId);
const settled = async () =>
  (await listSettledWaiters(db)).flatMap((waiter) => (waiter.firmId === firmId ? [waiter.workflowId] : []));

async function post(realmId: string): Promise<void> {
  await lockDocument(db, client, key, 'customer');
  const intent = { document: 'customer', name: 'Ada Lovelace', mark: key } as const;
  await saveLink(db, firmId, key, intent, { realmId, qboType: 'Customer', qboId: '58', syncToken: '0' });
}

describe('who waits for the invoice of a bill', () => {
  const bill = () => ({ firmId, type: 'bill', id: 'B1' }) as const;
  const connected = () => connectCompany(db, firmId, `realm-${firmId}`, tokens);
  const port = () => billPort.accept(db, bill(), aBill({ firmId, state: 'void' }));

  test('looks again when the bill becomes void before anything of it was posted', async () => {
    await connected();
    await wait('bill:firm:B2', invoiceKey('B1'));
    expect(await settled()).toEqual([]);
    await port();
    expect(await settled()).toEqual(['bill:firm:B2']);
    await port();
    expect((await lockDocument(db, bill(), invoiceKey('B1'), 'invoice')).revision).toBe(1);
  });

  test('looks again when its interest is posted or removed', async () => {
    await connected();
    await lockDocument(db, bill(), interestKey('B1'), 'invoice');
    await saveRemoval(db, firmId, interestKey('B1'), 'voided', '1');
    await wait('payment:firm:P1', invoiceKey('B1'));
    expect(await settled()).toEqual(['payment:firm:P1']);
  });
});

describe('who waits', () => {
  test('is listed first come first, by cause and firm', async () => {
    for (const id of ['b', 'a', 'c']) await wait(id);
    await wait('d', companyCause);
    await createFirm(db, `${firmId}-b`, 'Others');
    await wait('e', key, `${firmId}-b`);
    expect(await waiting()).toEqual(['b', 'a', 'c']);
    expect(await waiting(companyCause)).toEqual(['d']);
  });

  test('stands once, at the end of the line, after coming again', async () => {
    for (const id of ['a', 'b', 'a']) await wait(id);
    expect(await waiting()).toEqual(['b', 'a']);
  });

  test('is forgotten once woken', async () => {
    for (const id of ['a', 'b']) await wait(id);
    const [first] = await listWaiters(db, firmId, key);
    await removeWaiter(db, first!);
    await removeWaiter(db, first!);
    expect(await waiting()).toEqual(['b']);
  });

  test('stays when it has come again while the earlier registration was being removed', async () => {
    await wait('a');
    const [earlier] = await listWaiters(db, firmId, key);
    await wait('a');
    await removeWaiter(db, earlier!);
    expect(await waiting()).toEqual(['a']);
    const [later] = await listWaiters(db, firmId, key);
    await removeWaiter(db, later!);
    expect(await waiting()).toEqual([]);
  });
});

describe('who can be woken after a document is posted', () => {
  test('is who waits for a document of that aggregate that has its link', async () => {
    for (const id of ['b', 'a']) await wait(id);
    await wait('c', customerKey('C2'));
    await wait('d', companyCause);
    await lockDocument(db, client, key, 'customer');
    expect(await listReleasable(db, client)).toEqual([]);
    await post(`${firmId}-realm`);
    const listed = await listReleasable(db, client);
    expect(listed.map((waiter) => waiter.workflowId)).toEqual(['b', 'a']);
    expect(await listReleasable(db, { ...client, id: 'C2' })).toEqual([]);
    for (const waiter of listed) await removeWaiter(db, waiter);
    expect(await listReleasable(db, client)).toEqual([]);
  });
});

describe('who has looked at a document in vain', () => {
  test('is woken by the next thing that is written of it, and not before', async () => {
    await connectCompany(db, firmId, `${firmId}-realm`, tokens);
    await post(`${firmId}-realm`);
    const { revision } = await lockDocument(db, client, key, 'customer');
    await registerWaiter(db, { firmId, causeKey: key, workflowId: 'a', seenRevision: revision });
    expect(await listReleasable(db, client)).toEqual([]);
    expect(await settled()).toEqual([]);
    await saveRemoval(db, firmId, key, 'voided', '1');
    expect((await listReleasable(db, client)).map(({ workflowId }) => workflowId)).toEqual(['a']);
    expect(await settled()).toEqual(['a']);
  });
});

describe('what the sweep finds', () => {
  test('is who waits for a document that is in the company connected now', async () => {
    await connectCompany(db, firmId, `${firmId}-realm`, tokens);
    for (const id of ['b', 'a']) await wait(id);
    await wait('c', customerKey('C2'));
    expect(await settled()).toEqual([]);
    await post(`${firmId}-realm`);
    expect(await settled()).toEqual(['b', 'a']);
    await connectCompany(db, firmId, `${firmId}-other`, tokens);
    expect(await settled()).toEqual([]);
  });

  test('is nobody for a document while no company is connected', async () => {
    await wait('a');
    await post(`${firmId}-realm`);
    expect(await settled()).toEqual([]);
  });

  test('is who waits for a company that nothing stops any more', async () => {
    const ref = companyRef(firmId);
    const parked = aParking({ parkId: firmId, fault: 'disconnected', allowed: ['reconnect'] });
    await openFault(db, { aggregate: ref, workflowId: 'company', parked, params: {}, evidence: {} });
    await wait('a', companyCause);
    expect(await settled()).toEqual([]);
    await closeFault(db, ref, { by: 'ada' });
    expect(await settled()).toEqual(['a']);
  });

  test('is not held up by the fault of a bill, nor by another firm', async () => {
    await createFirm(db, `${firmId}-b`, 'Others');
    for (const aggregate of [{ firmId, type: 'bill', id: 'B1' } as const, companyRef(`${firmId}-b`)]) {
      const parked = aParking({ parkId: `${firmId}-${aggregate.id}` });
      await openFault(db, { aggregate, workflowId: 'w', parked, params: {}, evidence: {} });
    }
    await wait('a', companyCause);
    expect(await settled()).toEqual(['a']);
  });
});
