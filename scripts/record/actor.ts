import type { BillSnapshot } from '../../src/domain/bill.js';
import type { ContactSnapshot } from '../../src/domain/contact.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { Parked, RemedyMessage } from '../../src/domain/remedy.js';
import { until } from '../demo/claim.js';
import type { Stage } from '../demo/stage.js';
import { connectFirm, setUpTrust } from '../local/office.js';
import { SimulatorControl } from '../local/simulator-control.js';

export const FIRM = 'life';
const REALM = '9130000000000077';

/** One path of a bill's life or a payment's: the run that it leaves behind is kept under its name. */
export interface Path {
  name: string;
  workflow: string;
  play(actor: Actor): Promise<void>;
}

/** A billing app of a firm whose company tracks classes, and which wants matters as sub-customers. */
export class Actor {
  private constructor(
    private readonly stage: Stage,
    readonly qbo: SimulatorControl,
  ) {}

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
      items: {
        ...items,
        credit: items.time,
        'write-off': items.time,
        'flat-fee': items.time,
        interest: items.time,
      },
    });
    await setUpTrust((...request) => stage.api(...request), { firmId: FIRM, qbo });
    return new Actor(stage, qbo);
  }

  client(billId: string): ContactSnapshot {
    return this.stage.bill(billId).client;
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
      client: this.stage.bill(over.allocations?.[0]?.billId ?? 'L1').client,
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

  settings(change: object): Promise<unknown> {
    return this.stage.api('PUT', `/v1/firms/${FIRM}/settings`, change);
  }

  /** Goes on once it is parked for this. */
  async parked(type: AggregateRef['type'], id: string, fault: string): Promise<Parked> {
    let found: Parked | undefined;
    await until(`${type} ${id} is parked for ${fault}`, async () => {
      const { parked } = await this.stage.billing.status({ firmId: FIRM, type, id });
      found = parked?.fault === fault ? parked : undefined;
      return found !== undefined;
    });
    return found!;
  }

  async decide(type: AggregateRef['type'], id: string, message: RemedyMessage): Promise<void> {
    await this.stage.billing.remediate({ firmId: FIRM, type, id }, message);
  }

  /** Once it is parked for this, somebody decides so, and it is settled by that. */
  async decided(
    type: AggregateRef['type'],
    id: string,
    fault: string,
    message: RemedyMessage,
  ): Promise<void> {
    const { allowed } = await this.parked(type, id, fault);
    if (!allowed.includes(message.action)) throw new Error(`${message.action} is not offered for ${fault}.`);
    await this.decide(type, id, message);
    await this.settled(type, id);
  }

  /** Of the one with this number, or of the payment with this reference. */
  async idOf(entity: string, number: string): Promise<string> {
    const all = await this.qbo.objects(entity);
    const one = all.find((object) => [object.DocNumber, object.PaymentRefNum].includes(number));
    if (!one) throw new Error(`There is no ${entity} ${number}.`);
    return one.Id;
  }

  /** Sends it and goes on once it is settled. */
  async paid(paymentId: string, over: Partial<PaymentSnapshot>): Promise<void> {
    await this.payment(paymentId, over);
    await this.settled('payment', paymentId);
  }

  /** As `paid`, of a bill. */
  async done(billId: string, over: Partial<BillSnapshot> = {}): Promise<void> {
    await this.bill(billId, over);
    await this.settled('bill', billId);
  }
}
