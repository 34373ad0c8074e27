import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBill } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld({ worker: false });
  firm = await world.firm();
});
afterAll(async () => world.close());

const granted = () =>
  world.db
    .selectFrom('slot')
    .select([
      'starts_at',
      sql<number>`(extract(epoch from clock_timestamp() - starts_at) * 1000)::float`.as('ageMs'),
    ])
    .where('realm_id', '=', firm.qbo.realm)
    .where('granted_at', 'is not', null)
    .executeTakeFirstOrThrow();

test('a write that has missed its slot takes another one, so that late calls do not arrive in a bunch', async () => {
  const startsAt: number[] = [];
  await world.startWorker(async (name) => {
    if (name === 'prepared' && startsAt.length === 0) {
      startsAt.push((await granted()).starts_at.getTime());
      await eventually(async () => expect((await granted()).ageMs).toBeGreaterThan(200));
    }
    if (name === 'answered') startsAt.push((await granted()).starts_at.getTime());
  });
  const { firmId } = firm;
  await world.client.syncBill(aBill({ firmId }));
  await settledOf(world.client, { firmId, type: 'bill', id: 'B1' });
  const [missed, taken] = startsAt;
  expect(taken! - missed!).toBeGreaterThan(200);
  expect((await firm.qbo.counts()).committed).toBeGreaterThan(0);
});

test('a write leaves no place taken behind', async () => {
  const rows = await world.db.selectFrom('slot').selectAll().execute();
  expect(rows).toEqual([]);
});
