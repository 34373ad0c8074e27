import { describe, expect, test } from 'vitest';
import { startMortalWorker } from '../support/mortal.js';
import { aDisbursement, aReversal, aTrustTransaction } from '../support/trust.js';
import { entriesOf, lowest, setUpTrust, trustOffice } from '../support/trust-books.js';
import { createWorld } from '../support/world.js';

/** Of the five that one write passes, those between which money could double or be lost. */
const POINTS = { prepared: 2, answered: 3, settled: 4 };

describe('a worker killed around the sending of client money', () => {
  test.concurrent.each(Object.entries(POINTS))(
    '%s',
    async (name, point) => {
      // Nobody at work: a task queue belongs to the worker that is killed.
      const world = await createWorld({ worker: false });
      const firm = await world.firm();
      const { liabilityAccountId } = await setUpTrust(world, firm);
      const office = trustOffice(
        () => world,
        () => firm,
      );
      let worker = await world.startWorker();
      await office.post(aTrustTransaction());
      await worker.stop();
      const story = [
        [aDisbursement({ amountCents: 20_000 }), [30_000, 30_000]],
        [aReversal({ reverses: 'D1', amountCents: 20_000 }), [50_000, 50_000]],
      ] as const;
      for (const [snapshot, balance] of story) {
        const id = snapshot.trustTransactionId;
        const mortal = startMortalWorker(world.env, point);
        await office.send(snapshot);
        expect(await mortal.death).toBe(`${point} ${name}`);
        worker = await world.startWorker();
        await office.settled(id, 90_000);
        await worker.stop();
        expect([await entriesOf(firm.qbo, id), await office.balance()]).toMatchObject([[{}], balance]);
      }
      expect(await lowest(firm.qbo, liabilityAccountId)).toBe(0);
      await world.close();
    },
    180_000,
  );
});
