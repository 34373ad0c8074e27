import { live, trustEntryKey, type PostedDocument } from '../domain/document.js';
import type { JournalEntryIntent } from '../domain/intent.js';
import { sameJson } from '../domain/json.js';
import type { RemedyMessage } from '../domain/remedy.js';
import type { AggregateRef } from '../domain/aggregate.js';
import { fit, type Fit, type Meant } from '../domain/trust/adoption/fit.js';
import { placeOf, totalOf, type AdoptableType, type FoundRecord } from '../domain/trust/adoption/record.js';
import { isAdopted } from '../domain/trust/entry.js';
import type { TrustStep } from '../domain/trust/facts.js';
import { adoptableRequest, readAdoptable } from '../qbo/adoptable.js';
import { listNeighbours, lockAdoptedRecord, releaseLines, takeLines } from '../db/adopted-line.js';
import type { Queryable } from '../db/database.js';
import { findLinked, findPosted, forgetLink, lockDocument, saveDecision, saveLink } from '../db/document.js';
import { recordEvent } from '../db/event.js';
import { closeFault, findOpenFault } from '../db/fault.js';
import { lockTrustRecord, type TrustRecord } from '../db/trust-transaction.js';
import { deferral } from './failure.js';
import { finish, parkDecided, request, type Decided } from './posting/decided.js';
import { isGone } from './posting/send.js';
import { planAgain, type Settled } from './posting/settle.js';
import { keepAdoption } from './take-in.js';

type Adopted = PostedDocument<JournalEntryIntent & Required<Pick<JournalEntryIntent, 'adopted'>>>;

/** One that is being looked at, with all that decides whether it is the one. */
interface Looked<S> {
  decided: Decided<S>;
  intent: JournalEntryIntent;
  /** As which record it is adopted now. */
  adopted?: Adopted | undefined;
  type: AdoptableType;
  qboId: string;
}

/** What is to be adopted is put on record where the write finds it, so that it is looked at in place of being written. */
export async function intendAdoption(
  db: Queryable,
  ref: AggregateRef,
  step: TrustStep,
  enteredBy: string | undefined,
): Promise<void> {
  if (step.do !== 'write' || step.intent.document !== 'journal-entry' || !isAdopted(step.intent)) return;
  const { key, action, intent } = step;
  const { decision } = await lockDocument(db, ref, key, intent.document);
  if (decision) return;
  const { type, qboId, lines } = intent.adopted;
  const [line] = lines;
  const by = action === 'create' ? (enteredBy ?? 'billing app') : 'counterfoil';
  await saveDecision(db, ref.firmId, key, {
    action: 'adopt',
    qboId,
    ...placeOf({ qboType: type, ...(line && { qboLine: line }) }),
    by,
  });
}

/** Also of what was never sent. */
export async function adoptEntry(db: Queryable, ref: AggregateRef, message: RemedyMessage): Promise<void> {
  const key = trustEntryKey(ref.id);
  const open = await findOpenFault(db, ref);
  if (open?.document !== key) return;
  await keepAdoption(db, ref, key, 'journal-entry', message, open);
}

/** Takes a record that somebody has entered in QuickBooks for the entry of a transaction; undefined for all else. */
export async function decideAdoption<S>(decided: Decided<S>): Promise<Settled | undefined> {
  const { deps, ref, key, intent, decision } = decided;
  if (key !== trustEntryKey(ref.id) || intent.document !== 'journal-entry') return undefined;
  const posted = live(await findPosted(deps.db, ref.firmId, key));
  const adopted = posted && isAdoptedDocument(posted) ? posted : undefined;
  if (decision.action === 'recreate') return adopted && (await letGo(decided, adopted));
  if (decision.action !== 'adopt' || decision.qboId === undefined) return undefined;
  const { qboId, qboType } = decision;
  const type = qboType ?? adopted?.intent.adopted.type ?? 'JournalEntry';
  return await look({ decided, intent, adopted, type, qboId });
}

