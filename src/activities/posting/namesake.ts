import type { FaultEntry } from '../../domain/fault/entry.js';
import { entryByKey } from '../../domain/fault/catalogue.js';
import type { Intent } from '../../domain/intent.js';
import { linkIn, mappingOf } from '../../qbo/document.js';
import { queryRequest } from '../../qbo/query.js';
import { namesakeIn, namesakeQueries, type Namesake } from '../../qbo/namesake.js';
import { findLinked } from '../../db/document.js';
import { findFirm } from '../../db/firm.js';
import { adopt } from './adopt.js';
import { ask } from './look.js';
import { asNo, settle, settleRefused, type Attempt, type Refused, type Settled } from './settle.js';

const TAKEN = new Set(['contact-name-taken', 'class-name-taken', 'payee-name-taken', 'account-name-taken']);

/**
 * The name of a client, matter, payee or timekeeper is taken (6240). Looks who has it, so that a person sees it; takes it
 * at once where it is a class or a vendor, or where the firm has said that name and e-mail together are enough.
 */
export async function namesake<S>(attempt: Attempt<S>, refused: Refused): Promise<Settled | undefined> {
  const { refusal, evidence } = refused;
  if (!TAKEN.has(refusal.entry.key)) return undefined;
  const found = await findNamesake(attempt);
  if (!found) return undefined;
  if (await isTakenUnasked(attempt, found)) {
    const why = 'nothing about it is different';
    const { document_key: key, intent, realm_id: realmId } = attempt.posting;
    return await settle(attempt, asNo(refused), (tx) =>
      adopt(tx, {
        ...attempt,
        key,
        intent,
        realmId,
        object: found.object,
        record: { by: 'counterfoil', why },
      }),
    );
  }
  const { entry, params } = described(attempt.posting.intent, found, refusal.entry);
  return await settleRefused(attempt, { entry, params: { ...refusal.params, ...params } }, evidence);
}

async function findNamesake<S>(attempt: Attempt<S>): Promise<Namesake | undefined> {
  const { intent, action, body } = attempt.posting;
  const own = action === 'create' ? undefined : linkIn(body).qboId;
  for (const { entity, query } of namesakeQueries(intent)) {
    const reply = await ask(attempt, queryRequest(query));
    if (reply.kind !== 'answered') return undefined;
    const found = namesakeIn(entity, reply.answer.json, own);
    if (found) return found;
  }
  return undefined;
}

async function isTakenUnasked<S>(
  { deps, ref, posting }: Attempt<S>,
  { entity, qboId, object }: Namesake,
): Promise<boolean> {
  const { intent, action, realm_id: realmId } = posting;
  const mapping = mappingOf(intent.document);
  if (action !== 'create' || entity !== mapping.entity) return false;
  if (mapping.unfit?.(intent, object) !== undefined || mapping.isSame?.(intent, object) !== true)
    return false;
  const firm = await findFirm(deps.db, ref.firmId);
  if (intent.document === 'customer' && firm?.settings.match !== 'name-and-email') return false;
  return (await findLinked(deps.db, { realmId, qboType: entity, qboId })) === undefined;
}

function described(
  intent: Intent,
  { entity, qboId, name, isActive, object }: Namesake,
  entry: FaultEntry,
): { entry: FaultEntry; params: Record<string, string> } {
  const shown = { txnType: entity, txnId: qboId, holder: entity.toLowerCase() };
  const mapping = mappingOf(intent.document);
  const whose = intent.document === 'vendor' ? 'payee' : 'contact';
  if (entity !== mapping.entity) {
    const elsewhere = entryByKey(`${whose}-name-elsewhere`) ?? entry;
    return { entry: elsewhere, params: { ...shown, found: `${name}, id ${qboId}` } };
  }
  const inactive =
    isActive || ['class', 'account'].includes(intent.document)
      ? undefined
      : entryByKey(`${whose}-name-inactive`);
  return { entry: inactive ?? entry, params: { ...shown, qboId, found: mapping.read(object).summary } };
}
