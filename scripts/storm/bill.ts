import type { BillLine, BillSnapshot } from '../../src/domain/bill.js';
import type { Clients } from './client.js';
import type { Change, Life } from './life.js';

/** What a life has come to so far, on the billing app's side. */
export interface Bill {
  billId: string;
  firmId: string;
  /** How often the billing app has said how it shall be. */
  version: number;
  number: string;
  client: number;
}

/** How the bill shall be after this change, with its client as it is called by now. */
export function nextSnapshot(bill: Bill, change: Change, clients: Clients): BillSnapshot {
  if (change.renumbered) bill.number = `${bill.billId}-${bill.version}`;
  if (change.movesTo !== undefined) bill.client = change.movesTo;
  bill.version += 1;
  const linesCents = change.lines.reduce((sum, { cents }) => sum + cents, 0);
  // Together at most half of the bill, so that no money is given back that was never asked for.
  const share = (cents = 0) => Math.min(cents, Math.floor(linesCents / 4));
  const [credit, writeOff] = [share(change.creditCents), share(change.writeOffCents)];
  const { interestCents } = change;
  return {
    firmId: bill.firmId,
    billId: bill.billId,
    version: bill.version,
    state: change.void ? 'void' : 'approved',
    number: bill.number,
    issuedOn: day(change.day),
    dueOn: day(28),
    client: clients.named(bill.firmId, bill.client, change.renamesClient),
    matters: [{ matterId: 'M1', number: `2026-${bill.client}`, description: 'Engine dispute' }],
    lines: [
      ...change.lines.map((line, place) => lineOf(line, place, change.day)),
      ...(interestCents === undefined
        ? []
        : [{ kind: 'interest' as const, description: 'Interest', amountCents: interestCents }]),
    ],
    ...(credit > 0 && {
      credits: [
        {
          creditId: 'CN',
          date: day(28),
          amountCents: credit,
          description: 'Courtesy',
          appliedCents: Math.ceil((credit * change.creditUsed) / 4),
        },
      ],
    }),
    ...(writeOff > 0 && {
      writeOffs: [
        {
          writeOffId: 'WO',
          kind: 'write-off' as const,
          date: day(28),
          amountCents: writeOff,
          description: 'Given up',
        },
      ],
    }),
  };
}

/** Void, and what is generated anew in its place. */
export function regenerated(last: BillSnapshot): { old: BillSnapshot; anew: BillSnapshot } {
  return {
    old: { ...last, version: last.version + 1, state: 'void' },
    anew: {
      ...last,
      billId: `${last.billId}R`,
      number: `${last.number}R`,
      version: 1,
      replaces: last.billId,
    },
  };
}

export const beginBill = (life: Life, firmId: string, billId: string): Bill => ({
  billId,
  firmId,
  version: 0,
  number: billId,
  client: life.client,
});

const day = (of: number): string => `2026-11-${String(of).padStart(2, '0')}`;

/** With hours that at times do not multiply to the amount, as discounts and rounding make them in real bills. */
function lineOf(line: Change['lines'][number], place: number, of: number): BillLine {
  const common = { description: `Work item ${place + 1}`, date: day(of), amountCents: line.cents };
  if (line.hoursThousandths === undefined) return { ...common, kind: 'expense' };
  const { hoursThousandths } = line;
  const rateCents = Math.round((line.cents * 1000) / hoursThousandths);
  return { ...common, kind: 'time', timekeeper: 'R. Hale', hoursThousandths, rateCents };
}
