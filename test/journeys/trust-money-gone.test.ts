import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aDisbursement, aReversal, aTrustTransaction } from '../support/trust.js';
import { setUpTrust, trustOffice } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => world.close());
beforeEach(async () => {
  firm = await world.firm();
  await setUpTrust(world, firm);
});
const { send, post, settled, parked, waiting, remedy, balance, lines } = trustOffice(
  () => world,
  () => firm,
);

/** A disbursement waits for its deposit to clear, and that one bounces. */
async function bounce(): Promise<void> {
  await post(aTrustTransaction({ clearsOn: '2099-01-04' }));
  await send(aDisbursement({ date: '2026-11-12' }));
  await waiting('D1');
  await send(aReversal(), '?happened=true');
  await parked('R1', 'trust-overdraw');
  await remedy('R1', { action: 'record-overdraw', by: 'kim' });
  await settled('R1');
}

test('a disbursement whose deposit has bounced is asked about, and a later deposit does not lift it', async () => {
  await bounce();
  const { cause, allowed } = await parked('D1', 'trust-money-gone');
  expect(cause).toContain('matter 2026-M1 of Ada Lovelace falls 500.00 short at the end of 2026-11-12');
  expect(allowed).toEqual(['retry', 'record-overdraw', 'exclude']);
  await post(aTrustTransaction({ trustTransactionId: 'T2', date: '2026-11-20' }));
  await parked('D1', 'trust-money-gone');
  await remedy('D1', { action: 'exclude', by: 'kim' });
  await settled('D1');
  await post(aDisbursement({ trustTransactionId: 'D2', date: '2026-11-20' }));
  expect(await balance()).toEqual([0, 0]);
});

test('it goes on by itself when money of that day or before comes after all', async () => {
  await bounce();
  await parked('D1', 'trust-money-gone');
  await post(aTrustTransaction({ trustTransactionId: 'T2', date: '2026-11-11' }));
  await settled('D1');
  expect(await lines('D1')).toContain('Credit 500 Trust Bank (IOLTA)');
  expect(await balance()).toEqual([0, 0]);
});

test('it is posted where a second person records that the bank has paid it', async () => {
  await bounce();
  await parked('D1', 'trust-money-gone');
  await remedy('D1', { action: 'record-overdraw', by: 'kim', note: 'Cashed on the 12th' });
  await settled('D1');
  expect(await lines('D1')).toContain('Credit 500 Trust Bank (IOLTA)');
  expect(await balance()).toEqual([-50_000, -50_000]);
  const rows = await world.db
    .selectFrom('trust_overdraw')
    .select(['trust_transaction_id', 'cents', 'recorded_by'])
    .where('firm_id', '=', firm.firmId)
    .orderBy('trust_transaction_id')
    .execute();
  expect(rows).toEqual([
    { trust_transaction_id: 'D1', cents: 50_000, recorded_by: 'kim' },
    { trust_transaction_id: 'R1', cents: 50_000, recorded_by: 'kim' },
  ]);
});
