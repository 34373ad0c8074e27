import { mappingOf, objectOf, readRequest } from '../../qbo/document.js';
import { isActive } from '../../qbo/mapping.js';
import type { Removal } from '../../domain/document.js';
import type { ChequeIntent, Intent } from '../../domain/intent.js';
import type { Queryable } from '../../db/database.js';
import { findLinked, saveRemoval } from '../../db/document.js';
import { ask } from './look.js';
import { isGone } from './send.js';
import { planAgain, settleNo, type Attempt, type Refused, type Settled } from './settle.js';

/** Refusals that say no more than that something they refer to is not there, or not active. */
const ABOUT_REFERENCES = new Set([
  'class-missing',
  'contact-inactive',
  'contact-gone',
  'reference-inactive',
  'reference-deleted',
  'reference-missing',
  'linked-object-missing',
]);

/**
 * A document was refused because its customer, its payee, or the class of one of its timekeepers, is inactive or gone:
 * that is what a person decides about, once for all that goes by it, and this document waits for it.
 */
export async function absentName<S>(attempt: Attempt<S>, refused: Refused): Promise<Settled | undefined> {
  const { deps, ref, posting } = attempt;
  if (!ABOUT_REFERENCES.has(refused.refusal.entry.key)) return undefined;
  for (const { document, qboType, qboId } of namesOf(posting.intent)) {
    const linked = await findLinked(deps.db, { realmId: posting.realm_id, qboType, qboId });
    const removal = linked && (await removalOf(attempt, document, qboId));
    if (!removal) continue;
    const key = linked.document_key;
    const isSo = async (tx: Queryable): Promise<Settled> => {
      await saveRemoval(tx, ref.firmId, key, removal.kind, removal.syncToken);
      return await planAgain(tx, attempt);
    };
    return await settleNo(attempt, refused, isSo, { [document]: removal.kind });
  }
  return undefined;
}

interface Name {
  document: 'customer' | 'vendor' | 'class';
  qboType: string;
  qboId: string;
}

function namesOf(intent: Intent): Name[] {
  const customer =
    'customerQboId' in intent
      ? [{ document: 'customer', qboType: 'Customer', qboId: intent.customerQboId } as const]
      : [];
  const payees = intent.document === 'cheque' ? onCheque(intent) : [];
  const lines = intent.document === 'invoice' ? intent.lines : [];
  const classes = new Set(lines.flatMap(({ classQboId }) => classQboId ?? []));
  return [
    ...customer,
    ...payees,
    ...[...classes].map((qboId) => ({ document: 'class', qboType: 'Class', qboId }) as const),
  ];
}

const onCheque = ({ payee, lines }: ChequeIntent): Name[] => [
  { ...payee, qboType: mappingOf(payee.document).entity },
  ...lines.flatMap(({ customerQboId: qboId }) =>
    qboId === undefined ? [] : [{ document: 'customer', qboType: 'Customer', qboId } as const],
  ),
];

async function removalOf<S>(
  attempt: Attempt<S>,
  document: Name['document'],
  qboId: string,
): Promise<{ kind: Removal; syncToken: string } | undefined> {
  const reply = await ask(attempt, readRequest(document, qboId), document);
  if (reply.kind === 'refused' && isGone(reply)) return { kind: 'deleted', syncToken: '' };
  if (reply.kind !== 'answered') return undefined;
  const object = objectOf(document, reply.answer.json);
  if (isActive(object)) return undefined;
  return { kind: 'inactive', syncToken: mappingOf(document).read(object).syncToken };
}
