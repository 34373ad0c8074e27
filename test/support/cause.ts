import type { BillSnapshot } from '../../src/domain/bill.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { Parked, RemedyMessage, RemedyName } from '../../src/domain/remedy.js';
import type { BillingApp } from './billing-app.js';
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
  /** Ends with the bill or payment sent that will be stopped. */
  arise(scene: Scene): Promise<AggregateRef>;
  /** What the sentences name, by the names people know. */
  names: readonly string[];
  /** Every remedy that is offered; a mending before it, the message, and what QuickBooks holds in the end. */
  remedies: Partial<Record<RemedyName, Way>>;
}

export interface Way {
  before?(scene: Scene): Promise<unknown>;
  message?(parked: Parked): Partial<RemedyMessage>;
  /** Numbers of the invoices that QuickBooks has in the end. */
  invoices: readonly string[];
}

/** Left as it is: nothing of it is in QuickBooks afterwards. */
export const LEFT_OUT: Way = { invoices: [] };

export async function send({ world, app, firm }: Scene, bill: BillSnapshot): Promise<AggregateRef> {
  await world.client.syncBill({ ...bill, firmId: firm.firmId });
  return app.ref(bill.billId);
}
