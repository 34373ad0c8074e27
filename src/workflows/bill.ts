import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { BillSnapshot } from '../domain/bill.js';
import { openDesk } from './desk.js';
import { beginning, planning, writing } from './effects.js';
import { syncBill, type AggregateInput } from './messages.js';
import { drain } from './remediation.js';

/** The life of one bill: recorded, planned, written to QuickBooks document by document, parked where a person is needed. */
export async function bill({ firmId, id, carried, begins }: AggregateInput): Promise<void> {
  const desk = openDesk<BillSnapshot>(syncBill, carried);
  const { workflowId } = workflowInfo();
  await drain(desk, {
    ...(begins && {
      begin: (incoming) => beginning(firmId).beginBill({ firmId, id, workflowId, incoming }),
    }),
    advance: (incoming) => planning((local) => local.advanceBill({ firmId, id, workflowId, incoming })),
    write: (route) => writing(firmId, route).writeBill({ firmId, id, workflowId }),
    again: (kept) => continueAsNew<typeof bill>({ firmId, id, carried: kept }),
  });
}
