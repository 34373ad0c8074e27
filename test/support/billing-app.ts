import { expect } from 'vitest';
import type { BillSnapshot } from '../../src/domain/bill.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { Parked } from '../../src/domain/remedy.js';
import type { QboObject } from '../../scripts/local/simulator-control.js';
import { aBill } from './builder.js';
import { eventually } from './eventually.js';
import { settledOf } from './settled.js';
import type { TestFirm, World } from './world.js';

type Sent = Partial<BillSnapshot> & { billId: string };

/** What a billing app does with bills, and what it and a bookkeeper then see of them. */
export interface BillingApp {
  ref(billId: string): AggregateRef;
  /** Sends a bill, numbered after its id, and goes on once it is settled. Answers what that cost at QuickBooks. */
  send(over: Sent): Promise<{ writes: string[]; metered: number }>;
  /** Goes on once it needs a person. */
  sendParked(over: Sent): Promise<Parked>;
  /** Goes on once it waits for something else; answers for what. */
  sendWaiting(over: Sent): Promise<string>;
  parked(billId: string): Promise<Parked>;
  settled(billId: string): Promise<void>;
  /** Living objects of QuickBooks whose number is this one. */
  numbered(entity: string, number: string): Promise<QboObject[]>;
  /** Payments of nothing, by which QuickBooks uses credits. */
  uses(): Promise<QboObject[]>;
}

export function billingApp(world: World, firm: () => TestFirm): BillingApp {
  const post = (over: Sent) =>
    world.client.syncBill(aBill({ firmId: firm().firmId, number: over.billId, ...over }));
  const app: BillingApp = {
    ref: (id) => ({ firmId: firm().firmId, type: 'bill', id }),
    async send(over) {
      const before = await firm().qbo.calls();
      await post(over);
      await app.settled(over.billId);
      const calls = (await firm().qbo.calls()).slice(before.length);
      const writes = calls.filter(
        ({ method, committed, replayed }) => method === 'POST' && committed && !replayed,
      );
      return {
        writes: writes.map(({ operation, entity }) => `${operation} ${entity}`),
        metered: calls.filter(({ metered }) => metered).length,
      };
    },
    async sendParked(over) {
      await post(over);
      return await app.parked(over.billId);
    },
    async sendWaiting(over) {
      await post(over);
      return await eventually(async () => {
        const { state, waitingFor } = await world.client.status(app.ref(over.billId));
        expect(state).toBe('waiting');
        return waitingFor ?? '';
      });
    },
    parked: (billId) => parkedOf(world, app.ref(billId)),
    async settled(billId) {
      await settledOf(world.client, app.ref(billId));
    },
    numbered: async (entity, number) =>
      (await firm().qbo.objects(entity)).filter(({ DocNumber }) => DocNumber === number),
    uses: async () => (await firm().qbo.objects('Payment')).filter(({ TotalAmt }) => TotalAmt === 0),
  };
  return app;
}

/** Goes on once it needs a person. */
export const parkedOf = (world: World, ref: AggregateRef): Promise<Parked> =>
  eventually(async () => {
    const { parked } = await world.client.status(ref);
    return parked ?? expect.fail('nothing is parked');
  });

/** All kinds of lines go to the item of time: the simulator's law firm has two. */
export async function mapAllItems(world: World, { firmId, items }: TestFirm): Promise<void> {
  const kinds = ['flat-fee', 'discount', 'interest', 'tax', 'credit', 'write-off', 'bad-debt'];
  await world.call('PUT', `/v1/firms/${firmId}/settings`, {
    items: Object.fromEntries(kinds.map((kind) => [kind, items.time])),
  });
}
