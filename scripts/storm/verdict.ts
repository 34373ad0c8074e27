import type { BillSnapshot } from '../../src/domain/bill.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import type { ConnectedFirm } from '../local/office.js';
import { nameOf, type Clients } from './client.js';
import { ledgerComplaints } from './ledger.js';
import { byMark, foundBill, foundPayment, wantedBill, wantedPayment, type ByMark } from './model.js';
import type { Played } from './play.js';
import { rootOf, type Open, type Rest } from './rest.js';
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

export interface Storm {
  played: readonly Played[];
  clients: Clients;
  /** What is not settled when all is still. */
  rest: Rest;
  /** Those that the firms had in the course of it. */
  prefixes: readonly string[];
}

/** One bill or payment: what was said of it last, what QuickBooks holds of it, and how it rests. */
interface Case {
  id: string;
  /** Undefined where nothing of it shall be in the books. */
  wanted: string | undefined;
  found: string | undefined;
  open: Open | undefined;
}

type Wrong = 'duplicates' | 'lost' | 'unexplained';

/** Asks QuickBooks itself against what the billing app said last; our own tables say only what people are asked. */
export async function judge({ firms }: Stage, storm: Storm): Promise<Verdict> {
  const verdict: Verdict = { posted: 0, parked: 0, duplicates: 0, lost: 0, unexplained: 0, complaints: [] };
  const complain = (of: Wrong, what: string) => {
    verdict[of] += 1;
    verdict.complaints.push(`${of}: ${what}`);
  };
  for (const firm of firms) {
    const objects = byMark(await markable(firm));
    for (const [mark, found] of objects) {
      if (found.length > 1) complain('duplicates', `${firm.firmId}: ${found.length} of ${mark}`);
    }
    for (const life of storm.played.filter((one) => one.firm === firm)) {
      judgeLife(life, storm, objects, verdict, complain);
    }
    judgeClients(firm, storm, objects, complain);
    for (const what of await ledgerComplaints(firm)) complain('unexplained', `${firm.firmId}: ${what}`);
  }
  judgeOthers(storm, complain);
  return verdict;
}

async function markable({ qbo }: ConnectedFirm) {
  const kinds = ['Invoice', 'CreditMemo', 'Payment', 'Customer'];
  return (await Promise.all(kinds.map((kind) => qbo.objects(kind)))).flat();
}

function judgeLife(
  { firm, bills, payments, explained }: Played,
  { rest, prefixes }: Storm,
  objects: ByMark,
  verdict: Verdict,
  complain: (of: Wrong, what: string) => void,
): void {
  const idOf = (type: string, id: string) => `${type}:${firm.firmId}:${id}`;
  const ofBill = (bill: BillSnapshot): Case => ({
    id: idOf('bill', bill.billId),
    wanted: wantedBill(bill, payments),
    found: foundBill(bill.billId, objects, prefixes),
    open: rest.get(idOf('bill', bill.billId)),
  });
  const ofPayment = (payment: PaymentSnapshot): Case => ({
    id: idOf('payment', payment.paymentId),
    wanted: wantedPayment(payment),
    found: foundPayment(payment.paymentId, objects),
    open: rest.get(idOf('payment', payment.paymentId)),
  });
  const cases = [...bills.map(ofBill), ...payments.map(ofPayment)];
  // Something was done to it behind our back, which a person is being asked about: the others show it, too.
  const isAsked = cases.some(({ open }) => explained.has(open?.fault ?? ''));
  for (const { id, wanted, found, open } of cases) {
    const root = open && rootOf(rest, open);
    if (open?.fault !== undefined && !explained.has(open.fault)) {
      complain('unexplained', `${id}: parked for ${open.fault}: ${open.cause ?? ''}`);
    } else if (open && !root) {
      complain('lost', `${id}: ${open.state}, for ${open.waitingFor ?? 'nothing'}`);
    } else if (open || (isAsked && wanted !== found)) verdict.parked += 1;
    else if (wanted === found) verdict.posted += 1;
    else {
      const of = found === undefined ? 'lost' : 'unexplained';
      complain(of, `${id}: wanted ${wanted ?? 'nothing'}, found ${found ?? 'nothing'}`);
    }
  }
}

/**
 * Every client under the name that it has by now. One that came in a snapshot which was overtaken before it was taken in
 * does not count: at least the newest that stands in the last word about a bill does.
 */
function judgeClients(
  { firmId }: ConnectedFirm,
  { clients, played }: Storm,
  objects: ByMark,
  complain: (of: Wrong, what: string) => void,
): void {
  const lastWords = played
    .filter(({ firm }) => firm.firmId === firmId)
    .flatMap(({ bills, payments }) => [...bills, ...payments].map(({ client }) => client));
  for (const [clientId, newest] of clients.versionsOf(firmId)) {
    const said = lastWords.filter((client) => client.clientId === clientId).map(({ version }) => version);
    const least = Math.max(1, ...said);
    const names = Array.from({ length: newest - least + 1 }, (_none, more) => nameOf(clientId, least + more));
    const found = objects.get(`contact/${clientId}/customer`)?.at(0)?.DisplayName as string | undefined;
    // A client whose only bill was void from the beginning is never brought there.
    if (found !== undefined && !names.includes(found)) {
      complain('unexplained', `${firmId}: client ${clientId} shall be ${names.join(' or ')}, found ${found}`);
    }
  }
}

/** Clients and companies: nothing that happens here gives a reason to ask about them. */
function judgeOthers({ rest }: Storm, complain: (of: Wrong, what: string) => void): void {
  for (const one of rest.values()) {
    if (/^(bill|payment):/.test(one.workflowId)) continue;
    if (one.fault === undefined) complain('lost', `${one.workflowId}: ${one.state}`);
    else complain('unexplained', `${one.workflowId}: parked for ${one.fault}: ${one.cause ?? ''}`);
  }
}

export const summary = ({ posted, parked, duplicates, lost, unexplained }: Verdict): string =>
  `posted ${posted} parked ${parked} duplicates ${duplicates} lost ${lost} unexplained ${unexplained}`;
