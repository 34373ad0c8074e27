import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { TrustTransactionSnapshot } from '../domain/trust-transaction.js';
import { openDesk } from './desk.js';
import { beginning, planning, writing } from './effects.js';
import { syncTrustTransaction, type AggregateInput } from './messages.js';
import { drain } from './remediation.js';

/** The life of one movement of client money: the only writer of it in QuickBooks. */
export async function trustTransaction({ firmId, id, carried, begins }: AggregateInput): Promise<void> {
  const desk = openDesk<TrustTransactionSnapshot>(syncTrustTransaction, carried);
  const { workflowId } = workflowInfo();
  await drain(desk, {
    ...(begins && {
      begin: (incoming) => beginning(firmId).beginTrustTransaction({ firmId, id, workflowId, incoming }),
    }),
    advance: (incoming) =>
      planning((local) => local.advanceTrustTransaction({ firmId, id, workflowId, incoming })),
    write: (route) => writing(firmId, route).writeTrustTransaction({ firmId, id, workflowId }),
    again: (kept) => continueAsNew<typeof trustTransaction>({ firmId, id, carried: kept }),
  });
}
