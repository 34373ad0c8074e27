import { verifyTrustJournal } from '../../src/db/trust-journal.js';
import type { QboObject } from '../local/simulator-control.js';
import { ledgerComplaints } from '../storm/ledger.js';
import type { Rest } from '../storm/rest.js';
import type { Stage } from '../storm/stage.js';
import { summary as billSummary, type Verdict } from '../storm/verdict.js';
import type { Said } from './book.js';
import { Found, wantedEntry } from './model.js';
import { unnumbered } from './number.js';
import { wrongAdoption } from './adopt.js';
import { isAskedRightly } from './paper.js';
import type { Played } from './play.js';
import { examine } from './prefix.js';
import { reconcileAll } from './reconcile.js';
import { isUnprinted, markedBy, markOf, readBelow, type TrustFirm } from './stage.js';

export interface TrustVerdict extends Verdict {
  /** Writes of ours after which a matter was below zero in QuickBooks. */
  negative: number;
  /** Writes of ours that were looked at for it. */
  writes: number;
}

export interface TrustStorm {
  firms: readonly TrustFirm[];
  played: readonly Played[];
  /** What is not settled when all is still. */
  rest: Rest;
}

type Wrong = 'duplicates' | 'lost' | 'unexplained' | 'negative';
type Complain = (of: Wrong, what: string) => void;

/** Asks QuickBooks itself against what the billing app was told; our own tables say only what people are asked. */
export async function judge(stage: Stage, { firms, played, rest }: TrustStorm): Promise<TrustVerdict> {
  const verdict: TrustVerdict = {
    ...{ posted: 0, parked: 0, duplicates: 0, lost: 0, unexplained: 0, negative: 0 },
    writes: 0,
    complaints: [],
  };
  const complain: Complain = (of, what) => {
    verdict[of] += 1;
    verdict.complaints.push(`${of}: ${what}`);
  };
  for (const { complaints } of played) for (const what of complaints) complain('unexplained', what);
  for (const { workflowId, state, fault, cause, waitingFor } of rest.values()) {
    if (fault !== undefined) verdict.parked += 1;
    if (fault !== undefined && firms.some((firm) => isAskedRightly(firm, { workflowId, fault }))) continue;
    complain(
      fault === undefined ? 'lost' : 'unexplained',
      `${workflowId}: ${fault === undefined ? `${state}, for ${waitingFor ?? 'nothing'}` : `parked for ${fault}: ${cause ?? ''}`}`,
    );
  }
  for (const firm of firms) {
    await judgeFirm(firm, verdict, complain);
    for (const what of await unnumbered(stage, firm)) complain('unexplained', `${firm.firmId}: ${what}`);
    for (const what of await reconcileAll(stage, firm)) complain('unexplained', `${firm.firmId}: ${what}`);
    for (const what of await ledgerComplaints(firm)) complain('unexplained', `${firm.firmId}: ${what}`);
    const journal = await verifyTrustJournal(stage.db, firm.firmId);
    if (!journal.holds)
      complain('unexplained', `${firm.firmId}: the journal at ${journal.at}: ${journal.why}`);
  }
  return verdict;
}

