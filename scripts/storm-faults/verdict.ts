import { sql } from 'kysely';
import type { QboObject } from '../local/simulator-control.js';
import type { Stage } from '../storm/stage.js';
import { booked, readBooks, wrongOfBill, wrongOfPayment } from './book.js';
import type { Told } from './listener.js';
import { isBegun, type Item, type Life } from './life.js';
import { officeOf, type Offices } from './office.js';
import type { Shift } from './operator.js';
import type { Played } from './play.js';
import { TROUBLES } from './repertoire.js';

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
  /** Of messages in whose way no worker died. */
  latestTellingMs: number;
  latestTellingAfterKillMs: number;
  kills: number;
  /** Of all parkings, those that were found before QuickBooks was asked. */
  preflight: { parkings: number; before: number; causes: number; causesBefore: number };
  chosen: ReadonlyMap<string, number>;
  complaints: string[];
}

export interface Stormed {
  lives: readonly Life[];
  offices: Offices;
  played: readonly Played[];
  shift: Shift;
  told: readonly Told[];
  /** When a worker was killed, by `Date.now`. */
  kills: readonly number[];
  /** What was shown about a bill and is none of its troubles. */
  strange: readonly string[];
}

/** What people may rightly be told of: what some trouble is, and what a remedy may lead to. */
const RIGHTLY = new Set([
  ...TROUBLES.flatMap(({ shows, showsOfPaid = [], showsOfClient = [] }) => [
    ...shows,
    ...showsOfPaid,
    ...showsOfClient,
  ]),
  ...['record-lives', 'applied-bill-missing', 'applied-to-other-customer', 'excluded-payment-in-the-way'],
]);

const latest = (told: readonly Told[]): number => Math.max(0, ...told.map(({ afterMs }) => afterMs));

/** A dead worker's tasks are another one's only after a while. */
const DEAD_MS = 15_000;

const isBetween = (at: number, { at: toldAt, afterMs }: Told): boolean =>
  at > toldAt - afterMs - DEAD_MS && at < toldAt;

/** Asks QuickBooks itself for what the billing app said last. */
export async function judge(stage: Stage, storm: Stormed): Promise<FaultVerdict> {
  const { lives, offices, played, shift, told, kills, strange } = storm;
  const alarms = told.filter(({ cause }) => !RIGHTLY.has(cause));
  const stuck = played.flatMap((one) => one.stuck);
  const verdict: FaultVerdict = {
    ...{ posted: 0, parked: 0, excluded: 0, duplicates: 0, lost: 0 },
    unexplained: strange.length + alarms.length,
    troubles: played.reduce((sum, one) => sum + one.troubles, 0),
    shown: shift.shown.length,
    falseAlarms: alarms.length,
    latestTellingMs: latest(told.filter((one) => !kills.some((at) => isBetween(at, one)))),
    latestTellingAfterKillMs: latest(told.filter((one) => kills.some((at) => isBetween(at, one)))),
    kills: kills.length,
    preflight: await preflightShare(stage),
    chosen: shift.chosen,
    complaints: [
      ...strange,
      ...stuck,
      ...alarms.map(({ firmId, cause }) => `${firmId} was told of ${cause}`),
    ],
  };
  for (const firm of stage.firms) {
    const { firmId, qbo } = firm;
    const books = await readBooks(firm, lives);
    for (const { bill, payment } of lives.filter((life) => life.bill.firm === firm)) {
      await judgeItem(stage, bill, booked(bill, books.invoices), verdict, () =>
        wrongOfBill(bill, books, officeOf(offices, firmId)),
      );
      await judgeItem(stage, payment, booked(payment, books.payments), verdict, () =>
        wrongOfPayment(payment, books),
      );
    }
    const unbalanced = await qbo.unbalanced();
    verdict.unexplained += unbalanced.length;
    verdict.complaints.push(...unbalanced.map((one) => `${firmId}: the books do not balance at ${one}`));
  }
  return verdict;
}

async function judgeItem(
  { client }: Stage,
  { ref, isExcluded, ...item }: Item,
  found: readonly QboObject[],
  verdict: FaultVerdict,
  wrong: () => string[],
): Promise<void> {
  const complain = (of: 'duplicates' | 'lost' | 'unexplained', what: string) => {
    verdict[of] += 1;
    verdict.complaints.push(`${ref.firmId} ${ref.type} ${ref.id}: ${what}`);
  };
  if (!isBegun({ ref, isExcluded, ...item })) return;
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
  if (found.length === 0) {
    complain('lost', 'it is not in QuickBooks');
    return;
  }
  const differences = wrong();
  if (differences.length > 0) complain('unexplained', `it has another ${differences.join(', ')}`);
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
