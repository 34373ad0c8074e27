import { defineSearchAttributeKey } from '@temporalio/common';
import { saveStuckWorkflows, type StuckWorkflow } from '../db/stuck-workflow.js';
import { stuckCause } from '../domain/stuck.js';
import { readWorkflowId } from '../workflows/messages.js';
import type { Deps } from './deps.js';

/** Temporal's own: set after several failures in a row, gone with the next success. */
const PROBLEMS = defineSearchAttributeKey('TemporalReportedProblems', 'KEYWORD_LIST');

/** More than a person would read one by one; the rest follows when these are mended. */
const MOST = 1000;

/** Puts workflows on the operator's list whose tasks Temporal reports to fail again and again, and takes mended ones off. */
export async function sweepStuck({ db, workflows, syncQueue }: Pick<Deps, 'db' | 'workflows' | 'syncQueue'>) {
  const query = `TemporalReportedProblems IS NOT NULL AND ExecutionStatus="Running" AND TaskQueue="${syncQueue}"`;
  const found: StuckWorkflow[] = [];
  for await (const { workflowId, typedSearchAttributes } of workflows.list({ query, pageSize: MOST })) {
    const ref = readWorkflowId(workflowId);
    if (ref) found.push({ ref, workflowId, problem: stuckCause(typedSearchAttributes.get(PROBLEMS) ?? []) });
    if (found.length >= MOST) break;
  }
  await db.transaction().execute((tx) => saveStuckWorkflows(tx, found));
  return { stuck: found.length };
}