async function judgeFirm(firm: TrustFirm, verdict: TrustVerdict, complain: Complain): Promise<void> {
  const { qbo, book } = firm;
  await readBelow(firm);
  const records = {
    JournalEntry: await qbo.objects('JournalEntry'),
    Purchase: await qbo.objects('Purchase'),
    Deposit: await qbo.objects('Deposit'),
  };
  const all = [...records.JournalEntry, ...records.Purchase];
  const entries = all.filter(({ PrivateNote }) => markOf(PrivateNote));
  const [payments, invoices] = await Promise.all([qbo.objects('Payment'), qbo.objects('Invoice')]);
  const found = new Found(firm, await qbo.objects('Customer'));
  for (const [id, said] of book.said) {
    const own = markedBy(entries, `trust/${id}/entry`);
    const adopted = firm.adopted.get(id);
    if (adopted) {
      const { meddled } = said;
      const wrong = wrongAdoption(adopted, { posted: own.length, records: records[adopted.type], meddled });
      if (wrong === undefined) verdict.posted += 1;
      else complain(own.length > 0 ? 'duplicates' : 'unexplained', `${id}: ${wrong}`);
      continue;
    }
    if (own.length > 1) complain('duplicates', `${id}: ${own.length} entries`);
    const what =
      said.meddled || isUndone(firm, said, entries) ? undefined : wrongEntry(firm, said, own[0], found);
    if (what) complain(what.of, `${id}: ${what.text}`);
    else verdict.posted += 1;
    if (said.snapshot.kind === 'fee') judgeFee(said, payments, invoices, complain);
  }
  const prefixes = examine(await qbo.commits(), firm, await qbo.calls());
  verdict.writes += prefixes.writes;
  for (const what of prefixes.negative) complain('negative', what);
  for (const what of prefixes.strange) complain('unexplained', what);
}

/**
 * A cheque that was taken back before it was printed is gone, and its reversal never came. What was printed stays, and has
 * its reversal; which of the two it is was a matter of moments.
 */
function isUndone(
  { book }: TrustFirm,
  { snapshot, reversedBy }: Said,
  entries: readonly QboObject[],
): boolean {
  const { trustTransactionId: id, kind, reverses } = snapshot;
  const [original, reversal] = kind === 'reversal' ? [reverses ?? '', id] : [id, reversedBy];
  if (reversal === undefined || book.said.get(original)?.snapshot.cheque === undefined) return false;
  return [original, reversal].every((one) => markedBy(entries, `trust/${one}/entry`).length === 0);
}

function wrongEntry(
  firm: TrustFirm,
  { snapshot, reversedBy }: Said,
  entry: QboObject | undefined,
  found: Found,
): { of: Wrong; text: string } | undefined {
  const wanted = wantedEntry(snapshot, firm);
  const there = entry && found.entry(entry, snapshot.accountId);
  if (entry && reversedBy !== undefined && isUnprinted(entry))
    return { of: 'unexplained', text: 'is taken back, and waits for the printer' };
  if (wanted === there) return undefined;
  const of = there === undefined ? 'lost' : 'unexplained';
  return { of, text: `wanted ${wanted ?? 'nothing'}, found ${there ?? 'nothing'}` };
}

/** A fee's payment is on its bill, whole; or gone, where the fee was taken back. */
function judgeFee(
  { snapshot, reversedBy }: Said,
  payments: readonly QboObject[],
  invoices: readonly QboObject[],
  complain: Complain,
): void {
  const { trustTransactionId: id, billId, amountCents } = snapshot;
  const own = markedBy(payments, `trust/${id}/payment`);
  if (own.length > 1) complain('duplicates', `${id}: ${own.length} payments`);
  const [payment] = own;
  if (reversedBy !== undefined) {
    if (payment) complain('unexplained', `${id}: taken back, and its payment is there`);
    return;
  }
  const lines = (payment?.Line ?? []) as { Amount: number; LinkedTxn: { TxnId: string }[] }[];
  const bill = invoices.find(({ PrivateNote }) => String(PrivateNote).startsWith(`bill/${billId}/invoice`));
  const applied = lines.filter(({ LinkedTxn: [on] }) => on?.TxnId === bill?.Id);
  const cents = Math.round(applied.reduce((sum, { Amount }) => sum + Amount, 0) * 100);
  if (!payment) complain('lost', `${id}: its payment of bill ${billId ?? '?'}`);
  else if (cents !== amountCents) complain('unexplained', `${id}: ${cents} on bill ${billId ?? '?'}`);
}

export const summary = (verdict: TrustVerdict): string =>
  `${billSummary(verdict)} negative ${verdict.negative}`;
