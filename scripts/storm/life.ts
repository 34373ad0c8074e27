import fc from 'fast-check';

/** What a bookkeeper does in QuickBooks' own pages, behind the billing app's back: to an invoice, or to a payment. */
export const MEDDLINGS = ['ship-date', 'amount', 'delete', 'void', 'deposit'] as const;
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
  /** A credit note, a write-off, interest: at most a quarter of the lines each. */
  creditCents?: number;
  /** Of the credit note, how many quarters are used on the bill. */
  creditUsed: number;
  writeOffCents?: number;
  interestCents?: number;
  /** Its client is called something else from now on, on all of its bills. */
  renamesClient: boolean;
  /** It goes to another client. */
  movesTo?: number;
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
  /** At the end it is void and generated anew, and its payments go over. */
  regenerated: boolean;
}

export interface Paying {
  cents: number;
  /** The first one comes after so many moves; the last word is said at the end of all. */
  after: number;
  twice: boolean;
  /** Entered by mistake, and taken back at the end. */
  mistake: boolean;
}

const change = (clients: number): fc.Arbitrary<Change> =>
  fc.record(
    {
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
      creditCents: seldom(0.15, fc.integer({ min: 1, max: 1_000_000 })),
      creditUsed: fc.integer({ min: 1, max: 4 }),
      writeOffCents: seldom(0.1, fc.integer({ min: 1, max: 1_000_000 })),
      interestCents: seldom(0.1, fc.integer({ min: 1, max: 100_000 })),
      renamesClient: often(0.05),
      movesTo: seldom(0.05, fc.integer({ min: 1, max: clients })),
    },
    { noNullPrototype: true },
  ) as fc.Arbitrary<Change>;

const send = (clients: number): fc.Arbitrary<Move> =>
  fc.record({
    do: fc.constant('send'),
    change: change(clients),
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
  { weight: 5, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom(...MEDDLINGS) },
);

/** Changes, and before some of them a bookkeeper. */
const moves = (clients: number) =>
  fc
    .tuple(send(clients), fc.array(fc.tuple(meddling, send(clients)), { maxLength: 4 }))
    .map(([first, later]): Move[] => [
      first,
      ...later.flatMap(([how, next]): Move[] => (how === undefined ? [next] : [{ do: 'meddle', how }, next])),
    ]);

function often(probability: number): fc.Arbitrary<boolean> {
  return fc.integer({ min: 1, max: 1000 }).map((luck) => luck <= probability * 1000);
}

function seldom<T>(probability: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.tuple(often(probability), value).map(([happens, one]) => (happens ? one : undefined));
}

/** The same seed gives the same lives. */
export function livesOf(seed: number, size: number, firms: number): Life[] {
  const clients = Math.max(2, Math.ceil(size / firms / 4));
  const life = fc.record({
    firm: fc.integer({ min: 0, max: firms - 1 }),
    client: fc.integer({ min: 1, max: clients }),
    numberTaken: often(0.05),
    moves: moves(clients),
    payments: fc.array(paying, { maxLength: 2 }),
    regenerated: often(0.1),
  });
  // As often as they say, not as often as it finds mistakes quickly: or every second life would be one of extremes.
  return fc.sample(fc.noBias(life), { seed, numRuns: size });
}
