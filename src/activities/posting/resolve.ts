import { entryByKey } from '../../domain/fault/catalogue.js';
import { mappingOf } from '../../qbo/document.js';
import { findPosted, saveSyncToken } from '../../db/document.js';
import { countInVain } from '../../db/posting.js';
import { deferral } from '../failure.js';
import { ask, look } from './look.js';
import { refuse } from './refuse.js';
import { changesIn } from './unlinked.js';
import {
  leaveToCompany,
  parkUnknown,
  settleAbsent,
  settleAnswer,
  settleRefused,
  type Attempt,
  type Refusal,
  type Refused,
  type Settled,
} from './settle.js';
import { unknown } from './unknown.js';

/** Somebody changed the document in QuickBooks since our last write (5010). */
export const STALE = 'changed-in-quickbooks';

/** Finds out by looking what an earlier send did, before anything is sent or a person is told. */
export async function resolve<S>(attempt: Attempt<S>, refused?: Refused): Promise<Settled> {
  if (refused?.refusal.entry.scope === 'company') return await unanswerable(attempt, refused);
  const found = await look(attempt);
  switch (found.kind) {
    case 'found':
      return await settleAnswer(attempt, found.object, { body: JSON.stringify(found.object) });
    case 'gone':
      // What was to be changed was deleted by somebody: whether it shall come back is for a person to say.
      return await settleRefused(attempt, asDeleted(found.reply.refusal), found.reply.evidence);
    case 'near':
      return await parkUnknown(attempt, { found: found.summary }, { body: JSON.stringify(found.object) });
    case 'changed':
      return await settleChanged(attempt, found.object, found.differences, refused);
    case 'absent':
      untilAbsenceCounts(attempt);
      if (!refused) return await settleAbsent(attempt, 'QuickBooks was asked and has no such document.');
      return (
        (await again(attempt, refused)) ?? (await anew(attempt, refused)) ?? (await refuse(attempt, refused))
      );
    case 'unanswered':
      if (found.reply.kind === 'unknown') throw await unknown(attempt, found.reply);
      return await unanswerable(attempt, found.reply);
  }
}

/** Asked for the record itself, "not found" can only mean that. */
const asDeleted = (refusal: Refusal): Refusal =>
  refusal.entry.key === 'linked-object-missing'
    ? { ...refusal, entry: entryByKey('document-deleted') ?? refusal.entry }
    : refusal;

/** So often in a row it may be called stale without being it; then somebody has it open. */
const TIMES_IN_VAIN = 3;

/** Called stale, and what it holds is what we left: it is sent anew, for nobody has changed anything. */
async function again<S>(attempt: Attempt<S>, { refusal }: Refused): Promise<Settled | undefined> {
  const { key } = refusal.entry;
  if (key !== STALE || attempt.posting.action === 'create') return undefined;
  if ((await countInVain(attempt.deps.db, attempt.posting, key)) >= TIMES_IN_VAIN) return undefined;
  return await settleAbsent(attempt, 'QuickBooks called it stale, and it is as we left it.', key);
}

/**
 * QuickBooks says to a replay what it said at first, and between the two was the time that absence takes to count: what it
 * was refused for may be mended by now. Nothing of it is under way any more, so that the next send is a new one.
 */
async function anew<S>(attempt: Attempt<S>, { refusal }: Refused): Promise<Settled | undefined> {
  if (!attempt.earlier?.unansweredAt) return undefined;
  return await settleAbsent(attempt, 'It did not arrive when it was sent first.', refusal.entry.key);
}

/** QuickBooks will not even say what it has: nothing is concluded from that about the earlier send. */
async function unanswerable<S>(attempt: Attempt<S>, { refusal, evidence }: Refused): Promise<Settled> {
  if (refusal.entry.scope === 'company') return await leaveToCompany(attempt, refusal, evidence);
  return await parkUnknown(attempt, refusal.params, evidence);
}

/** A send without an answer may still be under way over there; then absence means nothing yet. */
function untilAbsenceCounts<S>({ deps, earlier }: Attempt<S>): void {
  const sentAt = earlier?.unansweredAt;
  if (!sentAt) return;
  const waitMs = deps.timing.absenceMs - (Date.now() - sentAt.getTime());
  if (waitMs > 0)
    throw deferral('Not in QuickBooks yet; it is looked for again before anything is sent.', waitMs);
}

/** An update met a change that is not ours. Where our own fields stand as we left them, ours goes on top. */
async function settleChanged<S>(
  attempt: Attempt<S>,
  object: Record<string, unknown>,
  differences: string[],
  refused?: Refused,
): Promise<Settled> {
  const { deps, port, ref, posting } = attempt;
  const mapping = mappingOf(posting.intent.document);
  const posted = await findPosted(deps.db, ref.firmId, posting.document_key);
  const changes =
    posted &&
    (await changesIn(posted, object, async (...asked) => {
      const reply = await ask(attempt, ...asked);
      if (reply.kind === 'unknown') throw await unknown(attempt, reply);
      return reply;
    }));
  if (changes?.length === 0) {
    await saveSyncToken(deps.db, ref.firmId, posting.document_key, mapping.read(object).syncToken);
    return await settleAbsent(attempt, 'Changed in QuickBooks outside our fields; ours goes on top.');
  }
  const { document_key: key } = posting;
  if (await deps.db.transaction().execute(async (tx) => await port.seen?.(tx, ref, key, object))) {
    return await settleAbsent(attempt, 'Changed in QuickBooks in a way that has its own place here.');
  }
  const entry = refused?.refusal.entry ?? entryByKey(STALE);
  if (!entry) throw new Error('The catalogue has no entry for a change in QuickBooks.');
  const params = { ...refused?.refusal.params, differences: differences.join('; ') };
  return await settleRefused(attempt, { entry, params }, { body: JSON.stringify(object) });
}
