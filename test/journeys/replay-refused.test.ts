import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeNumber } from '../../scripts/local/office.js';
import { eventually } from '../support/eventually.js';
import { billingApp } from '../support/billing-app.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld({ timing: { absenceMs: 1500 } });
  firm = await world.firm();
});
afterAll(async () => world.close());

test('a send that was lost and is refused when it is repeated is asked about once absence counts', async () => {
  const app = billingApp(world, () => firm);
  const lost = await firm.qbo.hold({ entity: 'Invoice', operation: 'create' });
  const parked = app.sendParked({ billId: 'B1' });
  await lost.caught();
  await takeNumber(firm, 'B1');
  await lost.release('drop');
  // Each repetition is answered; only the first one may still be under way, and its clock must not begin anew.
  expect((await parked).fault).toBe('number-used-bill');
});

test('and is sent anew where what it was refused for then is mended by now: nobody is asked', async () => {
  const app = billingApp(world, () => firm);
  await app.send({ billId: 'B2' });
  const lost = await firm.qbo.hold({ entity: 'Invoice', operation: 'create' });
  const sent = app.send({ billId: 'B3' });
  await lost.caught();
  const client = await makeClient({ Active: false });
  await lost.release('drop');
  await eventually(async () => {
    const refused = (await firm.qbo.calls()).filter(
      ({ entity, status }) => entity === 'Invoice' && status === 400,
    );
    expect(refused.map(({ body }) => body)).toContainEqual(expect.stringContaining('bill/B3/invoice'));
  });
  await makeClient({ Id: client.Id, DisplayName: 'Ada Lovelace', Active: true });
  await sent;
  expect(await app.numbered('Invoice', 'B3')).toHaveLength(1);
  const faults = await world.db
    .selectFrom('fault')
    .select('fault_key')
    .where('aggregate_id', '=', 'B3')
    .execute();
  expect(faults).toEqual([]);
});

async function makeClient(change: Record<string, unknown>) {
  const customers = await firm.qbo.objects('Customer');
  const { Id, SyncToken } = customers.find(({ DisplayName }) =>
    String(DisplayName).startsWith('Ada Lovelace'),
  )!;
  return await firm.qbo.bookkeeper('Customer', { Id, SyncToken, sparse: true, ...change });
}
