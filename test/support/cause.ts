import type { BillSnapshot } from '../../src/domain/bill.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import type { Parked, RemedyMessage, RemedyName } from '../../src/domain/remedy.js';
import type { BillingApp } from './billing-app.js';
import { aBill, aPayment, expenseLine } from './builder.js';
import type { TestFirm, World } from './world.js';

/** A firm of its own in which one cause arises, and what a person and a bookkeeper do about it. */
export interface Scene {
  world: World;
  firm: TestFirm;
  app: BillingApp;
  settings(change: Record<string, unknown>): Promise<unknown>;
}

export interface CauseStory {
  /** The catalogue's key. */
  fault: string;
  /** How it really arises. */
  when: string;
  seed?: string;
  /** Of the company, before the firm is connected to it. */
  preferences?: Record<string, Record<string, unknown>>;
  /** Ends with the bill or payment sent that will be stopped. */
  arise(scene: Scene): Promise<AggregateRef>;
  /** What the sentences name, by the names people know. */
  names: readonly string[];
  /** Every remedy that is offered; a mending before it, the message, and what QuickBooks holds in the end. */
  remedies: Partial<Record<RemedyName, Way>>;
}

export interface Way {
  before?(scene: Scene): Promise<unknown>;
  message?(parked: Parked, scene: Scene): Partial<RemedyMessage> | Promise<Partial<RemedyMessage>>;
  /** Numbers of the invoices that QuickBooks has in the end. */
  invoices: readonly string[];
  /** References of its payments; none when absent. */
  payments?: readonly string[];
}

/** Left as it is: nothing of it is in QuickBooks afterwards. */
export const LEFT_OUT: Way = { invoices: [] };

export async function send({ world, app, firm }: Scene, bill: BillSnapshot): Promise<AggregateRef> {
  await world.client.syncBill({ ...bill, firmId: firm.firmId });
  return app.ref(bill.billId);
}

/** The bill of a story, of one line. */
export const bill = (over: Partial<BillSnapshot> = {}): BillSnapshot =>
  aBill({ billId: 'B1', number: 'B1', lines: [expenseLine()], ...over });

/** Posts the bill and sends a payment of all of it, with the reference 2041. */
export async function pay(scene: Scene, over: Partial<PaymentSnapshot> = {}): Promise<AggregateRef> {
  await scene.app.send({ billId: 'B1', lines: [expenseLine()] });
  return await sendPayment(scene, over);
}

export async function sendPayment(
  { world, firm }: Scene,
  over: Partial<PaymentSnapshot> = {},
): Promise<AggregateRef> {
  const amountCents = 12_550;
  const allocations = [{ billId: 'B1', amountCents }];
  await world.client.syncPayment(aPayment({ firmId: firm.firmId, amountCents, allocations, ...over }));
  return { firmId: firm.firmId, type: 'payment', id: 'P1' };
}

/** What QuickBooks says to every write of that kind until the bookkeeper has mended it, which clears the faults. */
export const refuses = (
  { firm }: Scene,
  entity: string,
  error: { code: string; Detail: string; element?: string },
  bodyPart?: string,
) =>
  firm.qbo.fault('literal', {
    count: null,
    match: { entity, method: 'POST', ...(bodyPart !== undefined && { body: bodyPart }) },
    status: 400,
    body: { Fault: { Error: [{ Message: 'Refused', ...error }], type: 'ValidationFault' } },
  });
