import { describe, expect, test } from 'vitest';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import { aBill, expenseLine } from '../support/builder.js';
import { aCheque, chequesOf } from '../support/cheque-books.js';
import { settledOf } from '../support/settled.js';
import { startMortalWorker } from '../support/mortal.js';
import { aDisbursement, aMatter, aReversal, aTransfer, aTrustTransaction } from '../support/trust.js';
import { entriesOf, lowest, setUpTrust, trustOffice } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

/** All that one write passes, in order. */
const POINTS = ['advanced', 'prepared', 'answered', 'settled', 'released'];
/** A fee has a second one, the payment of its bill; what was planned already begins with its slot. */
const PASSED = [...POINTS, 'slot-reserved', ...POINTS.slice(1)];

const OWN = { matter: aMatter('OWN') };

const aFee = (trustTransactionId: string, billId: string): TrustTransactionSnapshot => {
  const { payee: _payee, ...fee } = aDisbursement({ kind: 'fee', billId, amountCents: 12_550 });
  return { ...fee, trustTransactionId };
};

/** One of each kind, how many points are passed before its write, and what matter M1 holds after it. */
const STORY: readonly [snapshot: TrustTransactionSnapshot, before: number, balanceCents: number][] = [
  [aTrustTransaction(), 0, 120_000],
  [aTrustTransaction({ trustTransactionId: 'I1', kind: 'interest', amountCents: 137 }), 0, 120_137],
  [aTrustTransaction({ trustTransactionId: 'O1', kind: 'opening-balance', date: '2026-01-01' }), 0, 170_137],
  [aDisbursement({ amountCents: 20_000 }), 0, 150_137],
  [aCheque({ trustTransactionId: 'D2' }), 0, 130_137],
  [aTransfer({ amountCents: 10_000 }), 0, 120_137],
  [aDisbursement({ trustTransactionId: 'B1', kind: 'bank-charge', amountCents: 500, ...OWN }), 0, 120_137],
  [aFee('F1', 'B1'), 0, 107_587],
  [aFee('F2', 'B2'), POINTS.length, 95_037],
  [aReversal({ reverses: 'D1', amountCents: 20_000 }), 0, 115_037],
];

/** Clients, payee and bills are in QuickBooks, and nobody is at work: a task queue belongs to the worker that is killed. */
async function scene() {
  const world = await createWorld({ worker: false });
  const firm = await world.firm();
  const settings = await setUpTrust(world, firm, { charges: { clientId: 'C1', matterId: 'OWN' } });
  const office = trustOffice(
    () => world,
    () => firm,
  );
  const worker = await world.startWorker();
  await office.post(aTrustTransaction({ trustTransactionId: 'T0', amountCents: 90_000 }));
  await office.post(aTrustTransaction({ trustTransactionId: 'T9', amountCents: 90_000, ...OWN }));
  await office.post(aCheque({ trustTransactionId: 'D0' }));
  for (const billId of ['B1', 'B2']) await sendBill(world, firm, billId);
  await worker.stop();
  return { world, firm, office, settings };
}

async function sendBill({ client }: World, { firmId }: TestFirm, billId: string): Promise<void> {
  await client.syncBill(aBill({ firmId, billId, number: billId, lines: [expenseLine()] }));
  const ref = { firmId, type: 'bill', id: billId } as const;
  await settledOf(client, ref, 60_000);
}

describe('a worker killed while it posts client money, of each kind', () => {
  test.concurrent.each(POINTS)(
    'at the point %s',
    async (name) => {
      const { world, firm, office, settings } = await scene();
      for (const [snapshot, before, balanceCents] of STORY) {
        const { trustTransactionId: id } = snapshot;
        const point = before + POINTS.indexOf(name) + 1;
        const mortal = startMortalWorker(world.env, point);
        await office.send(snapshot);
        expect([id, await mortal.death]).toEqual([id, `${point} ${PASSED[point - 1]}`]);
        const worker = await world.startWorker();
        await office.settled(id, 90_000);
        await worker.stop();
        const posted = [...(await entriesOf(firm.qbo, id)), ...(await chequesOf(firm.qbo, id))];
        expect([id, posted.length, await office.balance()]).toEqual([id, 1, [balanceCents, balanceCents]]);
      }
      const [payments, invoices] = await Promise.all([
        firm.qbo.objects('Payment'),
        firm.qbo.objects('Invoice'),
      ]);
      expect([payments.length, invoices.map(({ Balance }) => Balance)]).toEqual([2, [0, 0]]);
      expect(await lowest(firm.qbo, settings.liabilityAccountId)).toBe(0);
      await world.close();
    },
    900_000,
  );
});
