import { usedBy, usesRequest } from '../../qbo/application.js';
import { mappingOf, rowsOf } from '../../qbo/document.js';
import { lockDocument, saveLink } from '../../db/document.js';
import { ask } from './look.js';
import { planAgain, settleAnswer, settleNo, type Attempt, type Refused, type Settled } from './settle.js';

/**
 * A company may let QuickBooks use credits by itself, and then it was quicker than we. Its use of our credit memo is
 * taken over where it is the right one; else each is put on record as one too many of ours, and planned away first.
 */
export async function settleUse<S>(attempt: Attempt<S>, refused: Refused): Promise<Settled | undefined> {
  const { ref, posting } = attempt;
  const { intent, action } = posting;
  if (intent.document !== 'application' || action !== 'create') return undefined;
  const reply = await ask(attempt, usesRequest(intent));
  if (reply.kind !== 'answered') return undefined;
  const uses = rowsOf(intent.document, reply.answer.json).filter((row) => usedBy(intent, row));
  const [only, ...more] = uses;
  if (!only) return undefined;
  const mapping = mappingOf(intent.document);
  if (more.length === 0 && mapping.differences(intent, only).length === 0) {
    return await settleAnswer(attempt, only, { body: JSON.stringify(only) });
  }
  return await settleNo(attempt, refused, async (tx) => {
    for (const row of uses) {
      const { qboId, syncToken } = mapping.read(row);
      // No id of a credit note holds this sign.
      const key = posting.document_key.replace(/[^/]+$/, `~${qboId}`);
      const link = { realmId: posting.realm_id, qboType: mapping.entity, qboId, syncToken };
      await lockDocument(tx, ref, key, intent.document);
      await saveLink(tx, ref.firmId, key, { ...intent, allocations: [], mark: key }, link);
    }
    return await planAgain(tx, attempt);
  });
}
