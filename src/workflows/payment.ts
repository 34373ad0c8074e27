import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { PaymentSnapshot } from '../domain/payment.js';
import { openDesk } from './desk.js';
import { beginning, planning, writing } from './effects.js';
import { syncPayment, type AggregateInput } from './messages.js';
import { drain } from './remediation.js';

/** The life of one payment: the only writer of it in QuickBooks, whichever bills it pays. */
export async function payment({ firmId, id, carried, begins }: AggregateInput): Promise<void> {
  const desk = openDesk<PaymentSnapshot>(syncPayment, carried);
  const { workflowId } = workflowInfo();
  await drain(desk, {
    ...(begins && {
      begin: (incoming) => beginning(firmId).beginPayment({ firmId, id, workflowId, incoming }),
    }),
    advance: (incoming) => planning((local) => local.advancePayment({ firmId, id, workflowId, incoming })),
    write: (route) => writing(firmId, route).writePayment({ firmId, id, workflowId }),
    again: (kept) => continueAsNew<typeof payment>({ firmId, id, carried: kept }),
  });
}
