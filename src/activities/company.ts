import type { AggregateRef } from '../domain/aggregate.js';
import { companyCause, companyRef } from '../domain/company.js';
import type { Incoming, Next } from '../domain/progress.js';
import { findCompany } from '../db/company.js';
import type { Queryable } from '../db/database.js';
import { recordEvent } from '../db/event.js';
import { closeFault, findOpenFault, footingOf } from '../db/fault.js';
import { lockFirm } from '../db/firm.js';
import type { Standing } from '../db/standing.js';
import { signalWithStart } from '../start.js';
import { released, workflowId } from '../workflows/messages.js';
import type { Deps } from './deps.js';
import { park } from './park.js';
import type { AdvanceInput } from './port.js';
import { releaseWaiters } from './release.js';

export const companyPort = {
  remedies: ['retry', 'reconnect'] as const,
  name: () => Promise.resolve({ document: 'the connection to QuickBooks', client: '' }),
  save: () => Promise.resolve(),
};

const OUTAGE = 'qbo-unreachable';

/** Takes back what people were told of an outage; it has healed by itself. */
export async function endOutage(deps: Deps, firmId: string): Promise<void> {
  const closed = await closeFault(
    deps.db,
    companyRef(firmId),
    { by: 'counterfoil', why: 'QuickBooks answers again' },
    OUTAGE,
  );
  if (closed) await wakeCompany(deps, firmId);
}

/**
 * What keeps the whole company from posting, in a person's words; undefined when nothing does. The standing was found
 * in the same transaction and has locked the cause, so that a waiter registered in it cannot miss its being lifted.
 */
export async function standingInTheWay(
  tx: Queryable,
  firmId: string,
  { status, fault, cause }: Standing,
): Promise<string | undefined> {
  // An outage that people were told of stops nobody: it is by trying that its end is noticed.
  if (cause !== null && fault !== OUTAGE) return cause;
  if (status === 'connected') return undefined;
  // A connection that is being made at this instant holds the lock, and is seen once it is through.
  await lockFirm(tx, firmId);
  const company = await findCompany(tx, firmId);
  if (company?.status === 'connected') return undefined;
  const parked = await parkCompany(tx, firmId, company ? 'company-disconnected' : 'not-connected', {});
  return parked.cause;
}

/** Parks the company once: who comes second finds the first one's row. */
export async function parkCompany(
  tx: Queryable,
  firmId: string,
  faultKey: string,
  more: { params?: Record<string, string>; postingId?: number; evidence?: Record<string, unknown> },
) {
  await lockFirm(tx, firmId);
  const ref = companyRef(firmId);
  const open = await findOpenFault(tx, ref);
  // One that was tried again, and still holds, is put on record as such.
  if (open && !(await footingOf(tx, open)).trying) return open;
  const workflow = workflowId('company', firmId, ref.id);
  return await park(tx, companyPort, { params: {}, ...more, ref, workflowId: workflow, faultKey });
}

/** Starts, or reminds, the workflow that holds the company's open fault, or lets go of who waited behind it. */
export async function wakeCompany(
  deps: Pick<Deps, 'workflows' | 'syncQueue'>,
  firmId: string,
): Promise<void> {
  await signalWithStart(deps.workflows, deps.syncQueue, {
    ref: companyRef(firmId),
    signal: released,
    message: { key: companyCause },
    priority: 'interactive',
    summary: `QuickBooks company of ${firmId}`,
  });
}

/** Keeps the company parked until its fault is closed, by a remedy or otherwise; then wakes all that waited for it. */
export async function advanceCompany(
  deps: Deps,
  { firmId, incoming }: AdvanceInput & { incoming: Incoming<never> },
): Promise<Next> {
  const ref = companyRef(firmId);
  const next = await deps.db.transaction().execute(async (tx): Promise<Next> => {
    for (const refused of incoming.refused) await recordEvent(tx, ref, 'message-refused', { ...refused });
    if (incoming.onlyRecord) return { do: 'nothing' };
    const open = await findOpenFault(tx, ref);
    const remedy = incoming.remedies.at(-1);
    if (open && !remedy) return { do: 'park', parked: open };
    if (remedy) await lift(tx, ref, { ...remedy });
    return { do: 'nothing' };
  });
  if (next.do === 'nothing' && !incoming.onlyRecord) await releaseWaiters(deps, firmId, companyCause);
  return next;
}

async function lift(tx: Queryable, ref: AggregateRef, by: Record<string, unknown>): Promise<void> {
  await closeFault(tx, ref, by);
  await recordEvent(tx, ref, 'remedy', by);
}
