import type { QboObject } from '../local/simulator-control.js';
import type { Played } from './play.js';
import { rest } from './play.js';
import type { Stage } from './stage.js';

export interface Verdict {
  posted: number;
  parked: number;
  duplicates: number;
  lost: number;
  unexplained: number;
  /** What is wrong, a sentence each. */
  complaints: string[];
}

/** Asks QuickBooks itself, bill by bill, against what the billing app said last; our own tables are not believed. */
export async function judge(stage: Stage, played: readonly Played[]): Promise<Verdict> {
  const verdict: Verdict = { posted: 0, parked: 0, duplicates: 0, lost: 0, unexplained: 0, complaints: [] };
  // First everything comes to rest: what was posted after QuickBooks was asked would look lost.
  const resting = await Promise.all(
    played.map(async (life) => ({ life, status: await rest(stage, life.ref) })),
  );
  for (const firm of stage.firms) {
    const invoices = byMark(await firm.qbo.objects('Invoice'));
    for (const { life, status } of resting.filter((one) => one.life.firm === firm)) {
      judgeBill(life, status, invoices.get(`bill/${life.ref.id}/invoice`) ?? [], verdict);
    }
    for (const transaction of await firm.qbo.unbalanced()) {
      verdict.unexplained += 1;
      verdict.complaints.push(`${firm.firmId}: the books do not balance at ${transaction}`);
    }
  }
  return verdict;
}

/** A voided one says so before the mark. */
function byMark(invoices: readonly QboObject[]): Map<string, QboObject[]> {
  const found = new Map<string, QboObject[]>();
  for (const invoice of invoices) {
    const mark = /bill\/\S+\/invoice$/.exec(String(invoice.PrivateNote))?.[0] ?? '';
    found.set(mark, [...(found.get(mark) ?? []), invoice]);
  }
  return found;
}

function judgeBill(
  { ref, wanted, explained }: Played,
  status: Awaited<ReturnType<typeof rest>>,
  invoices: readonly QboObject[],
  verdict: Verdict,
): void {
  const complain = (of: 'duplicates' | 'lost' | 'unexplained', what: string) => {
    verdict[of] += 1;
    verdict.complaints.push(`${ref.firmId} ${ref.id}: ${what}`);
  };
  if (invoices.length > 1) complain('duplicates', `${invoices.length} invoices`);
  if (status === 'no answer') {
    complain('lost', 'nobody answers for it');
    return;
  }
  if (status !== undefined) {
    const { state, parked, waitingFor } = status;
    if (state !== 'needs-attention') complain('lost', `neither posted nor parked: ${waitingFor ?? state}`);
    else if (explained.has(parked?.fault ?? '')) verdict.parked += 1;
    else complain('unexplained', `parked for ${parked?.fault ?? 'nothing'}: ${parked?.cause ?? ''}`);
    return;
  }
  const [invoice] = invoices;
  const found = invoice === undefined ? 'nothing' : describe(invoice);
  const void_ = wanted.state === 'void';
  if (void_ ? invoice === undefined || Number(invoice.TotalAmt) === 0 : found === wish(wanted)) {
    verdict.posted += 1;
  } else if (!void_ && invoice === undefined) complain('lost', `wanted ${wish(wanted)}`);
  else complain('unexplained', `wanted ${void_ ? 'nothing' : wish(wanted)}, found ${found}`);
}

/** Computed from what was said, not by the code that posts it. */
const wish = ({ number, issuedOn, lines }: Played['wanted']): string => {
  const cents = lines.reduce((sum, { amountCents }) => sum + amountCents, 0);
  return `${number} of ${issuedOn} for ${(cents / 100).toFixed(2)} in ${lines.length} lines`;
};

function describe({ DocNumber, TxnDate, TotalAmt, Line }: QboObject): string {
  const lines = (Line as { DetailType: string }[]).filter(
    ({ DetailType }) => DetailType === 'SalesItemLineDetail',
  );
  return `${String(DocNumber)} of ${String(TxnDate)} for ${Number(TotalAmt).toFixed(2)} in ${lines.length} lines`;
}

export const summary = ({ posted, parked, duplicates, lost, unexplained }: Verdict): string =>
  `posted ${posted} parked ${parked} duplicates ${duplicates} lost ${lost} unexplained ${unexplained}`;
