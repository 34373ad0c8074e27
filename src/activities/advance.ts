import type { AggregateRef } from '../domain/aggregate.js';
import { companyCause } from '../domain/company.js';
import { entryByKey } from '../domain/fault/catalogue.js';
import type { Incoming, Next } from '../domain/progress.js';
import type { Foreign, Step } from '../domain/document.js';
import { sameJson } from '../domain/json.js';
import type { Parked, RemedyMessage } from '../domain/remedy.js';
import { CONTRADICTION } from '../domain/snapshot.js';
import { expireProfile, isProfileDue } from '../db/company.js';
import type { Queryable } from '../db/database.js';
import { lockDocument, saveDecision } from '../db/document.js';
import { recordEvent } from '../db/event.js';
import { closeFault, findOpenFault, isPlanned } from '../db/fault.js';
import { hasUnsettled } from '../db/posting.js';
import { registerWaiter } from '../db/waiter.js';
import { escaped } from './bug.js';
import { standingInTheWay, wakeCompany } from './company.js';
import type { Deps } from './deps.js';
import { park } from './park.js';
import type { AdvanceInput, AggregatePort } from './port.js';

/** Puts on record what came in and plans what is next; a bug on the way is parked for a person to see. */
export async function advance<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  input: AdvanceInput & { incoming: Incoming<S> },
): Promise<Next> {
  try {
    return await recordAndPlan(deps, port, ref, input);
  } catch (error) {
    const outcome = await escaped(deps, port, ref, input.workflowId, error);
    return 'parked' in outcome ? { do: 'park', parked: outcome.parked } : outcome.next;
  }
}

/** One transaction, so that a crash leaves either all of it or nothing. */
async function recordAndPlan<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  { workflowId, incoming }: AdvanceInput & { incoming: Incoming<S> },
): Promise<Next> {
  let heard: S | undefined;
  const next = await deps.db.transaction().execute(async (tx) => {
    for (const refused of incoming.refused) await recordEvent(tx, ref, 'message-refused', { ...refused });
    if (incoming.onlyRecord) return { do: 'nothing' } satisfies Next;
    const open = await findOpenFault(tx, ref);
    const { changed, snapshot } = await takeIn(tx, port, ref, incoming, open);
    heard = snapshot;
    // Only news reopens the question: the same snapshot sent again must not post what was refused.
    if (open && !changed && !(await isLifted(tx, port, ref, workflowId, open))) {
      return { do: 'park', parked: open } satisfies Next;
    }
    if (open) {
      await closeFault(tx, ref, changed ? closedBy(incoming.remedies) : LIFTED);
      if (entryByKey(open.fault)?.readsProfile) await expireProfile(tx, ref.firmId, new Date(open.since));
    }
    return await nextOf(tx, deps, port, ref, workflowId);
  });
  await wakeOthers(deps, port, ref, next);
  if (heard !== undefined) await port.heard?.(deps, ref, heard, next);
  await deps.checkpoint?.('advanced');
  return next;
}

const LIFTED = { by: 'counterfoil', why: 'it is no longer so' };

/** What planning found, planning may take back: a bill that was too small for its payment has grown. */
async function isLifted<S>(
  tx: Queryable,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
  open: Parked,
): Promise<boolean> {
  if (!(await isPlanned(tx, open))) return false;
  const step = await port.plan(tx, ref);
  if (step?.do !== 'park' || step.fault !== open.fault) return true;
  return step.until !== undefined && !(await registerBehind(tx, port, ref, workflowId, step, step.until));
}

/**
 * Registers behind a document of another aggregate, unless planning finds another step under the lock that its writer
 * needs too: so no release can fall between.
 */
async function registerBehind<S>(
  tx: Queryable,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
  step: Step,
  { on, document, of }: Foreign,
): Promise<boolean> {
  const { firmId } = ref;
  const { revision } = await lockDocument(tx, { firmId, ...of }, on, document);
  if (revision > 0 && !sameJson(await port.plan(tx, ref), step)) return false;
  await registerWaiter(tx, { firmId, causeKey: on, workflowId, seenRevision: revision });
  return true;
}

/** `changed`: something was taken in that makes an open question worth asking again. */
async function takeIn<S>(
  tx: Queryable,
  port: AggregatePort<S>,
  ref: AggregateRef,
  incoming: Incoming<S>,
  open: Parked | undefined,
) {
  let changed = false;
  let snapshot: S | undefined;
  if (incoming.snapshot !== undefined) {
    const read = parse(port, ref, incoming.snapshot);
    if ('snapshot' in read) snapshot = read.snapshot;
    const acceptance = 'snapshot' in read ? await port.accept(tx, ref, read.snapshot) : 'refused';
    changed = acceptance === 'accepted';
    if (acceptance === 'accepted')
      await recordEvent(tx, ref, 'accepted', { version: versionOf(incoming.snapshot) });
    if ('refused' in read)
      await recordEvent(tx, ref, 'message-refused', { name: 'sync', reason: read.refused });
    if (acceptance === 'contradiction') {
      const reason = CONTRADICTION;
      await recordEvent(tx, ref, 'message-refused', {
        name: 'sync',
        reason,
        version: versionOf(incoming.snapshot),
      });
    }
  }
  for (const remedy of incoming.remedies) {
    if (remedy.action === 'adopt' || remedy.action === 'reactivate') await decide(tx, ref, remedy, open);
    await port.remedy(tx, ref, remedy);
    await recordEvent(tx, ref, 'remedy', { ...remedy });
    changed = true;
  }
  return { changed, snapshot };
}

