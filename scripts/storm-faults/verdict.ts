import { sql } from 'kysely';
import type { Stage } from '../storm/stage.js';
import type { Told } from './listener.js';
import { centsOf, type Life } from './life.js';
import type { Shift } from './operator.js';
import type { Played } from './play.js';
import { TROUBLES } from './trouble.js';

export interface FaultVerdict {
  posted: number;
  /** Still asked about in the end; nothing may be. */
  parked: number;
  excluded: number;
  duplicates: number;
  lost: number;
  unexplained: number;
  troubles: number;
  /** Decisions that people were asked for. */
  shown: number;
  /** Told about what heals by itself. */
  falseAlarms: number;
  latestTellingMs: number;
  /** Of all parkings, those that were found before QuickBooks was asked. */
  preflight: { parkings: number; before: number; causes: number; causesBefore: number };
  chosen: ReadonlyMap<string, number>;
  complaints: string[];
}

export interface Stormed {
  lives: readonly Life[];
  played: readonly Played[];
  shift: Shift;
  told: readonly Told[];
  /** What was shown about a bill and is none of its troubles. */
  strange: readonly string[];
}

/** What people may rightly be told of: what some trouble is, and what a remedy may lead to. */
const RIGHTLY = new Set([...TROUBLES.flatMap(({ shows }) => shows), 'record-lives']);

/** Asks QuickBooks itself for what the billing app said last. */
export async function judge(stage: Stage, storm: Stormed): Promise<FaultVerdict> {
  const { lives, played, shift, told, strange } = storm;
  const alarms = told.filter(({ cause }) => !RIGHTLY.has(cause));
  const stuck = played.flatMap((one) => one.stuck);
  const verdict: FaultVerdict = {
    ...{ posted: 0, parked: 0, excluded: 0, duplicates: 0, lost: 0 },
    unexplained: strange.length + alarms.length,
    troubles: played.reduce((sum, one) => sum + one.troubles, 0),
    shown: shift.shown.length,
    falseAlarms: alarms.length,
    latestTellingMs: Math.max(0, ...told.map(({ afterMs }) => afterMs)),
    preflight: await preflightShare(stage),
    chosen: shift.chosen,
    complaints: [
      ...strange,
      ...stuck,
      ...alarms.map(({ firmId, cause }) => `${firmId} was told of ${cause}`),
    ],
  };
  const invoices = new Map<string, Record<string, unknown>[]>();
  for (const { firmId, qbo } of stage.firms) {
    for (const invoice of await qbo.objects('Invoice')) {
      const mark = /bill\/(\S+)\/invoice/.exec(String(invoice.PrivateNote))?.[1];
      if (mark === undefined || Number(invoice.TotalAmt) === 0) continue;
      const place = `${firmId} ${mark}`;
      invoices.set(place, [...(invoices.get(place) ?? []), invoice]);
    }
    const unbalanced = await qbo.unbalanced();
    verdict.unexplained += unbalanced.length;
    verdict.complaints.push(...unbalanced.map((one) => `${firmId}: the books do not balance at ${one}`));
  }
  for (const life of lives) {
    await judgeOne(stage, life, invoices.get(`${life.ref.firmId} ${life.ref.id}`) ?? [], verdict);
  }
  return verdict;
}

async function judgeOne(
  { client }: Stage,
  life: Life,
  found: readonly Record<string, unknown>[],
  verdict: FaultVerdict,
): Promise<void> {
  const { ref, right, numbers, isExcluded } = life;
  const complain = (of: 'duplicates' | 'lost' | 'unexplained', what: string) => {
    verdict[of] += 1;
    verdict.complaints.push(`${ref.firmId} ${ref.id}: ${what}`);
  };
  if (found.length > 1) complain('duplicates', `${found.length} of them`);
  if ((await client.isSettled(ref)) !== true) {
    const { state, parked } = await client.status(ref);
    if (parked) verdict.parked += 1;
    complain('lost', `${state}, ${parked?.fault ?? 'nothing is asked'}`);
    return;
  }
  // What is kept out stays as it was before.
  if (isExcluded) {
    verdict.excluded += 1;
    return;
  }
  const [invoice] = found;
  if (!invoice) {
    complain('lost', 'it is not in QuickBooks');
    return;
  }
  const { DocNumber, TotalAmt, TxnDate } = invoice;
  const wrong = [
    ...(Math.round(Number(TotalAmt) * 100) === centsOf(right) ? [] : [`total ${String(TotalAmt)}`]),
    ...(TxnDate === right.issuedOn ? [] : [`date ${String(TxnDate)}`]),
    ...(numbers.has(String(DocNumber)) ? [] : [`number ${String(DocNumber)}`]),
  ];
  if (wrong.length > 0) complain('unexplained', `it has another ${wrong.join(', ')}`);
  else verdict.posted += 1;
}

/** What planning finds is parked without a call. */
async function preflightShare({ db, firms }: Stage): Promise<FaultVerdict['preflight']> {
  const { rows } = await sql<FaultVerdict['preflight']>`
    select count(*) as parkings, count(*) filter (where planned) as before,
      count(distinct fault_key) as causes, count(distinct fault_key) filter (where planned) as "causesBefore"
    from fault where firm_id = any(${firms.map(({ firmId }) => firmId)}::text[])`.execute(db);
  return rows[0] ?? { parkings: 0, before: 0, causes: 0, causesBefore: 0 };
}
