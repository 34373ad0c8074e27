import { chequeProblem } from '../domain/trust/printing.js';
import type { Removal } from '../domain/document.js';
import {
  cheque as mapping,
  chequeNumber,
  chequesRequest,
  isPrinted,
  numberedRequest,
  sharing,
} from '../qbo/cheque.js';
import { objectOf, readRequest, rowsOf } from '../qbo/document.js';
import type { QboRequest } from '../qbo/client.js';
import { removalIn } from '../qbo/mapping.js';
import {
  listFirmsWithCheques,
  listWaitingCheques,
  lockCheque,
  markLooked,
  publishNumber,
  saveChequeNews,
  savePrinted,
  type WaitingCheque,
} from '../db/cheque.js';
import { findCompany, type Connection } from '../db/company.js';
import { saveRemoval } from '../db/document.js';
import { recordEvent } from '../db/event.js';
import { isGone, send, type Reply } from './posting/send.js';
import { releasePosted, rouse } from './release.js';
import type { Deps } from './deps.js';

type Row = Record<string, unknown>;

/** Of one firm in one question. */
const MOST = 100;

/**
 * Asks QuickBooks what has become of the cheques that wait for their numbers, seldom, for reads are metered: one question
 * for each firm that has such a cheque, and another one when numbers are back, for who else has them.
 */
export async function readCheques(deps: Deps): Promise<void> {
  for (const firmId of await listFirmsWithCheques(deps.db, deps.timing.chequeRecheckMs)) {
    const company = await findCompany(deps.db, firmId);
    if (company) await readFirm(deps, company);
  }
}

async function readFirm(deps: Deps, company: Connection): Promise<void> {
  const { firm_id: firmId } = company;
  const waiting = await listWaitingCheques(deps.db, firmId, MOST);
  if (waiting.length === 0) return;
  // Before the answer: whoever does not answer is not asked again at once.
  await markLooked(
    deps.db,
    firmId,
    waiting.map(({ trustTransactionId }) => trustTransactionId),
  );
  const rows = await rowsFor(deps, company, chequesRequest(waiting.map(({ qboId }) => qboId)));
  if (!rows) return;
  const numbers = rows.flatMap((row) => chequeNumber(row) ?? []);
  const numbered = numbers.length === 0 ? [] : await rowsFor(deps, company, numberedRequest(numbers));
  if (!numbered) return;
  for (const cheque of waiting) {
    const row = rows.find(({ Id }) => Id === cheque.qboId) ?? (await missing(deps, company, cheque));
    if (row) await takeIn(deps, firmId, cheque, row, numbered);
  }
}

/** A query that does not show it proves nothing: it is asked for by its id. */
async function missing(deps: Deps, company: Connection, { qboId }: WaitingCheque): Promise<Row | undefined> {
  const reply = await ask(deps, company, readRequest('cheque', qboId));
  if (reply.kind === 'refused' && isGone(reply)) return { Id: qboId, status: 'Deleted' };
  return reply.kind === 'answered' ? objectOf('cheque', reply.answer.json) : undefined;
}

async function rowsFor(deps: Deps, company: Connection, request: QboRequest): Promise<Row[] | undefined> {
  const reply = await ask(deps, company, request);
  if (reply.kind === 'answered') return rowsOf('cheque', reply.answer.json);
  deps.log.warn({ firmId: company.firm_id }, 'cheques could not be read');
  return undefined;
}

const ask = (
  deps: Deps,
  { firm_id: firmId, realm_id: realmId }: Connection,
  request: QboRequest,
): Promise<Reply> => send(deps, { firmId, realmId, document: 'cheque', action: 'read' }, request);

/** One transaction; then whoever has to know looks again: its own workflow, and who waits for it. */
async function takeIn(
  deps: Deps,
  firmId: string,
  cheque: WaitingCheque,
  row: Row,
  numbered: readonly Row[],
): Promise<void> {
  const ref = { firmId, type: 'trustTransaction', id: cheque.trustTransactionId } as const;
  const removal = removalIn(row);
  const isNews = await deps.db.transaction().execute(async (tx) => {
    // Written by ourselves since it was read, or about to be: what was read says nothing then.
    if (!(await lockCheque(tx, firmId, cheque))) return false;
    return removal === undefined
      ? await keep(tx, deps, firmId, cheque, row, numbered)
      : await remove(tx, ref, cheque, row, removal);
  });
  await releasePosted(deps, ref);
  if (isNews) await rouse(deps, ref, cheque.key);
}

type Tx = Parameters<typeof saveChequeNews>[0];
type Ref = Parameters<typeof recordEvent>[1];

async function remove(
  tx: Tx,
  ref: Ref,
  { key, qboId }: WaitingCheque,
  row: Row,
  removal: Removal,
): Promise<true> {
  await saveRemoval(tx, ref.firmId, key, removal, mapping.read(row).syncToken);
  await recordEvent(tx, ref, 'link', { document: key, qboId, found: removal });
  return true;
}

/** True when it is for a person now and was not, or the other way round. */
async function keep(
  tx: Tx,
  { timing }: Pick<Deps, 'timing'>,
  firmId: string,
  cheque: WaitingCheque,
  row: Row,
  numbered: readonly Row[],
): Promise<boolean> {
  const { trustTransactionId: id, intent } = cheque;
  const number = chequeNumber(row);
  const seen = {
    isPrinted: isPrinted(row),
    number,
    differences: mapping.differences(intent, row),
    sameNumber: sharing(row, numbered),
  };
  const trouble = chequeProblem(seen, cheque, timing.chequeNumberMs);
  if (seen.isPrinted) await savePrinted(tx, firmId, id, tokenIn(cheque, row));
  await saveChequeNews(tx, firmId, id, { ...seen, trouble });
  if (number !== undefined && number !== cheque.number) {
    await publishNumber(tx, { firmId, type: 'trustTransaction', id }, number);
  }
  return trouble?.fault !== cheque.trouble;
}

/** Taken over only where nothing of ours is otherwise, so that our next write does not undo what nobody has looked at. */
function tokenIn({ intent }: WaitingCheque, row: Row): string | undefined {
  const printed = { ...intent, printed: true } as const;
  return mapping.allDifferences(printed, row).length === 0 ? mapping.read(row).syncToken : undefined;
}
