import fc from 'fast-check';
import type { BillLine, BillSnapshot } from '../../src/domain/bill.js';

/** What a bookkeeper does to a posted invoice in QuickBooks' own pages, behind the billing app's back. */
export const MEDDLINGS = ['ship-date', 'amount', 'delete', 'void'] as const;
export type Meddling = (typeof MEDDLINGS)[number];

/** One thing that happens to a bill. */
export type Move =
  /** The billing app says how the bill shall be; at times it says so twice, or repeats an older state after it. */
  | { do: 'send'; change: Change; twice: boolean; olderAfter: boolean }
  /** Once the bill is settled. Always followed by a change of the billing app, which is what meets it. */
  | { do: 'meddle'; how: Meddling };

export interface Change {
  lines: { cents: number; hoursThousandths?: number }[];
  /** Days from the first of the month. */
  day: number;
  renumbered: boolean;
  void: boolean;
}

/** All that will happen to one bill. */
export interface Life {
  firm: number;
  client: number;
  /** A bookkeeper has used the bill's number already. */
  numberTaken: boolean;
  moves: Move[];
  /** What the client pays of it. */
  payments: Paying[];
}

export interface Paying {
  cents: number;
  /** The first one comes after so many moves; the last word is said at the end of all. */
  after: number;
  twice: boolean;
  /** Entered by mistake, and taken back at the end. */
  mistake: boolean;
}

const change: fc.Arbitrary<Change> = fc.record({
  lines: fc.array(
    fc.record(
      {
        cents: fc.integer({ min: 1, max: 5_000_000 }),
        hoursThousandths: fc.integer({ min: 1, max: 24_000 }),
      },
      { requiredKeys: ['cents'] },
    ),
    { minLength: 1, maxLength: 6 },
  ),
  day: fc.integer({ min: 1, max: 28 }),
  renumbered: often(0.15),
  void: often(0.08),
});

const send: fc.Arbitrary<Move> = fc.record({
  do: fc.constant('send'),
  change,
  twice: often(0.2),
  olderAfter: often(0.1),
});

const paying: fc.Arbitrary<Paying> = fc.record({
  cents: fc.integer({ min: 1, max: 3_000_000 }),
  after: fc.integer({ min: 0, max: 5 }),
  twice: often(0.2),
  mistake: often(0.1),
});

const meddling: fc.Arbitrary<Meddling | undefined> = fc.oneof(
  { weight: 11, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom(...MEDDLINGS) },
);

/** Changes, and before some of them a bookkeeper. */
const moves = fc
  .tuple(send, fc.array(fc.tuple(meddling, send), { maxLength: 4 }))
  .map(([first, later]): Move[] => [
    first,
    ...later.flatMap(([how, next]): Move[] => (how === undefined ? [next] : [{ do: 'meddle', how }, next])),
  ]);

function often(probability: number): fc.Arbitrary<boolean> {
  return fc.integer({ min: 1, max: 1000 }).map((luck) => luck <= probability * 1000);
}

/** The same seed gives the same lives. */
export function livesOf(seed: number, size: number, firms: number): Life[] {
  const life = fc.record({
    firm: fc.integer({ min: 0, max: firms - 1 }),
    client: fc.integer({ min: 1, max: Math.max(2, Math.ceil(size / firms / 4)) }),
    numberTaken: often(0.05),
    moves,
    payments: fc.array(paying, { maxLength: 2 }),
  });
  return fc.sample(life, { seed, numRuns: size });
}

/** The snapshots that a life sends, in their order. */
export function snapshotsOf(life: Life, firmId: string, billId: string): BillSnapshot[] {
  let number = billId;
  return life.moves
    .flatMap((move) => (move.do === 'send' ? [move.change] : []))
    .map((wish, index): BillSnapshot => {
      if (wish.renumbered) number = `${billId}-${index}`;
      const clientId = `C${life.client}`;
      return {
        firmId,
        billId,
        version: index + 1,
        state: wish.void ? 'void' : 'approved',
        number,
        issuedOn: day(wish.day),
        dueOn: day(28),
        client: { clientId, version: 1, name: `Client ${clientId}` },
        matters: [{ matterId: 'M1', number: '2026-017', description: 'Engine dispute' }],
        lines: wish.lines.map((line, place) => lineOf(line, place, wish.day)),
      };
    });
}

const day = (of: number): string => `2026-11-${String(of).padStart(2, '0')}`;

/** With hours that at times do not multiply to the amount, as discounts and rounding make them in real bills. */
function lineOf(line: Change['lines'][number], place: number, of: number): BillLine {
  const common = { description: `Work item ${place + 1}`, date: day(of), amountCents: line.cents };
  if (line.hoursThousandths === undefined) return { ...common, kind: 'expense' };
  const { hoursThousandths } = line;
  const rateCents = Math.round((line.cents * 1000) / hoursThousandths);
  return { ...common, kind: 'time', timekeeper: 'R. Hale', hoursThousandths, rateCents };
}
