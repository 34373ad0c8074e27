import type { AggregateRef } from '../domain/aggregate.js';
import type { Incoming } from '../domain/progress.js';
import type { Parked, RemedyMessage } from '../domain/remedy.js';
import { isLinkAction, type Decision, type DocumentKey } from '../domain/document.js';
import type { Intent } from '../domain/intent.js';
import { placeOf } from '../domain/trust/adoption/record.js';
import { CONTRADICTION } from '../domain/snapshot.js';
import type { Queryable } from '../db/database.js';
import { lockDocument, moveRevisions, saveDecision } from '../db/document.js';
import { recordEvent } from '../db/event.js';
import { include } from '../db/exclusion.js';
import type { AggregatePort } from './port.js';

export interface TakenIn<S> {
  /** Something was taken in that makes an open question worth asking again. */
  changed: boolean;
  /** A person keeps it out, or no longer: others that wait for it have to look again. */
  frees: boolean;
  /** It was a snapshot: the row is of a newer version, and at work. */
  accepted: boolean;
  /** The snapshot, where one came that could be understood. */
  snapshot?: S;
}

const NOT_EXCLUDED = 'It is not excluded, so there is nothing to include.';
const UNCHANGED = { changed: false, frees: false, accepted: false };

/** Puts on record the snapshot and the remedies that arrived, and carries the remedies out. */
export async function takeIn<S>(
  tx: Queryable,
  port: AggregatePort<S>,
  ref: AggregateRef,
  { snapshot: sent, remedies }: Incoming<S>,
  open: Parked | undefined,
): Promise<TakenIn<S>> {
  const taken = sent === undefined ? UNCHANGED : await takeSnapshot(tx, port, ref, sent);
  let { changed, frees } = taken;
  for (const remedy of remedies) {
    if (remedy.action === 'include' && !(await include(tx, ref))) {
      await recordEvent(tx, ref, 'message-refused', { name: remedy.action, reason: NOT_EXCLUDED });
      continue;
    }
    await keepDecision(tx, ref, remedy, open);
    await port.remedy(tx, ref, remedy);
    await recordEvent(tx, ref, 'remedy', { ...remedy });
    changed = true;
    frees ||= remedy.action === 'exclude' || remedy.action === 'include';
  }
  if (frees) await moveRevisions(tx, ref);
  return { ...taken, changed, frees };
}

async function takeSnapshot<S>(
  tx: Queryable,
  port: AggregatePort<S>,
  ref: AggregateRef,
  sent: unknown,
): Promise<TakenIn<S>> {
  const refuse = (reason: string, more = {}) =>
    recordEvent(tx, ref, 'message-refused', { name: 'sync', reason, ...more });
  let snapshot: S;
  try {
    snapshot = port.parse(sent, ref);
  } catch (error) {
    await refuse(error instanceof Error ? error.message : String(error));
    return UNCHANGED;
  }
  const { version } = sent as { version?: unknown };
  const acceptance = await port.accept(tx, ref, snapshot);
  if (acceptance === 'contradiction') await refuse(CONTRADICTION, { version });
  if (typeof acceptance === 'object') await refuse(acceptance.refused, { version });
  const accepted = acceptance === 'accepted';
  return { ...UNCHANGED, changed: accepted, accepted, snapshot };
}

/** QuickBooks has to be asked, so that the write does it: what was decided is kept with the document until then. */
async function keepDecision(
  tx: Queryable,
  { firmId }: AggregateRef,
  message: RemedyMessage,
  open: Parked | undefined,
): Promise<void> {
  const { action } = message;
  if (open?.document === undefined) return;
  if (action !== 'adopt' && action !== 'reactivate' && !isLinkAction(action)) return;
  await saveDecision(tx, firmId, open.document, decisionOf({ ...message, action }, open));
}

/** The same of what was never sent, and has no row yet that it could be kept with. */
export async function keepAdoption(
  tx: Queryable,
  ref: AggregateRef,
  key: DocumentKey,
  document: Intent['document'],
  message: RemedyMessage,
  open: Parked,
): Promise<void> {
  await lockDocument(tx, ref, key, document);
  await saveDecision(tx, ref.firmId, key, decisionOf({ ...message, action: 'adopt' }, open));
}

/** What a person decided; where nothing else was named, about what stood in the way. */
function decisionOf(
  { action, qboId, confirm, by, note, ...place }: RemedyMessage & Pick<Decision, 'action'>,
  open: Parked,
): Decision {
  const meant = qboId ?? open.qboId;
  const { reference } = open;
  return {
    action,
    ...(meant !== undefined && { qboId: meant }),
    ...(meant === open.qboId && placeOf(open)),
    ...placeOf(place),
    ...(action === 'reactivate' && reference && { reference }),
    ...(confirm && { confirmed: true }),
    ...(by !== undefined && { by }),
    ...(note !== undefined && { note }),
  };
}
