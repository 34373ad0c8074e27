import type { FaultEntry } from '../../domain/fault/entry.js';
import { entryByKey } from '../../domain/fault/catalogue.js';
import type { Intent } from '../../domain/intent.js';
import { namesakeQueries } from '../../qbo/customer.js';
import { linkIn, mappingOf, queryRequest } from '../../qbo/document.js';
import { findLinked } from '../../db/document.js';
import { findFirm } from '../../db/firm.js';
import { adopt } from './adopt.js';
import { send, type Reply } from './send.js';
import { asSettlement, settle, settleRefused, type Attempt, type Settled } from './settle.js';

const TAKEN = new Set(['contact-name-taken', 'class-name-taken']);

interface Namesake {
  entity: string;
  object: Record<string, unknown>;
}

/**
 * The name of a client, matter or timekeeper is taken (6240). Looks who has it, so that a person sees it; takes it at
 * once where it is a class, or where the firm has said that name and e-mail together are enough.
 */
export async function namesake<S>(
  attempt: Attempt<S>,
  refused: Extract<Reply, { kind: 'refused' }>,
): Promise<Settled | undefined> {
  const { refusal, evidence } = refused;
  if (!TAKEN.has(refusal.entry.key)) return undefined;
  const found = await findNamesake(attempt);
  if (!found) return undefined;
  if (await isTakenUnasked(attempt, found)) {
    const settlement = {
      outcome: 'refused',
      faultKey: refusal.entry.key,
      ...asSettlement(evidence),
    } as const;
    const why = 'nothing about it is different';
    const { document_key: key, intent, realm_id: realmId } = attempt.posting;
    return await settle(attempt, settlement, (tx) =>
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

/** An active one before an inactive one, whose name is free in most companies. */
async function findNamesake<S>({ deps, ref, posting }: Attempt<S>): Promise<Namesake | undefined> {
  const { intent, realm_id: realmId, action, body } = posting;
  const own = action === 'create' ? undefined : linkIn(body).qboId;
  for (const { entity, query } of queriesFor(intent)) {
    const subject = { firmId: ref.firmId, realmId, document: intent.document, action: 'read' } as const;
    const reply = await send(deps, subject, queryRequest(query));
    if (reply.kind !== 'answered') return undefined;
    const { QueryResponse = {} } = reply.answer.json as {
      QueryResponse?: Record<string, Record<string, unknown>[]>;
    };
    const rows = (QueryResponse[entity] ?? []).filter(({ Id }) => Id !== own);
    const object = rows.find(({ Active }) => Active !== false) ?? rows[0];
    if (object) return { entity, object };
  }
  return undefined;
}

function queriesFor(intent: Intent): { entity: string; query: string }[] {
  if (intent.document === 'customer') return namesakeQueries(intent.name);
  const mapping = mappingOf(intent.document);
  return mapping.lookups(intent).map((query) => ({ entity: mapping.entity, query }));
}

async function isTakenUnasked<S>(
  { deps, ref, posting }: Attempt<S>,
  { entity, object }: Namesake,
): Promise<boolean> {
  const { intent, action, realm_id: realmId } = posting;
  const mapping = mappingOf(intent.document);
  if (action !== 'create' || entity !== mapping.entity) return false;
  if (mapping.unfit?.(intent, object) !== undefined || mapping.isSame?.(intent, object) !== true)
    return false;
  const firm = await findFirm(deps.db, ref.firmId);
  if (intent.document === 'customer' && firm?.settings.match !== 'name-and-email') return false;
  const { qboId } = mapping.read(object);
  return (await findLinked(deps.db, { realmId, qboType: entity, qboId })) === undefined;
}

function described(
  intent: Intent,
  { entity, object }: Namesake,
  entry: FaultEntry,
): { entry: FaultEntry; params: Record<string, string> } {
  const id = String(object.Id);
  const shown = { txnType: entity, txnId: id };
  const mapping = mappingOf(intent.document);
  if (entity !== mapping.entity) {
    const elsewhere = entryByKey('contact-name-elsewhere') ?? entry;
    return { entry: elsewhere, params: { ...shown, holder: entity.toLowerCase(), found: nameOf(object) } };
  }
  const isInactive = object.Active === false && intent.document === 'customer';
  return {
    entry: (isInactive && entryByKey('contact-name-inactive')) || entry,
    params: { ...shown, qboId: id, holder: entity.toLowerCase(), found: mapping.read(object).summary },
  };
}

const nameOf = ({ DisplayName, Id }: Record<string, unknown>): string =>
  `${String(DisplayName)}, id ${String(Id)}`;
