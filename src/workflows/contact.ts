import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { ContactSnapshot } from '../domain/contact.js';
import { openDesk } from './desk.js';
import { beginning, planning, writing } from './effects.js';
import { syncContact, type AggregateInput } from './messages.js';
import { drain } from './remediation.js';

/** The life of one client of the firm: the only writer of its customer in QuickBooks. */
export async function contact({ firmId, id, carried, begins }: AggregateInput): Promise<void> {
  const desk = openDesk<ContactSnapshot>(syncContact, carried);
  const { workflowId } = workflowInfo();
  await drain(desk, {
    ...(begins && {
      begin: (incoming) => beginning(firmId).beginContact({ firmId, id, workflowId, incoming }),
    }),
    advance: (incoming) => planning((local) => local.advanceContact({ firmId, id, workflowId, incoming })),
    write: (route) => writing(firmId, route).writeContact({ firmId, id, workflowId }),
    again: (kept) => continueAsNew<typeof contact>({ firmId, id, carried: kept }),
  });
}
