import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeNumber } from '../../scripts/local/office.js';
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