const isAdoptedDocument = (posted: PostedDocument): posted is Adopted =>
  posted.intent.document === 'journal-entry' && isAdopted(posted.intent);

/** One read, and then the link, or a person is asked. */
async function look<S>(looked: Looked<S>): Promise<Settled | undefined> {
  const { decided, intent, type, qboId } = looked;
  const { deps, ref } = decided;
  const reply = await request(decided, 'read', adoptableRequest(type, qboId));
  await deps.checkpoint?.('answered');
  if (reply.kind === 'refused') {
    const { entry, params } = reply.refusal;
    return await unfit(looked, [isGone(reply) ? NOT_THERE : (params.reason ?? entry.title)]);
  }
  const record = readAdoptable(type, reply.answer.json);
  // Our own write, whose answer was lost, is taken as that of any other document.
  if (record.mark === intent.mark && !looked.adopted) return undefined;
  const known = await lockTrustRecord(deps.db, ref.firmId, ref.id);
  const evidence = { body: JSON.stringify(reply.answer.json) };
  if (!known?.account) return await unfit(looked, ['its trust account is not set up'], evidence);
  const meant = meantOf(looked, known, known.account.bankAccountId);
  const fitting = fit(meant, record, await listNeighbours(deps.db, linkOf(looked), decided.key));
  if ('unfit' in fitting) return await unfit(looked, fitting.unfit, evidence);
  const others = await ofOthers(looked, known, fitting);
  if (others.length > 0) return await unfit(looked, others, evidence);
  if (fitting.renamed.length > 0 && decided.decision.confirmed !== true) {
    const differences = fitting.renamed.map(({ text }) => text).join('; ');
    const params = { ...placed(looked), found: record.summary, differences, confirm: 'yes' };
    return await parkDecided(decided, 'trust-adopt-renamed', params, evidence);
  }
  return await finish(decided, (tx) => take(tx, looked, record, { meant, fitting }));
}

const NOT_THERE = 'QuickBooks has no such record';

/** Where it is, for who looks at it and for who names it again. */
function placed<S>({ decided, type, qboId }: Looked<S>): Record<string, string> {
  const { qboLine } = decided.decision;
  return { qboId, qboType: type, ...(qboLine !== undefined && { qboLine }), txnType: type, txnId: qboId };
}

const linkOf = <S>({ decided, type, qboId }: Looked<S>) => ({
  realmId: decided.company.realm_id,
  qboType: type,
  qboId,
});

async function unfit<S>(
  looked: Looked<S>,
  reasons: readonly string[],
  evidence: Record<string, unknown> = {},
): Promise<Settled> {
  const { decided, adopted, qboId, type } = looked;
  const isOwn = adopted?.qboId === qboId;
  const params = { ...placed(looked), record: `${type} ${qboId}`, differences: reasons.join('; ') };
  return await parkDecided(decided, isOwn ? 'trust-adopted-changed' : 'trust-adopt-unfit', params, evidence);
}

function meantOf<S>({ decided, intent }: Looked<S>, known: TrustRecord, bankAccountId: string): Meant {
  const { qboLine: line } = decided.decision;
  const names = Object.values(known.documents).flatMap(({ qboId, intent: of }) =>
    of.document === 'customer' ? [[qboId, of.name] as const] : [],
  );
  return {
    intent,
    bankAccountId,
    names: Object.fromEntries(names),
    homeCurrency: known.profile.homeCurrency,
    ...(line !== undefined && { line }),
  };
}

/** Money in the name of another client of the firm is never this one's, whatever a person says. */
async function ofOthers<S>(
  { decided }: Looked<S>,
  { desired }: TrustRecord,
  { renamed }: Exclude<Fit, { unfit: string[] }>,
): Promise<string[]> {
  const { db } = decided.deps;
  const contactOf = async (qboId: string | undefined): Promise<string | undefined> => {
    if (qboId === undefined) return desired.client.clientId;
    const link = { realmId: decided.company.realm_id, qboType: 'Customer', qboId };
    return (await findLinked(db, link))?.aggregate_id;
  };
  const found = await Promise.all(
    renamed.map(async ({ meantQboId, customerQboId, text }) => {
      const holder = await contactOf(customerQboId);
      const isOther = holder !== undefined && holder !== (await contactOf(meantQboId));
      return isOther ? [`${text}, who is another client of the firm`] : [];
    }),
  );
  return found.flat();
}

