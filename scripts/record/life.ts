import type { BillSnapshot } from '../../src/domain/bill.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import { payeeId } from '../../src/domain/payee.js';
import { until } from '../demo/claim.js';
import type { Stage } from '../demo/stage.js';
import { connectFirm, setUpTrust } from '../local/office.js';
import { SimulatorControl } from '../local/simulator-control.js';

const FIRM = 'life';
const REALM = '9130000000000077';

/** One path of a bill's life or a payment's: the run that it leaves behind is kept under its name. */
interface Path {
  name: string;
  workflow: string;
  play(actor: Actor): Promise<void>;
}

/** A billing app of a firm whose company tracks classes, and which wants matters as sub-customers. */
class Actor {
  private constructor(private readonly stage: Stage) {}

  static async open(stage: Stage): Promise<Actor> {
    const { simulatorUrl, serverUrl, env } = stage.world;
    const qbo = new SimulatorControl(simulatorUrl, REALM);
    await qbo.createCompany();
    await qbo.preferences({
      AccountingInfoPrefs: { ClassTrackingPerTxnLine: true, BookCloseDate: '2026-10-31' },
    });
    const office = { serverUrl, apiToken: env.COUNTERFOIL_API_TOKEN ?? '', qbo };
    const { items } = await connectFirm(office, FIRM, {});
    await stage.api('PUT', `/v1/firms/${FIRM}/settings`, {
      classes: 'timekeeper',
      matters: 'sub-customer',
      locked: 'wait',
      startOn: '2026-01-01',
      items: { ...items, credit: items.time, 'write-off': items.time },
    });
    await setUpTrust((...request) => stage.api(...request), { firmId: FIRM, qbo });
    return new Actor(stage);
  }

  async bill(billId: string, over: Partial<BillSnapshot> = {}): Promise<void> {
    // Sub-customers are told apart by the numbers of their matters.
    const matters = [{ matterId: `M-${billId}`, number: `2026-${billId}`, description: 'Engine dispute' }];
    await this.stage.billing.syncBill({ ...this.stage.bill(billId, { matters, ...over }), firmId: FIRM });
  }

  async payment(paymentId: string, over: Partial<PaymentSnapshot>): Promise<void> {
    await this.stage.billing.syncPayment({
      firmId: FIRM,
      paymentId,
      version: 1,
      state: 'received',
      amountCents: 10_000,
      receivedOn: '2026-11-20',
      client: this.stage.bill('L1').client,
      allocations: [],
      ...over,
    });
  }

  async trust(trustTransactionId: string, over: Partial<TrustTransactionSnapshot>): Promise<void> {
    await this.stage.billing.syncTrustTransaction({
      firmId: FIRM,
      trustTransactionId,
      version: 1,
      kind: 'deposit',
      accountId: 'IOLTA',
      date: '2026-11-20',
      amountCents: 10_000,
      client: this.stage.bill('L8').client,
      matter: { matterId: 'M-L8', number: '2026-L8', description: 'Engine dispute' },
      ...over,
    });
  }

  async settled(type: AggregateRef['type'], id: string): Promise<void> {
    await until(`${type} ${id} is settled`, async () => {
      return (await this.stage.billing.isSettled({ firmId: FIRM, type, id })) === true;
    });
  }

  async waiting(type: AggregateRef['type'], id: string): Promise<void> {
    await until(`${type} ${id} waits`, async () => {
      return (await this.stage.billing.status({ firmId: FIRM, type, id })).state === 'waiting';
    });
  }

  /** Sends it and goes on once it is settled. */
  async done(billId: string, over: Partial<BillSnapshot> = {}): Promise<void> {
    await this.bill(billId, over);
    await this.settled('bill', billId);
  }
}

const timed: Partial<BillSnapshot> = {
  lines: [
    {
      kind: 'time',
      description: 'Drafted the claim',
      date: '2026-11-12',
      timekeeper: 'R. Hale',
      timekeeperId: 'T1',
      hoursThousandths: 1000,
      rateCents: 30_000,
      amountCents: 30_000,
    },
  ],
};
const credits = [{ creditId: 'CN1', date: '2026-11-18', amountCents: 5000, description: 'Goodwill' }];
const writeOffs = [
  {
    writeOffId: 'WO1',
    kind: 'write-off' as const,
    date: '2026-11-19',
    amountCents: 500,
    description: 'Rest',
  },
];

