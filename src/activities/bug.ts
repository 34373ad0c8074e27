import { ApplicationFailure } from '@temporalio/common';
import type { AggregateRef } from '../domain/aggregate.js';
import { companyCause } from '../domain/company.js';
import type { Next } from '../domain/progress.js';
import type { Parked } from '../domain/remedy.js';
import { CompanyDisconnectedError } from '../qbo/oauth.js';
import { registerWaiter } from '../db/waiter.js';
import { parkCompany } from './company.js';
import type { Deps } from './deps.js';
import { isInfrastructure } from './failure.js';
import { park } from './park.js';
import type { AggregatePort } from './port.js';

/**
 * What escaped the protocol. Failures of ours and outages of Postgres go on as they are; a dead connection waits for
 * the company; anything else is a bug, and a bug about money is never retried in silence: it is parked, once.
 */
export async function escaped<S>(
  deps: Deps,
  port: AggregatePort<S>,
  ref: AggregateRef,
  workflowId: string,
  error: unknown,
): Promise<{ next: Next } | { parked: Parked }> {
  if (error instanceof ApplicationFailure || isInfrastructure(error)) throw error;
  return await deps.db.transaction().execute(async (tx) => {
    if (error instanceof CompanyDisconnectedError) {
      const { cause } = await parkCompany(tx, ref.firmId, 'connection-revoked', {
        params: { reason: error.message },
      });
      await registerWaiter(tx, { firmId: ref.firmId, causeKey: companyCause, workflowId });
      return { next: { do: 'wait', on: companyCause, why: cause } };
    }
    const reason = error instanceof Error ? error.message : String(error);
    const evidence = { stack: error instanceof Error ? error.stack : reason };
    const parked = await park(tx, port, {
      ref,
      workflowId,
      faultKey: 'internal-error',
      params: { reason },
      evidence,
    });
    return { parked };
  });
}
