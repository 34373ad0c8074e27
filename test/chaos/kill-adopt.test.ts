import { describe, expect, test } from 'vitest';
import type { QboObject } from '../../scripts/local/simulator-control.js';
import type { AdoptableType } from '../../src/domain/trust/adoption/record.js';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import { adopting, adoptionDesk, bookkeeperOf } from '../support/adoption-books.js';
import { aClient } from '../support/builder.js';
import { startMortalWorker } from '../support/mortal.js';
import { aDisbursement, aMatter, aReversal, aTransfer, aTrustTransaction } from '../support/trust.js';
import { entriesOf, setUpTrust, trustOffice } from '../support/trust-books.js';
import { createWorld } from '../support/world.js';

/** All that an adoption passes, in order. */
const POINTS = ['advanced', 'prepared', 'answered', 'settled', 'released'];

/** Ada and Bob are in QuickBooks, and nobody is at work: a task queue belongs to the worker that is killed. */
async function scene() {
  const world = await createWorld({ worker: false });
  const firm = await world.firm();
  const accounts = await setUpTrust(world, firm, { charges: { clientId: 'C1', matterId: 'OWN' } });
  const office = trustOffice(
    () => world,
    () => firm,
  );
  const typed = bookkeeperOf(
    () => firm,
    () => accounts,
  );
  const desk = adoptionDesk(
    () => world,
    () => firm,
    office,
  );
  const worker = await world.startWorker();
  await office.post(aTrustTransaction({ trustTransactionId: 'T0', amountCents: 90_000 }));
  await office.post(aTrustTransaction({ trustTransactionId: 'T9', matter: aMatter('OWN') }));
  const ada = await typed.customer('Ada Lovelace');
  const bob = await desk.known('C2', 'Bob Cratchit');
  await worker.stop();
  return { world, firm, office, typed, desk, ada, bob };
}

interface Chapter {
  snapshot: TrustTransactionSnapshot;
  type: AdoptableType;
  theirs: QboObject;
  /** What matter M1 holds after it. */
  balanceCents: number;
}

/** A record of each type, and one deposit that two clients share. */
async function storyOf({ typed, ada, bob }: Awaited<ReturnType<typeof scene>>): Promise<Chapter[]> {
  const shared = await typed.deposit([
    [300, bob],
    [500, ada],
  ]);
  const bobs = {
    client: aClient({ clientId: 'C2', name: 'Bob Cratchit' }),
    ...{ trustTransactionId: 'T2', matter: aMatter('M-C2'), amountCents: 30_000 },
  };
  return [
    { snapshot: aTrustTransaction(), type: 'Deposit', theirs: shared, balanceCents: 140_000 },
    { snapshot: aTrustTransaction(bobs), type: 'Deposit', theirs: shared, balanceCents: 140_000 },
    {
      ...{ snapshot: aDisbursement({ amountCents: 20_000 }), type: 'Purchase' },
      ...{ theirs: await typed.cheque([[200, ada]], '1001'), balanceCents: 120_000 },
    },
    {
      ...{ snapshot: aTransfer({ amountCents: 10_000 }), type: 'JournalEntry' },
      ...{ theirs: await typed.within(100, ada, ada), balanceCents: 110_000 },
    },
    {
      snapshot: aTrustTransaction({ trustTransactionId: 'I1', kind: 'interest', amountCents: 137 }),
      ...{ type: 'Transfer', theirs: await typed.transfer(1.37), balanceCents: 110_137 },
    },
    {
      snapshot: aReversal({ reverses: 'D1', amountCents: 20_000, date: '2026-11-10' }),
      ...{ type: 'JournalEntry', theirs: await typed.journal([[200, ada]]), balanceCents: 130_137 },
    },
  ];
}

describe('a worker killed while it adopts client money', () => {
  test.concurrent.each(POINTS)(
    'at the point %s: each line is taken once, and nothing is written',
    async (name) => {
      const played = await scene();
      const { world, firm, office, desk } = played;
      const story = await storyOf(played);
      const before = await desk.committed();
      for (const { snapshot, type, theirs, balanceCents } of story) {
        const { trustTransactionId: id } = snapshot;
        const point = POINTS.indexOf(name) + 1;
        const mortal = startMortalWorker(world.env, point);
        await office.send({ ...snapshot, ...adopting(theirs.Id, type) });
        expect([id, await mortal.death]).toEqual([id, `${point} ${name}`]);
        const worker = await world.startWorker();
        await office.settled(id, 90_000);
        await worker.stop();
        expect([id, await desk.told(id)]).toMatchObject([id, [{ qboId: theirs.Id }]]);
        expect([id, (await desk.taken(id)).length, await office.balance()]).toEqual([
          ...[id, id === 'X1' ? 2 : 1],
          [balanceCents, balanceCents],
        ]);
        expect([id, await entriesOf(firm.qbo, id), await desk.committed()]).toEqual([id, [], before]);
      }
      const worker = await world.startWorker();
      expect(await desk.reconciled()).toMatchObject({ agrees: true, differences: [] });
      await worker.stop();
      await world.close();
    },
    900_000,
  );
});
