import { mappingOf, objectOf, readRequest } from '../../qbo/document.js';
import { isActive } from '../../qbo/mapping.js';
import type { Removal } from '../../domain/document.js';
import { findLinked, saveRemoval } from '../../db/document.js';
import { recordEvent } from '../../db/event.js';
import { nextOf } from '../plan.js';
import { send, type Reply } from './send.js';
import { asSettlement, settle, type Attempt, type Settled } from './settle.js';

/** Refusals that say no more than that something they refer to is not there, or not active. */
const ABOUT_REFERENCES = new Set([
  'contact-inactive',
  'contact-gone',
  'reference-inactive',
  'reference-deleted',
  'reference-missing',
  'linked-object-missing',
]);

/**
 * A document was refused because its customer is inactive or gone: the customer is what a person decides about, once
 * for all that stands under it, and this document waits for it.
 */
export async function absentCustomer<S>(
  attempt: Attempt<S>,
  { refusal, evidence }: Extract<Reply, { kind: 'refused' }>,
): Promise<Settled | undefined> {
  const { deps, port, ref, workflowId, posting } = attempt;
  const { intent, realm_id: realmId } = posting;
  if (!ABOUT_REFERENCES.has(refusal.entry.key) || !('customerQboId' in intent)) return undefined;
  const { customerQboId: qboId } = intent;
  const linked = await findLinked(deps.db, { realmId, qboType: 'Customer', qboId });
  const removal = linked && (await removalOf(attempt, qboId));
  if (!removal) return undefined;
  const key = linked.document_key;
  const settlement = { outcome: 'refused', faultKey: refusal.entry.key, ...asSettlement(evidence) } as const;
  return await settle(attempt, settlement, async (tx) => {
    await saveRemoval(tx, ref.firmId, key, removal.kind, removal.syncToken);
    await recordEvent(tx, ref, 'refused', { document: posting.document_key, customer: removal.kind });
    return { next: await nextOf(tx, deps, port, ref, workflowId) };
  });
}

async function removalOf<S>(
  { deps, ref, posting }: Attempt<S>,
  qboId: string,
): Promise<{ kind: Removal; syncToken: string } | undefined> {
  const subject = {
    firmId: ref.firmId,
    realmId: posting.realm_id,
    document: 'customer',
    action: 'read',
  } as const;
  const reply = await send(deps, subject, readRequest('customer', qboId));
  if (reply.kind === 'refused' && reply.refusal.entry.key === 'contact-gone') {
    return { kind: 'deleted', syncToken: '' };
  }
  if (reply.kind !== 'answered') return undefined;
  const object = objectOf('customer', reply.answer.json);
  if (isActive(object)) return undefined;
  return { kind: 'inactive', syncToken: mappingOf('customer').read(object).syncToken };
}
