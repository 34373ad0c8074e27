import { lockDocument } from '../../db/document.js';
import { recordEvent } from '../../db/event.js';
import { findRivalPosting } from '../../db/posting.js';
import { registerWaiter } from '../../db/waiter.js';
import { nextOf } from '../plan.js';
import type { Reply } from './send.js';
import { asSettlement, settle, type Attempt, type Settled } from './settle.js';

/**
 * More applied than is open, while another payment or credit of ours was on its way to the same invoice: neither could
 * know of the other. The one that came late looks again when the other is settled; then there is room, or its plan says
 * what it has to wait for.
 */
export async function settleCrowded<S>(
  attempt: Attempt<S>,
  { refusal, evidence }: Extract<Reply, { kind: 'refused' }>,
): Promise<Settled | undefined> {
  const { deps, port, ref, workflowId, posting } = attempt;
  const { intent } = posting;
  const { key: faultKey } = refusal.entry;
  if (faultKey !== 'over-applied' || !('allocations' in intent)) return undefined;
  const invoiceKeys = intent.allocations.map(({ invoiceKey }) => invoiceKey);
  const rival = await findRivalPosting(deps.db, posting, invoiceKeys);
  if (!rival) return undefined;
  const settlement = { outcome: 'refused', faultKey, ...asSettlement(evidence) } as const;
  return await settle(attempt, settlement, async (tx) => {
    await recordEvent(tx, ref, 'refused', { document: posting.document_key, fault: faultKey });
    const of = { firmId: ref.firmId, type: rival.type, id: rival.id };
    const { revision } = await lockDocument(tx, of, rival.key, rival.document);
    // Settled since it was looked for: what it has done is among the facts now.
    if (revision > rival.revision) return { next: await nextOf(tx, deps, port, ref, workflowId) };
    // As if not even this revision had been seen: what is refused moves none, and then the sweep has it look again.
    await registerWaiter(tx, {
      firmId: ref.firmId,
      causeKey: rival.key,
      workflowId,
      seenRevision: revision - 1,
    });
    await port.save(tx, ref, 'waiting');
    const why = `Waiting for ${rival.type} ${rival.id}, which was on its way to the same invoice, to be settled.`;
    return { next: { do: 'wait', on: rival.key, why } };
  });
}