/** In this order: later ones stand on what earlier ones left. */
const PATHS: readonly Path[] = [
  {
    name: 'payment-before-its-bill',
    workflow: `payment:${FIRM}:P0`,
    async play(actor) {
      await actor.payment('P0', { allocations: [{ billId: 'L1', amountCents: 4000 }] });
      await actor.waiting('payment', 'P0');
      await actor.done('L1');
      await actor.settled('payment', 'P0');
    },
  },
  {
    name: 'payment-in-part-then-changed',
    workflow: `payment:${FIRM}:P1`,
    async play(actor) {
      const allocations = [{ billId: 'L1', amountCents: 3000 }];
      await actor.payment('P1', { allocations });
      await actor.settled('payment', 'P1');
      await actor.payment('P1', { version: 2, allocations: [], amountCents: 2000 });
      await actor.settled('payment', 'P1');
    },
  },
  {
    name: 'bill-credited-and-written-off',
    workflow: `bill:${FIRM}:L2`,
    play: (actor) => actor.done('L2', { credits, writeOffs }),
  },
  {
    name: 'bill-voided-with-its-credits',
    workflow: `bill:${FIRM}:L2`,
    play: (actor) => actor.done('L2', { version: 2, state: 'void' }),
  },
  {
    name: 'bill-generated-anew',
    workflow: `bill:${FIRM}:L4`,
    async play(actor) {
      await actor.done('L3');
      await actor.bill('L4', { replaces: 'L3' });
      await actor.waiting('bill', 'L4');
      await actor.done('L3', { version: 2, state: 'void' });
      await actor.settled('bill', 'L4');
    },
  },
  { name: 'bill-with-a-class', workflow: `bill:${FIRM}:L5`, play: (actor) => actor.done('L5', timed) },
  {
    name: 'timekeeper-posted',
    workflow: `timekeeper:${FIRM}:T1`,
    play: (actor) => actor.settled('timekeeper', 'T1'),
  },
  {
    name: 'contact-with-a-matter',
    workflow: `contact:${FIRM}:client-of-L5`,
    play: (actor) => actor.settled('contact', 'client-of-L5'),
  },
  {
    name: 'bill-skipped',
    workflow: `bill:${FIRM}:L6`,
    play: (actor) => actor.done('L6', { issuedOn: '2025-12-31' }),
  },
  {
    name: 'bill-behind-closed-books',
    workflow: `bill:${FIRM}:L7`,
    async play(actor) {
      await actor.bill('L7', { issuedOn: '2026-10-20' });
      await actor.waiting('bill', 'L7');
      await actor.done('L7', { version: 2 });
    },
  },
  {
    name: 'trust-fee-behind-its-bill',
    workflow: `trustTransaction:${FIRM}:F1`,
    async play(actor) {
      await actor.trust('T1', { kind: 'deposit', amountCents: 50_000 });
      await actor.settled('trustTransaction', 'T1');
      await actor.trust('F1', { kind: 'fee', amountCents: 1000, billId: 'L8' });
      await actor.waiting('trustTransaction', 'F1');
      await actor.done('L8');
      await actor.settled('trustTransaction', 'F1');
    },
  },
  {
    name: 'trust-disbursement-until-its-money-clears',
    workflow: `trustTransaction:${FIRM}:D1`,
    async play(actor) {
      const late = { kind: 'deposit', amountCents: 70_000, clearsOn: '2099-01-01' } as const;
      await actor.trust('T2', late);
      await actor.settled('trustTransaction', 'T2');
      await actor.trust('D1', { kind: 'disbursement', amountCents: 100_000, payee: 'Court of Appeal' });
      await actor.waiting('trustTransaction', 'D1');
      await actor.trust('T2', { ...late, version: 2, clearsOn: '2026-11-21' });
      await actor.settled('trustTransaction', 'D1');
    },
  },
  {
    name: 'trust-cheque-taken-back-before-it-is-printed',
    workflow: `trustTransaction:${FIRM}:R1`,
    async play(actor) {
      await actor.trust('T3', { kind: 'deposit', amountCents: 5000 });
      await actor.settled('trustTransaction', 'T3');
      const cheque = { print: true } as const;
      await actor.trust('C1', { kind: 'disbursement', amountCents: 5000, payee: 'Court Reporters', cheque });
      await actor.settled('trustTransaction', 'C1');
      const back = {
        kind: 'reversal',
        reverses: 'C1',
        amountCents: 5000,
        reason: 'Settled out of court',
      } as const;
      await actor.trust('R1', back);
      await actor.settled('trustTransaction', 'R1');
    },
  },
  {
    name: 'trust-cheque-withdrawn',
    workflow: `trustTransaction:${FIRM}:C1`,
    play: (actor) => actor.settled('trustTransaction', 'C1'),
  },
  {
    name: 'contact-that-is-a-payee',
    workflow: `contact:${FIRM}:${payeeId('Court Reporters')}`,
    play: (actor) => actor.settled('contact', payeeId('Court Reporters')),
  },
];

/** Plays all paths on a company of their own, and hands each to who keeps it, before the next begins. */
export async function recordLife(
  stage: Stage,
  keep: (name: string, workflow: string) => Promise<void>,
): Promise<void> {
  const actor = await Actor.open(stage);
  for (const path of PATHS) {
    await path.play(actor);
    await keep(path.name, path.workflow);
  }
}
