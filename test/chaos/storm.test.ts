import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginBill, nextSnapshot, regenerated } from '../../scripts/storm/bill.js';
import { Clients } from '../../scripts/storm/client.js';
import { livesOf } from '../../scripts/storm/life.js';
import { paymentsOf } from '../../scripts/storm/pay.js';
import { runStorm } from '../../scripts/storm/run.js';
import { summary } from '../../scripts/storm/verdict.js';
import { startMortalWorker, type Mortal } from '../support/mortal.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firms: TestFirm[];
let worker: Mortal;
beforeAll(async () => {
  world = await createWorld({ worker: false });
  firms = [await world.firm(), await world.firm()];
  worker = startMortalWorker(world.env);
});
afterAll(async () => {
  await worker.kill();
  await world.close();
});

const PATIENCE = { withoutProgressMs: 90_000, inAllMs: 200_000 };

/** `npm run storm` plays a thousand; ten other ones in each run of the tests finds what became worse. */
test('ten random lives in bad weather, with a worker that dies, end right', async () => {
  const seed = Date.now() % 1_000_000;
  const { client, db, temporal } = world;
  const stage = {
    ...{ client, db, temporal, firms },
    call: (method: string, path: string, body?: unknown) => world.call(method, path, body),
    progress: () => undefined,
    async killWorker() {
      await worker.kill();
      worker = startMortalWorker(world.env);
      // One that is killed while it starts would do nothing at all for as long as the storm lasts.
      await worker.ready;
    },
  };
  const { posted, parked, ...wrong } = await runStorm(stage, {
    size: 10,
    seed,
    atOnce: 10,
    patience: PATIENCE,
  });
  expect({ seed, ...wrong }).toEqual({ seed, duplicates: 0, lost: 0, unexplained: 0, complaints: [] });
  const payments = livesOf(seed, 10, 2).flatMap((life) => life.payments);
  expect(posted + parked).toBeGreaterThanOrEqual(10 + payments.length);
}, 300_000);

test('the same seed gives the same lives, another one others', () => {
  expect(livesOf(7, 5, 2)).toEqual(livesOf(7, 5, 2));
  expect(livesOf(8, 5, 2)).not.toEqual(livesOf(7, 5, 2));
});

test('versions of a life only grow, and no bill is credited and paid more than it comes to', () => {
  for (const [index, life] of livesOf(3, 200, 2).entries()) {
    const clients = new Clients();
    const bill = beginBill(life, 'firm-1', `B${index}`);
    const changes = life.moves.flatMap((move) => (move.do === 'send' ? [move.change] : []));
    const snapshots = changes.map((change) => nextSnapshot(bill, change, clients));
    expect(snapshots.map(({ version }) => version)).toEqual(changes.map((_change, place) => place + 1));
    const last = snapshots.at(-1)!;
    const { anew } = regenerated(last);
    for (const one of last.state === 'void' ? [] : [last, anew]) {
      const used = [...(one.credits ?? []).map((credit) => credit.appliedCents ?? 0)];
      const given = [...(one.writeOffs ?? []).map((writeOff) => writeOff.amountCents)];
      const paid = paymentsOf(life.payments, one, 'last').flatMap(({ allocations }) =>
        allocations.map(({ amountCents }) => amountCents),
      );
      const sum = (amounts: number[]) => amounts.reduce((all, cents) => all + cents, 0);
      expect(sum([...used, ...given, ...paid])).toBeLessThanOrEqual(
        sum(one.lines.map(({ amountCents }) => amountCents)),
      );
    }
  }
});

test('the last line of a storm says everything that its exit code stands for', () => {
  const verdict = { posted: 9, parked: 1, duplicates: 0, lost: 2, unexplained: 0, complaints: [] };
  expect(summary(verdict)).toBe('posted 9 parked 1 duplicates 0 lost 2 unexplained 0');
});
