import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { isDatabaseAway } from '../db/away.js';
import { FAILURE, type Outage } from '../domain/progress.js';
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import type { Parked } from '../domain/remedy.js';

/** The only maker of ApplicationFailure outside workflows. Details stay below 2 KiB: the server drops larger ones. */

/** A person has to decide. The failure's type is the fault's key, which is what the Temporal UI shows. */
export function faultFailure(parked: Parked): ApplicationFailure {
  return ApplicationFailure.create({
    type: parked.fault,
    message: parked.cause,
    nonRetryable: true,
    details: [parked],
  });
}

/** Not our turn yet. Costs no attempt budget, because there is none, and is no failure to any metric. */
export function deferral(why: string, retryAfterMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: FAILURE.deferred,
    message: why,
    nextRetryDelay: Math.max(1, Math.round(retryAfterMs)),
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** QuickBooks is away. Within the fast phase Temporal retries; after it the workflow is told and goes on slowly. */
export function outageFailure(outage: Outage, fast: boolean): ApplicationFailure {
  return ApplicationFailure.create({
    type: FAILURE.outage,
    message: outage.why,
    nonRetryable: !fast,
    details: [outage],
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** Our own Postgres or Temporal is away: retried until it is back, nothing is lost meanwhile. */
export function infrastructureFailure(error: unknown): ApplicationFailure {
  const message = error instanceof Error ? error.message : String(error);
  return ApplicationFailure.create({ type: FAILURE.infrastructure, message });
}

/** True for an error that says that Temporal or Postgres is away or shutting down, not that a statement was wrong. */
export function isInfrastructure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isGrpcServiceError(error) || error instanceof ServiceError) return true;
  return isDatabaseAway(error) || (error instanceof AggregateError && error.errors.some(isInfrastructure));
}
