import { describe, expect, test } from 'vitest';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import { aBill, aPayment } from '../support/builder.js';
import { settledOf } from '../support/settled.js';
import { startMortalWorker } from '../support/mortal.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

/** A posted bill each, and nobody at work: a task queue belongs to the worker that is killed. */
async function scene(): Promise<{ world: World; firm: TestFirm; send: (over?: object) => Promise<void> }> {
  const world = await createWorld({ worker: false });
  const firm = await world.firm();
  const worker = await world.startWorker();
  for (const billId of ['B1', 'B2']) {
    await world.client.syncBill(aBill({ firmId: firm.firmId, billId, number: billId }));
    await settled(world, firm, 'bill', billId);
  }
  await worker.stop();
  const send = async (over: Partial<PaymentSnapshot> = {}) => {
    await world.client.syncPayment(aPayment({ firmId: firm.firmId, ...over }));
  };
  return { world, firm, send };
}

const settled = async (world: World, { firmId }: TestFirm, type: 'bill' | 'payment', id: string) =>
  settledOf(world.client, { firmId, type, id }, 90_000);

/** One payment, never deleted, and what is open of both bills. */
async function expectOnce({ qbo }: TestFirm, open: Record<string, number>, updates: number): Promise<void> {
  expect(await qbo.objects('Payment')).toMatchObject([{ TotalAmt: 675.5, UnappliedAmt: 0 }]);
  const invoices = await qbo.objects('Invoice');
  expect(Object.fromEntries(invoices.map(({ DocNumber, Balance }) => [DocNumber, Balance]))).toEqual(open);
  const { committedByOperation: committed } = await qbo.counts();
  expect([committed['Payment.create'], committed['Payment.update'] ?? 0]).toEqual([1, updates]);
  expect(committed).not.toHaveProperty(['Payment.delete']);
}

const MOVED = { version: 2, allocations: [{ billId: 'B2', amountCents: 67_550 }] };

/** Of the five that one write passes, those between which money could double: the others are those of a bill. */
const POINTS = { prepared: 2, answered: 3, settled: 4 };

describe('a worker killed around the sending of a payment, and again of its move', () => {
  test.concurrent.each(Object.entries(POINTS))(
    '%s',
    async (name, point) => {
      const { world, firm, send } = await scene();
      for (const [over, open, updates] of [
        [{}, { B1: 0, B2: 675.5 }, 0],
        [MOVED, { B1: 675.5, B2: 0 }, 1],
      ] as const) {
        const mortal = startMortalWorker(world.env, point);
        await send(over);
        expect(await mortal.death).toBe(`${point} ${name}`);
        const worker = await world.startWorker();
        await settled(world, firm, 'payment', 'P1');
        await worker.stop();
        await expectOnce(firm, open, updates);
      }
      await world.close();
    },
    180_000,
  );
});

test('killed while QuickBooks works on a payment, which is committed after the worker is dead', async () => {
  const { world, firm, send } = await scene();
  const held = await firm.qbo.hold({ entity: 'Payment', operation: 'create' });
  const mortal = startMortalWorker(world.env);
  await send();
  await held.caught();
  await mortal.kill();
  await held.release('continue');
  await world.startWorker();
  await settled(world, firm, 'payment', 'P1');
  await expectOnce(firm, { B1: 0, B2: 675.5 }, 0);
  await world.close();
}, 180_000);
