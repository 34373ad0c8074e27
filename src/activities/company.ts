import type { AggregateRef } from '../domain/aggregate.js';
import { companyCause, companyRef } from '../domain/company.js';
import type { Incoming, Next } from '../domain/progress.js';
import { findCompany } from '../db/company.js';
import type { Queryable } from '../db/database.js';
import { recordEvent } from '../db/event.js';
import { closeFault, findOpenFault } from '../db/fault.js';
import { lockFirm } from '../db/firm.js';
import { signalWithStart } from '../start.js';
import { syncCompany, workflowId, type CompanyNotice } from '../workflows/messages.js';
import type { Deps } from './deps.js';
import { park } from './park.js';
import type { AdvanceInput } from './port.js';
import { releaseWaiters } from './release.js';

export const companyPort = {
  remedies: ['retry', 'reconnect'] as const,
  name: () => Promise.resolve({ document: 'the connection to QuickBooks', client: '' }),
  save: () => Promise.resolve(),
};

/**
 * What keeps the whole company from posting, in a person's words; undefined when nothing does. Locks the cause, so
 * that a waiter registered in the same transaction cannot miss its being lifted.
 */
export async function standingInTheWay(tx: Queryable, firmId: string): Promise<string | undefined> {
  const ref = companyRef(firmId);
  const open = await findOpenFault(tx, ref);
  if (open) return open.cause;
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
  if (open) return open;
  const workflow = workflowId('company', firmId, ref.id);
  return await park(tx, companyPort, { params: {}, ...more, ref, workflowId: workflow, faultKey });
}

/** Starts, or reminds, the workflow that holds the company's open fault. */
export async function wakeCompany(
  deps: Pick<Deps, 'workflows' | 'syncQueue'>,
  firmId: string,
  reconnected = false,
) {
  const notice: CompanyNotice = { version: Date.now(), ...(reconnected && { reconnected }) };
  await signalWithStart(deps.workflows, deps.syncQueue, {
    ref: companyRef(firmId),
    signal: syncCompany,
    message: notice,
    priority: 'interactive',
    summary: `QuickBooks company of ${firmId}`,
  });
}

/** Keeps the company parked until a remedy or a new connection lifts the fault, then wakes all that waited for it. */
export async function advanceCompany(
  deps: Deps,
  { firmId, incoming }: AdvanceInput & { incoming: Incoming<CompanyNotice> },
): Promise<Next> {
  const ref = companyRef(firmId);
  const next = await deps.db.transaction().execute(async (tx): Promise<Next> => {
    for (const refused of incoming.refused) await recordEvent(tx, ref, 'message-refused', { ...refused });
    if (incoming.onlyRecord) return { do: 'nothing' };
    const open = await findOpenFault(tx, ref);
    if (!open) return { do: 'nothing' };
    const remedy = incoming.remedies.at(-1);
    if (!remedy && !incoming.snapshot?.reconnected) return { do: 'park', parked: open };
    await lift(tx, ref, remedy ? { ...remedy } : { by: 'counterfoil', why: 'connected again' });
    return { do: 'nothing' };
  });
  if (next.do === 'nothing') await releaseWaiters(deps, firmId, companyCause);
  return next;
}

async function lift(tx: Queryable, ref: AggregateRef, by: Record<string, unknown>): Promise<void> {
  await closeFault(tx, ref, by);
  await recordEvent(tx, ref, 'remedy', by);
}
