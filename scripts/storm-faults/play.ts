import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { BillSnapshot } from '../../src/domain/bill.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import { accepted } from '../storm/accepted.js';
import type { Stage } from '../storm/stage.js';
import { within } from '../local/within.js';
import { setTimeout as pause } from 'node:timers/promises';
import { isBegun, nextBill, nextPayment, type Item, type Life } from './life.js';
import { officeOf, type Office, type Offices } from './office.js';
import { unlessRefused, type Trouble } from './trouble.js';

/** Longer than a lost answer takes to be looked for and the operator to have tried all that is offered. */
const SETTLE_MS = 240_000;

/** Many lives look at once, and each look is a call to Temporal. */
const LOOK_EVERY_MS = 2000;

/** So long books stay closed, where nobody is asked to open them. */
const LIFTED_AFTER_MS = 8000;

export interface Played {
  troubles: number;
  /** Did not come to rest in time; a sentence each. */
  stuck: string[];
}

/** One life's troubles, one after the other: each time the billing app sends a new version into it. */
export async function play(
  stage: Stage,
  life: Life,
  troubles: readonly Trouble[],
  offices: Offices,
): Promise<Played> {
  const played: Played = { troubles: 0, stuck: [] };
  for (const trouble of troubles) {
    const { bill, payment } = life;
    const item = trouble.on === 'payment' ? payment : bill;
    if (trouble.needsPosted === true && !isBegun(item)) continue;
    if (trouble.needsNew === true && isBegun(item)) continue;
    // What stood when it was kept out stands still.
    const still = item.isExcluded ? [...item.mayShow] : [];
    await include(stage, life);
    item.mayShow = new Set([...still, ...trouble.shows]);
    for (const key of trouble.showsLater ?? []) item.mayShowAlways.add(key);
    for (const key of trouble.showsOfPaid ?? []) bill.mayShowOfPaid.add(key);
    const office = officeOf(offices, item.firm.firmId);
    for (const key of trouble.isWide ? trouble.shows : []) office.mayShow.add(key);
    const { clientId } = item.right.client;
    const before = office.mayShowOfClient.get(clientId) ?? [];
    office.mayShowOfClient.set(clientId, new Set([...before, ...(trouble.showsOfClient ?? [])]));
    if (item === payment && !isBegun(bill)) await sync(stage, nextBill(bill));
    const { lifted, armed } = await send(stage, life, trouble, office);
    played.troubles += 1;
    const isSettled = await settled(stage, life);
    // What was armed for a write that did not come is met by a later one, and an answer that was lost is heard again.
    if (isArmed(armed)) for (const key of trouble.shows) item.mayShowAlways.add(key);
    await lifted;
    if (isSettled) continue;
    played.stuck.push(...(await stuckOf(stage, life, trouble)));
    return played;
  }
  return played;
}

/** Answers when the trouble is over, where somebody has to end it. */
async function send(
  stage: Stage,
  { bill, payment }: Life,
  trouble: Trouble,
  { prefixes }: Office,
): Promise<{ lifted: Promise<unknown>; armed: unknown }> {
  const right = trouble.on === 'payment' ? bill.right : nextBill(bill);
  const sent = trouble.spoil?.(right) ?? right;
  bill.numbers.add(sent.number);
  const target = { firm: bill.firm, bill: sent, paymentId: payment.ref.id, prefixes };
  // The books may be closed for the bookkeeper just now: then this trouble does not come about.
  let armed: unknown;
  await unlessRefused(async () => (armed = await trouble.arm?.(target)));
  await sync(stage, trouble.on === 'payment' ? nextPayment(payment) : sent);
  return {
    armed,
    lifted: trouble.lift
      ? pause(LIFTED_AFTER_MS).then(() => unlessRefused(async () => trouble.lift?.(target)))
      : Promise.resolve(),
  };
}

const isArmed = (armed: unknown): boolean => (armed as { hits?: number } | undefined)?.hits !== undefined;

/** What Temporal did not take in time is sent again, as a billing app does. */
export const sync = (
  { client }: Pick<Stage, 'client'>,
  snapshot: BillSnapshot | PaymentSnapshot,
): Promise<void> =>
  accepted(() => ('paymentId' in snapshot ? client.syncPayment(snapshot) : client.syncBill(snapshot)));

const settled = (stage: Stage, life: Life): Promise<boolean> =>
  within(SETTLE_MS, async () => (await unsettled(stage, life)).length === 0, LOOK_EVERY_MS);

async function unsettled({ client }: Stage, { bill, payment }: Life): Promise<Item[]> {
  const begun = [bill, payment].filter(isBegun);
  const done = await Promise.all(begun.map(({ ref }) => client.isSettled(ref)));
  return begun.filter((_item, index) => done[index] !== true);
}

async function stuckOf(stage: Stage, life: Life, { name }: Trouble): Promise<string[]> {
  const sentences = [];
  for (const { ref } of await unsettled(stage, life)) {
    sentences.push(`${ref.firmId} ${ref.type} ${ref.id}, ${name}: ${await stateOf(stage, ref)}`);
  }
  return sentences;
}

/** Asking needs a worker, which may be the very thing that is missing. */
async function stateOf({ client }: Stage, ref: AggregateRef): Promise<string> {
  try {
    const { state, parked, waitingFor } = await client.status(ref);
    return `${state}, ${parked?.fault ?? waitingFor ?? 'nothing'}`;
  } catch (error) {
    if (!isGrpcServiceError(error) && !(error instanceof ServiceError)) throw error;
    return 'no worker answers';
  }
}

/** What was kept out last time is wanted again. */
async function include(stage: Stage, life: Life): Promise<void> {
  const kept = [life.bill, life.payment].filter(({ isExcluded }) => isExcluded);
  for (const item of kept) {
    item.isExcluded = false;
    await stage.client.remediate(item.ref, { action: 'include', by: 'operator' });
  }
  if (kept.length > 0) await settled(stage, life);
}