/** QuickBooks has to be asked, so that the write does it: what was decided is kept with the document until then. */
async function decide(
  tx: Queryable,
  { firmId }: AggregateRef,
  { action, qboId, confirm, by, note }: RemedyMessage,
  open: Parked | undefined,
) {
  if (open?.document === undefined || (action !== 'adopt' && action !== 'reactivate')) return;
  const meant = qboId ?? open.qboId;
  await saveDecision(tx, firmId, open.document, {
    action,
    ...(meant !== undefined && { qboId: meant }),
    ...(confirm && { confirmed: true }),
    ...(by !== undefined && { by }),
    ...(note !== undefined && { note }),
  });
}

const versionOf = (snapshot: unknown): unknown => (snapshot as { version?: unknown }).version;

function parse<S>(port: AggregatePort<S>, ref: AggregateRef, snapshot: unknown) {
  try {
    return { snapshot: port.parse(snapshot, ref) };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

function closedBy(remedies: readonly RemedyMessage[]): Record<string, unknown> {
  const remedy = remedies.at(-1);
  return remedy ? { ...remedy } : { by: 'billing app', why: 'a newer snapshot' };
}

/** Plans within the caller's transaction, and registers or parks where something stands in the way. */
export async function nextOf<S>(
  tx: Queryable,
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
): Promise<Next> {
  const step = await port.plan(tx, ref);
  const excluded = step?.do === 'nothing' && step.excluded === true;
  // A write with an unknown outcome comes before any plan: until it is settled nothing else is written.
  if (!excluded && (await hasUnsettled(tx, ref))) return await writable(tx, deps, port, ref, workflowId, '');
  switch (step?.do) {
    case undefined:
      return { do: 'nothing' };
    case 'nothing':
      if (step.skipped !== undefined) {
        await recordEvent(tx, ref, 'skipped', { why: step.skipped });
        await port.save(tx, ref, 'skipped');
        return { do: 'nothing' };
      }
      await port.save(tx, ref, step.excluded ? 'excluded' : 'posted');
      return { do: 'nothing' };
    case 'park': {
      const held = step.needsCompany && (await waitForCompany(tx, port, ref, workflowId));
      if (held) return held;
      // The write reads it and plans again; what still stands in the way then is parked there.
      if (step.readsProfile && (await isProfileDue(tx, ref.firmId))) {
        return await writable(tx, deps, port, ref, workflowId, '');
      }
      if (step.until && !(await registerBehind(tx, port, ref, workflowId, step, step.until))) {
        return await nextOf(tx, deps, port, ref, workflowId);
      }
      const { fault: faultKey, params, on: document } = step;
      const about = document === undefined ? {} : { document };
      const parking = { ref, workflowId, faultKey, params, ...about, planned: true };
      return { do: 'park', parked: await park(tx, port, parking) };
    }
    case 'wait': {
      if (!(await registerBehind(tx, port, ref, workflowId, step, step))) {
        return await nextOf(tx, deps, port, ref, workflowId);
      }
      await port.save(tx, ref, 'waiting');
      return { do: 'wait', on: step.on, why: `Waiting for ${step.why}.` };
    }
    case 'write':
      return await writable(tx, deps, port, ref, workflowId, step.key);
  }
}

async function writable<S>(
  tx: Queryable,
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
  key: string,
): Promise<Next> {
  const held = await waitForCompany(tx, port, ref, workflowId);
  if (held) return held;
  await port.save(tx, ref, 'working');
  return { do: 'write', key, route: deps.route };
}

async function waitForCompany<S>(
  tx: Queryable,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
): Promise<Next | undefined> {
  const cause = await standingInTheWay(tx, ref.firmId);
  if (cause === undefined) return undefined;
  await registerWaiter(tx, { firmId: ref.firmId, causeKey: companyCause, workflowId });
  await port.save(tx, ref, 'waiting');
  return { do: 'wait', on: companyCause, why: cause };
}

/** After the commit: a crash before this is made good by the retry, which finds the same thing in the way. */
export async function wakeOthers<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  next: Next,
): Promise<void> {
  if (next.do !== 'wait') return;
  if (next.on === companyCause) await wakeCompany(deps, ref.firmId);
  else await port.wake?.(deps, ref, next.on);
}
