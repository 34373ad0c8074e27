import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { FAILURE, type Incoming, type Next, type Outage, type Route } from '../domain/progress.js';
import type { Parked } from '../domain/remedy.js';
import type { Versioned } from '../domain/snapshot.js';
import { parkedDetails, waitingDetails } from '../domain/details.js';
import { searchAttribute } from './search-attribute.js';
import type { Desk } from './desk.js';
import type { Carried } from './messages.js';

/** What every aggregate brings: take in what came and plan, write the next document, and begin a fresh history. */
export interface Effects<S extends Versioned> {
  advance(incoming: Incoming<S>): Promise<Next>;
  /** As `advance`, and makes the first write. Missing in runs from before there was such an activity. */
  begin?(incoming: Incoming<S>): Promise<Next>;
  write(route: Route): Promise<Next>;
  again(carried: Carried): Promise<never>;
}

/**
 * The one loop of every aggregate: plan, write one document, plan again, until nothing is left. A refusal parks it
 * until a person decides or a newer snapshot makes the question moot; then it goes on at the step that failed.
 */
export async function drain<S extends Versioned>(desk: Desk<S>, effects: Effects<S>): Promise<void> {
  if (desk.parked) await waitForPerson(desk, effects, desk.parked);
  for (;;) {
    if (workflowInfo().continueAsNewSuggested) await effects.again(desk.carry());
    let next = await begin(desk, effects);
    while (next.do === 'write' && !desk.hasNews() && !workflowInfo().continueAsNewSuggested) {
      next = await write(desk, effects, next.route);
    }
    if (next.do === 'wait') await waitForOther(desk, effects, next.why);
    if (next.do === 'park') await waitForPerson(desk, effects, next.parked);
    // Decided in the same synchronous step in which the desk was seen empty: no accepted message can slip between.
    if (next.do === 'nothing' && !desk.hasNews() && !desk.hasRefused()) break;
  }
  desk.state = 'posted';
  upsertSearchAttributes([{ key: searchAttribute.syncState, value: 'Settled' }]);
}

/** A bare snapshot is taken in and written by one activity. A remedy is taken in by itself: it is not repeatable. */
async function begin<S extends Versioned>(desk: Desk<S>, effects: Effects<S>): Promise<Next> {
  const incoming = desk.take();
  const { snapshot, remedies, refused } = incoming;
  if (!effects.begin || !snapshot || remedies.length > 0 || refused.length > 0) {
    return await effects.advance(incoming);
  }
  try {
    return await effects.begin(incoming);
  } catch (error) {
    const failure = readFailure(error);
    if (failure.parked) return { do: 'park', parked: failure.parked };
    await waitForQuickBooks(desk, failure.outage);
    return await effects.advance(desk.take());
  }
}

async function write<S extends Versioned>(desk: Desk<S>, effects: Effects<S>, route: Route): Promise<Next> {
  try {
    return await effects.write(route);
  } catch (error) {
    const failure = readFailure(error);
    if (failure.parked) return { do: 'park', parked: failure.parked };
    await waitForQuickBooks(desk, failure.outage);
    return { do: 'write', key: '', route };
  }
}

type Failure = { parked: Parked; outage?: never } | { parked?: never; outage: Outage };

/** Anything that is neither a fault nor an outage is a bug: it fails the task, not the bill. */
function readFailure(error: unknown): Failure {
  if (error instanceof ActivityFailure && error.cause instanceof ApplicationFailure) {
    const [detail] = error.cause.details ?? [];
    if (error.cause.type === FAILURE.outage) return { outage: detail as Outage };
    if (isParked(detail)) return { parked: detail };
  }
  throw error;
}

const isParked = (detail: unknown): detail is Parked =>
  typeof detail === 'object' && detail !== null && 'parkId' in detail;

async function waitForPerson<S extends Versioned>(desk: Desk<S>, effects: Effects<S>, parked: Parked) {
  desk.parked = parked;
  desk.state = 'needs-attention';
  setCurrentDetails(parkedDetails(parked));
  upsertSearchAttributes([
    { key: searchAttribute.syncState, value: 'NeedsAttention' },
    { key: searchAttribute.faultKey, value: parked.fault },
    { key: searchAttribute.needsAttentionSince, value: new Date(parked.since) },
    ...(parked.realmId === undefined ? [] : [{ key: searchAttribute.realmId, value: parked.realmId }]),
  ]);
  await newsOrRefusals(desk, effects);
  desk.parked = undefined;
  backToWork(desk);
}

async function waitForOther<S extends Versioned>(desk: Desk<S>, effects: Effects<S>, why: string) {
  desk.waitingFor = why;
  desk.state = 'waiting';
  setCurrentDetails(waitingDetails(why));
  upsertSearchAttributes([{ key: searchAttribute.syncState, value: 'Waiting' }]);
  await newsOrRefusals(desk, effects);
  desk.waitingFor = undefined;
  backToWork(desk);
}

/** QuickBooks cannot be reached: go on slowly, and say so. A person is told only when it has lasted too long. */
async function waitForQuickBooks<S extends Versioned>(desk: Desk<S>, outage: Outage) {
  desk.waitingFor = outage.why;
  desk.parked = outage.parked;
  desk.state = outage.parked ? 'needs-attention' : 'waiting';
  setCurrentDetails(outage.parked ? parkedDetails(outage.parked) : waitingDetails(outage.why));
  upsertSearchAttributes([
    { key: searchAttribute.syncState, value: outage.parked ? 'NeedsAttention' : 'Waiting' },
    { key: searchAttribute.faultKey, value: outage.parked?.fault ?? null },
    { key: searchAttribute.needsAttentionSince, value: outage.parked ? new Date(outage.parked.since) : null },
  ]);
  await condition(() => desk.hasNews(), outage.retryAfterMs);
  desk.waitingFor = undefined;
  desk.parked = undefined;
  backToWork(desk);
}

/** Messages that were refused are recorded at once, but are no reason to ask QuickBooks again. */
async function newsOrRefusals<S extends Versioned>(desk: Desk<S>, effects: Effects<S>): Promise<void> {
  for (;;) {
    await condition(() => desk.hasNews() || desk.hasRefused());
    if (desk.hasNews()) return;
    await effects.advance({ ...desk.take(), onlyRecord: true });
    // A parked bill that is pestered with messages for months must not run out of history.
    if (!desk.hasNews() && workflowInfo().continueAsNewSuggested) await effects.again(desk.carry());
  }
}

function backToWork<S extends Versioned>(desk: Desk<S>): void {
  desk.state = 'working';
  setCurrentDetails('');
  upsertSearchAttributes([
    { key: searchAttribute.syncState, value: 'Working' },
    { key: searchAttribute.faultKey, value: null },
    { key: searchAttribute.needsAttentionSince, value: null },
  ]);
}