/** Under the record's lock: link, lines and ledger together. Nothing is taken whose money is not there. */
async function take<S>(
  tx: Queryable,
  looked: Looked<S>,
  record: FoundRecord,
  { meant, fitting }: { meant: Meant; fitting: Exclude<Fit, { unfit: string[] }> },
): Promise<Settled> {
  const { decided, intent, adopted, type, qboId } = looked;
  const { port, ref, key, decision, posting } = decided;
  const { firmId } = ref;
  const link = linkOf(looked);
  await lockAdoptedRecord(tx, link, totalOf(record));
  if (!sameJson(fit(meant, record, await listNeighbours(tx, link, key)), fitting)) {
    throw deferral('Another transaction was adopted as a part of the same record meanwhile.', 1);
  }
  if (!posting && !adopted) {
    await saveDecision(tx, firmId, key, decision);
    const step = await port.plan(tx, ref);
    if (step?.do !== 'write') return await planAgain(tx, decided);
    // Its money is in the ledgers as a newer version says it, which came while QuickBooks was asked.
    if (!sameJson(step.intent, intent)) throw deferral('What it is adopted for was said anew meanwhile.', 1);
  }
  const { taken, lines, renamed } = fitting;
  const [first] = lines;
  // Both sides of a transfer are its own, and the money is counted once.
  const cents = (index: number) => (index === 0 ? (first?.amountCents ?? 0) : 0);
  await takeLines(
    tx,
    link,
    { firmId, key },
    taken.map((line, index) => ({ line, cents: cents(index) })),
  );
  const { number = '', syncToken, summary } = record;
  const held = { ...intent, number, lines, adopted: { type, qboId, lines: taken } };
  const [qboLine] = taken;
  await saveLink(tx, firmId, key, held, { ...link, syncToken, ...(qboLine && { qboLine }) });
  await port.adopted?.(tx, ref, key);
  const { by, note } = decision;
  const what = { document: key, qboId, qboType: type, lines: taken, seen: summary, by, note };
  const differences = renamed.map(({ text }) => text);
  const isNew = adopted?.qboId !== qboId;
  await recordEvent(tx, ref, isNew ? 'adopted' : 'link', {
    ...what,
    action: 'adopt',
    ...(differences.length > 0 && { differences }),
  });
  await closeFault(tx, ref, { by: 'counterfoil', why: 'adopted' });
  return await planAgain(tx, decided);
}

/** It is posted anew only where nothing of it is in the books: QuickBooks is asked first. */
async function letGo<S>(decided: Decided<S>, { intent, qboId }: Adopted): Promise<Settled> {
  const { ref, key, decision } = decided;
  const { type, lines } = intent.adopted;
  const [qboLine] = lines;
  const reply = await request(decided, 'read', adoptableRequest(type, qboId));
  if (reply.kind === 'refused' && !isGone(reply)) {
    return await parkDecided(decided, reply.refusal.entry.key, reply.refusal.params);
  }
  const record = reply.kind === 'answered' ? readAdoptable(type, reply.answer.json) : undefined;
  if (record && !record.isVoided) {
    const place = placeOf({ qboType: type, ...(qboLine && { qboLine }) });
    const params = { qboId, ...place, found: record.summary, txnType: type, txnId: qboId };
    return await parkDecided(decided, 'record-lives', params);
  }
  return await finish(decided, async (tx) => {
    await releaseLines(tx, ref.firmId, key);
    await forgetLink(tx, ref.firmId, key);
    const { action, by, note } = decision;
    const found = record ? 'voided' : 'deleted';
    await recordEvent(tx, ref, 'link', { document: key, qboId, found, action, by, note });
    return await planAgain(tx, decided);
  });
}
