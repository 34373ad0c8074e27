import { lockDocument } from '../../db/document.js';
import { findRivalPosting, listRivals, type RivalPosting } from '../../db/rival.js';
import { registerWaiter } from '../../db/waiter.js';
import { parkPosting, planAgain, settleNo, type Attempt, type Refused, type Settled } from './settle.js';

/**
 * More applied than is open, and others of ours lie on the same invoice: it is for a person, and is looked at again as
 * soon as one of those is changed.
 */
async function parkBehind<S>(
  attempt: Attempt<S>,
  refused: Refused,
  rivals: readonly RivalPosting[],
): Promise<Settled> {
  const { ref, workflowId } = attempt;
  const { refusal, evidence } = refused;
  return await settleNo(attempt, refused, async (tx) => {
    for (const { key: causeKey, revision: seenRevision } of rivals)
      await registerWaiter(tx, { firmId: ref.firmId, causeKey, workflowId, seenRevision });
    return { parked: await parkPosting(tx, attempt, refusal.entry.key, refusal.params, evidence, true) };
  });
}

/**
 * More applied than is open, while another payment or credit of ours was on its way to the same invoice: neither could
 * know of the other. The one that came late looks again when the other is settled; then there is room, or its plan says
 * what it has to wait for.
 */
export async function settleCrowded<S>(attempt: Attempt<S>, refused: Refused): Promise<Settled | undefined> {
  const { deps, port, ref, workflowId, posting } = attempt;
  const { intent } = posting;
  if (refused.refusal.entry.key !== 'over-applied' || !('allocations' in intent)) return undefined;
  const invoiceKeys = intent.allocations.map(({ invoiceKey }) => invoiceKey);
  const rival = await findRivalPosting(deps.db, posting, invoiceKeys);
  if (!rival) {
    const posted = await listRivals(deps.db, posting, invoiceKeys);
    return posted.length === 0 ? undefined : await parkBehind(attempt, refused, posted);
  }
  return await settleNo(attempt, refused, async (tx) => {
    const of = { firmId: ref.firmId, type: rival.type, id: rival.id };
    const { revision } = await lockDocument(tx, of, rival.key, rival.document);
    // Settled since it was looked for: what it has done is among the facts now.
    if (revision > rival.revision) return await planAgain(tx, attempt);
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
