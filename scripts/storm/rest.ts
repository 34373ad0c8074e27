import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { workflowId } from '../../src/workflows/messages.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { Stage } from './stage.js';

/** One that is not settled, as people see it in the lists. */
export interface Open {
  workflowId: string;
  state: 'working' | 'waiting' | 'needs-attention';
  /** What a person is asked about it, where one is. */
  fault?: string;
  cause?: string;
  /** The document that it waits for, or `company`. */
  waitingFor?: string;
}

/** All that is not settled, by workflow. */
export type Rest = ReadonlyMap<string, Open>;

export interface Patience {
  /** So long nothing at all may change before it is judged as it is: longer than absence takes to count. */
  withoutProgressMs: number;
  /** And no longer than this in all, whatever changes. */
  inAllMs: number;
}

const LOOK_EVERY_MS = 500;
/** So often in a row it has to look the same: a release may be between two workflows for a moment. */
const LOOKS_ALIKE = 4;

/**
 * Waits until nothing is in flight any more: everything is settled, or asked about, or behind something that a person
 * is asked about. Bounded by the time without any progress, so that it takes as long as a storm of that size needs.
 */
export async function untilStill(stage: Stage, patience: Patience): Promise<Rest> {
  const begunAt = performance.now();
  let since = begunAt;
  let seen = '';
  let alike = 0;
  for (;;) {
    const open = await listOpen(stage);
    const running = await listRunning(stage);
    const signature = await signatureOf(stage, open, running);
    alike = signature === seen ? alike + 1 : 0;
    const now = performance.now();
    if (alike === 0) since = now;
    seen = signature;
    if (alike >= LOOKS_ALIKE && isStill(open, running)) return open;
    if (now - since > patience.withoutProgressMs || now - begunAt > patience.inAllMs) {
      stage.progress(
        `it does not come to rest: ${[...open.values()].filter(({ state }) => state !== 'needs-attention').length} are under way`,
      );
      return open;
    }
    await pause(LOOK_EVERY_MS);
  }
}

function isStill(open: Rest, running: ReadonlyMap<string, string>): boolean {
  for (const id of running.keys()) if (!open.has(id)) return false;
  return [...open.values()].every((one) => rootOf(open, one) !== undefined);
}

/** What a person is asked about first, before this can go on; itself where it is that. */
export function rootOf(open: Rest, one: Open): Open | undefined {
  let at: Open | undefined = one;
  for (const passed = new Set<Open>(); at !== undefined && !passed.has(at);) {
    if (at.fault !== undefined) return at;
    passed.add(at);
    at = at.waitingFor === undefined ? undefined : open.get(writerOf(at));
  }
  return undefined;
}

function writerOf({ workflowId: id, waitingFor = '' }: Open): string {
  const [, firmId = ''] = id.split(':');
  const [type = '', of = firmId] = waitingFor.split('/');
  return `${type}:${firmId}:${of}`;
}

async function listOpen({ db, firms }: Stage): Promise<Rest> {
  const { rows } = await sql<{
    workflow_id: string;
    state: Open['state'];
    waiting_for: string | null;
    fault_key: string | null;
    cause: string | null;
  }>`
    select item.workflow_id, item.state, item.waiting_for, own.fault_key, own.cause
    from unposted_item as item
    left join attention_item as own on own.workflow_id = item.workflow_id
    where item.firm_id = any(${firms.map(({ firmId }) => firmId)})
    union all
    select workflow_id, 'needs-attention', null, fault_key, cause from attention_item
    where aggregate_type = 'company' and firm_id = any(${firms.map(({ firmId }) => firmId)})`.execute(db);
  return new Map(
    rows.map((row) => [
      row.workflow_id,
      {
        workflowId: row.workflow_id,
        state: row.state,
        ...(row.waiting_for !== null && { waitingFor: row.waiting_for }),
        ...(row.fault_key !== null && { fault: row.fault_key, cause: row.cause ?? '' }),
      },
    ]),
  );
}

/** Temporal's own list: what it still runs, and in which state. */
async function listRunning({ temporal, firms }: Stage): Promise<Map<string, string>> {
  const names = firms.map(({ firmId }) => `"${firmId}"`).join(', ');
  const running = new Map<string, string>();
  const query = `ExecutionStatus="Running" AND FirmId IN (${names})`;
  for await (const { workflowId: id, runId } of temporal.workflow.list({ query })) running.set(id, runId);
  return running;
}

/** Changes with everything that anybody does. */
async function signatureOf({ db }: Stage, open: Rest, running: ReadonlyMap<string, string>): Promise<string> {
  const { rows } = await sql<{ last: number | null }>`select max(event_id) as last from event`.execute(db);
  return JSON.stringify([rows[0]?.last, [...open.values()], [...running]]);
}

/** Waits until this version is settled, asked about, or behind a payment; false when that takes too long. */
export async function untilResting(
  { db }: Stage,
  { firmId, type, id }: AggregateRef & { type: 'bill' | 'payment' },
  version: number,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const { rows } = await sql<{ state: string; waiting_for: string | null }>`
      select own.state, waiter.cause_key as waiting_for
      from ${sql.table(type)} as own
      left join waiter on waiter.firm_id = own.firm_id and waiter.workflow_id = ${workflowId(type, firmId, id)}
      where own.firm_id = ${firmId} and own.${sql.id(`${type}_id`)} = ${id} and own.version >= ${version}`.execute(
      db,
    );
    const isBehind = rows.some((row) => row.waiting_for?.startsWith('payment/'));
    if (isBehind || (rows[0] && !['working', 'waiting'].includes(rows[0].state))) return true;
    if (performance.now() > deadline) return false;
    await pause(LOOK_EVERY_MS);
  }
}
