import { sql } from 'kysely';
import type { AggregateRef } from '../domain/aggregate.js';
import type { Queryable } from './database.js';

export interface StuckWorkflow {
  ref: AggregateRef;
  workflowId: string;
  /** A sentence for a person. */
  problem: string;
}

/** Makes these the ones that are known, in the caller's transaction: since when each is stuck stays as it was. */
export async function saveStuckWorkflows(db: Queryable, found: readonly StuckWorkflow[]): Promise<void> {
  const ids = found.map(({ workflowId }) => workflowId);
  await sql`delete from stuck_workflow where workflow_id <> all(${ids}::text[])`.execute(db);
  if (found.length === 0) return;
  await db
    .insertInto('stuck_workflow')
    .values(
      found.map(({ ref, workflowId, problem }) => ({
        workflow_id: workflowId,
        firm_id: ref.firmId,
        aggregate_type: ref.type,
        aggregate_id: ref.id,
        problem,
      })),
    )
    .onConflict((conflict) => conflict.column('workflow_id').doUpdateSet({ problem: sql`excluded.problem` }))
    .execute();
}
