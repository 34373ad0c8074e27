import { mappingOf, readRequest } from '../../qbo/document.js';
import type { CreditMemoIntent, Intent } from '../../domain/intent.js';
import { findLinked } from '../../db/document.js';
import { park } from '../park.js';
import { ask } from './look.js';
import { isGone } from './send.js';
import { settleNo, type Attempt, type Refused, type Settled } from './settle.js';

/** Refusals that say no more than that something is not there. */
const ABOUT_LINKS = new Set(['reference-deleted', 'reference-missing', 'linked-object-missing']);

/**
 * The use of a credit was refused because the credit memo or an invoice is gone. Both are of the same bill: a person is
 * asked about what is gone, at the cost of a read for each.
 */
export async function absentLink<S>(attempt: Attempt<S>, refused: Refused): Promise<Settled | undefined> {
  const { deps, port, ref, workflowId, posting } = attempt;
  const { intent, realm_id: realmId } = posting;
  if (intent.document !== 'application' || !ABOUT_LINKS.has(refused.refusal.entry.key)) return undefined;
  const linked = [
    { document: 'credit-memo', qboId: intent.creditQboId } as const,
    ...intent.allocations.map((one) => ({ document: 'invoice', qboId: one.invoiceQboId }) as const),
  ];
  for (const { document, qboId } of linked) {
    const reply = await ask(attempt, readRequest(document, qboId), document);
    if (reply.kind !== 'refused' || !isGone(reply)) continue;
    const { entity } = mappingOf(document);
    const row = await findLinked(deps.db, { realmId, qboType: entity, qboId });
    if (!row) continue;
    const parking = {
      ...{ ref, workflowId, entity, realmId },
      faultKey: 'document-deleted',
      params: nameOf(row.intent),
      document: row.document_key,
      postingId: posting.posting_id,
      evidence: { ...refused.evidence },
    };
    return await settleNo(attempt, refused, async (tx) => ({ parked: await park(tx, port, parking) }));
  }
  return undefined;
}

/** A credit has a number of its own; an invoice goes by the bill's name. */
function nameOf(intent: Intent | null): Record<string, string> {
  if (intent?.document !== 'credit-memo') return {};
  return { document: `${KIND[intent.kind]} ${intent.number}`.trim() };
}

const KIND: Record<CreditMemoIntent['kind'], string> = {
  credit: 'credit note',
  'write-off': 'write-off',
  'bad-debt': 'bad debt',
  counter: 'credit memo',
};
