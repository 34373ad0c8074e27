import fc from 'fast-check';

/** What a bookkeeper does on a trust account in QuickBooks' own pages. */
export const DEEDS = ['typed', 'amount', 'day', 'other-client', 'delete'] as const;
export type Deed = (typeof DEEDS)[number];

/** And what he does with a cheque of ours, or with a record of his own after it was adopted. */
export const CHEQUE_DEEDS = ['cheque-void', 'cheque-amount', 'cheque-number'] as const;
export type ChequeDeed = (typeof CHEQUE_DEEDS)[number];
export const ADOPTED_DEEDS = ['adopted-amount', 'adopted-delete'] as const;
export type AdoptedDeed = (typeof ADOPTED_DEEDS)[number];

/** What he enters by hand before the billing app says it. */
export const RECORDS = ['JournalEntry', 'Deposit', 'Purchase'] as const;
export type RecordType = (typeof RECORDS)[number];

/** Nothing to be printed, or a cheque to the client, or to one of those whom everybody pays. */
export const PAPERS = ['none', 'client', 'Clerk of the Court', 'Court Reporters'] as const;
export type Paper = (typeof PAPERS)[number];

/** Quarters of what the matter holds; more than four is more than there is. */
type Share = number;

/** One thing that happens to the money of a family of matters. Matters and earlier transactions go by their place. */
export type Move =
  | { do: 'deposit' | 'interest'; matter: number; cents: number; day: number; twice: boolean }
  | { do: 'disbursement'; matter: number; share: Share; day: number; twice: boolean; paper: Paper }
  /** The bookkeeper prints what waits for the printer. */
  | { do: 'print' }
  | { do: 'transfer'; from: number; to: number; share: Share; day: number }
  | { do: 'fee'; matter: number; share: Share; day: number; billAnew: boolean }
  | { do: 'bank-charge'; cents: number; day: number }
  /** Money that clears only once the bank says so, and somebody who draws on it before that. */
  | { do: 'clears-later'; matter: number; cents: number; day: number }
  | { do: 'reversal'; which: number; day: number }
  /** A deposit comes back from the bank, whatever was drawn on it. */
  | { do: 'bounce'; which: number; day: number }
  | { do: 'amendment'; which: number; of: 'words' | 'money'; cents: number; olderAfter: boolean }
  /** Two who want all that there is, at once. */
  | { do: 'last-dollar'; matter: number; day: number }
  /** Money goes from one matter to another, which at the same time pays out more than it had. */
  | { do: 'crossing'; from: number; to: number; day: number }
  /** Two matters give each other all that they have, at once. */
  | { do: 'exchange'; from: number; to: number; day: number }
  | { do: 'meddle'; deed: Deed; which: number; cents: number; day: number }
  | { do: 'meddle-cheque'; deed: ChequeDeed; which: number; cents: number }
  /** It is in QuickBooks already when it is said: money in, or out where it is a cheque of his. */
  | { do: 'adopt'; matter: number; as: RecordType; cents: number; share: Share; day: number; after: After }
  /** One deposit that holds the money of two. */
  | { do: 'adopt-shared'; matter: number; other: number; cents: number; day: number; after: After };

/** What becomes of an adopted record afterwards. */
export type After = AdoptedDeed | 'nothing';

/** Matters of two clients in one account, which nobody else moves money of. */
export interface Family {
  firm: number;
  account: number;
  matters: number;
  /** Of each matter, what it held at the cut-over; 0 = nothing. */
  openings: number[];
  moves: Move[];
}

const MOST_MATTERS = 4;
export const ACCOUNTS = 3;
/** Days are counted from the start of the accounts; the last one is over by now. */
export const LAST_DAY = 20;

const place = fc.nat(MOST_MATTERS - 1);
const day = fc.integer({ min: 2, max: LAST_DAY });
const cents = fc.integer({ min: 1, max: 500_000 });
const share = fc.integer({ min: 1, max: 5 });
const which = fc.nat(30);
const after = fc.constantFrom<After>('nothing', 'nothing', ...ADOPTED_DEEDS);
const seldom = fc.integer({ min: 1, max: 5 }).map((luck) => luck === 1);

const MOVES = {
  deposit: { weight: 6, of: { matter: place, cents, day, twice: seldom } },
  interest: { weight: 1, of: { matter: place, cents: fc.integer({ min: 1, max: 900 }), day, twice: seldom } },
  disbursement: {
    weight: 6,
    of: { matter: place, share, day, twice: seldom, paper: fc.constantFrom('none', ...PAPERS) },
  },
  print: { weight: 1, of: {} },
  transfer: { weight: 3, of: { from: place, to: place, share, day } },
  fee: { weight: 2, of: { matter: place, share, day, billAnew: seldom } },
  'bank-charge': { weight: 1, of: { cents: fc.integer({ min: 1, max: 900 }), day } },
  'clears-later': { weight: 1, of: { matter: place, cents, day } },
  reversal: { weight: 2, of: { which, day } },
  bounce: { weight: 1, of: { which, day } },
  amendment: {
    weight: 2,
    of: { which, of: fc.constantFrom('words', 'money'), cents, olderAfter: fc.boolean() },
  },
  'last-dollar': { weight: 2, of: { matter: place, day } },
  crossing: { weight: 2, of: { from: place, to: place, day } },
  exchange: { weight: 1, of: { from: place, to: place, day } },
  meddle: { weight: 2, of: { deed: fc.constantFrom(...DEEDS), which, cents, day } },
  'meddle-cheque': { weight: 2, of: { deed: fc.constantFrom(...CHEQUE_DEEDS), which, cents } },
  adopt: { weight: 5, of: { matter: place, as: fc.constantFrom(...RECORDS), cents, share, day, after } },
  'adopt-shared': { weight: 2, of: { matter: place, other: place, cents, day, after } },
} as const satisfies Record<Move['do'], unknown>;

const move = fc.oneof(
  ...Object.entries(MOVES).map(([name, { weight, of }]) => ({
    weight,
    arbitrary: fc.record<Record<string, unknown>>(
      { do: fc.constant(name), ...(of as Record<string, fc.Arbitrary<unknown>>) },
      { noNullPrototype: true },
    ),
  })),
) as fc.Arbitrary<unknown> as fc.Arbitrary<Move>;

const opening = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 200_000 }) },
);

const family = (firms: number): fc.Arbitrary<Family> =>
  fc.record(
    {
      firm: fc.integer({ min: 0, max: firms - 1 }),
      account: fc.integer({ min: 0, max: ACCOUNTS - 1 }),
      matters: fc.integer({ min: 2, max: MOST_MATTERS }),
      openings: fc.array(opening, { minLength: MOST_MATTERS, maxLength: MOST_MATTERS }),
      moves: fc.array(move, { minLength: 6, maxLength: 14 }),
    },
    { noNullPrototype: true },
  );

/** So many matters, by families. The same seed gives the same. */
export function familiesOf(seed: number, matters: number, firms: number): Family[] {
  // As often as the weights say, not as often as it finds mistakes quickly.
  const drawn = fc.sample(fc.noBias(family(firms)), { seed, numRuns: matters });
  let left = Math.max(2, matters);
  return drawn.flatMap((one) => {
    // Nobody is left alone in the end: money goes between two at the least.
    const size = left < one.matters + 2 ? left : one.matters;
    left -= size;
    return size > 0 ? [{ ...one, matters: size }] : [];
  });
}
