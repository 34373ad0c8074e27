import type { JournalLineIntent } from '../../intent.js';
import { formatCents } from '../../money.js';
import type { FoundLine } from './record.js';

export interface Choice {
  /** The lines of the record that nobody else of this transaction has picked. */
  lines: readonly FoundLine[];
  /** By id of a line: the document of ours that it stands for. */
  taken: ReadonlyMap<string, string>;
  /** The id of the line that is meant, where it was named. */
  wanted: string | undefined;
  /** By QuickBooks' id of a customer, for a person. */
  names: Readonly<Record<string, string>>;
}

/** The line that is it, or what is otherwise about the one that comes next to it. */
export function pick(meant: JournalLineIntent, choice: Choice): { line: FoundLine } | { unfit: string[] } {
  const { lines, taken, wanted, names } = choice;
  const named = wanted === undefined ? lines : lines.filter(({ id }) => id === wanted);
  if (named.length === 0)
    return { unfit: [wanted === undefined ? 'it has no lines' : `it has no line ${wanted}`] };
  const nearest = [...named].sort((one, other) => likeness(meant, other) - likeness(meant, one));
  const free = nearest.filter(({ id = '' }) => !taken.has(id));
  const [best] = free;
  const differences = best ? differencesOf(meant, best, names) : [];
  // Another one comes nearer, and is somebody else's: that says more than how this one is different.
  const [first] = nearest;
  if (first && (!best || (differences.length > 0 && likeness(meant, first) > likeness(meant, best)))) {
    const { id = '' } = first;
    return { unfit: [`${id === '' ? 'it' : `line ${id}`} stands for ${taken.get(id) ?? '?'} already`] };
  }
  if (!best || !isAtHome(meant, best) || best.stranger !== undefined) return { unfit: differences };
  const rivals = free.filter((one) => likeness(meant, one) === likeness(meant, best));
  if (new Set(rivals.map(whoseText)).size > 1) {
    const all = rivals.map((one) => `line ${one.id ?? ''} of ${whoseText(one)}`).join(', ');
    return {
      unfit: [
        `several lines are of this amount, and none is in this name; name the one that is meant: ${all}`,
      ],
    };
  }
  return { line: best };
}

/** In the right account, on the right side, and of as much. */
const isAtHome = (meant: JournalLineIntent, { accountId, side, amountCents }: FoundLine): boolean =>
  accountId === meant.accountId && side === meant.side && amountCents === meant.amountCents;

/** Where it stands says more than how much it is, and that more than whose name is on it. */
function likeness(meant: JournalLineIntent, found: FoundLine): number {
  const { accountId, side, amountCents, customer, stranger } = found;
  const isNobodys = customer === undefined && stranger === undefined;
  const isSame = stranger === undefined && customer?.qboId === meant.customerQboId;
  return (
    (accountId === meant.accountId ? 16 : 0) +
    (side === meant.side ? 8 : 0) +
    (amountCents === meant.amountCents ? 4 : 0) +
    (isSame ? 2 : isNobodys ? 1 : 0)
  );
}

export const sideBySide = (what: string, meant: string, found: string): string =>
  `${what}: meant ${meant}, QuickBooks has ${found}`;

export const whoseText = ({ customer, stranger }: FoundLine): string =>
  customer?.name ?? stranger ?? 'nobody';

function differencesOf(meant: JournalLineIntent, found: FoundLine, names: Choice['names']): string[] {
  const fields = [
    ['account', meant.accountId, found.accountId],
    ['side', meant.side, found.side],
    ['amount', formatCents(meant.amountCents), formatCents(found.amountCents)],
  ] as const;
  const name = otherName(meant, found, names);
  return [
    ...fields.flatMap(([what, ours, theirs]) => (ours === theirs ? [] : [sideBySide(what, ours, theirs)])),
    ...(name === undefined ? [] : [name]),
  ];
}

/** Whose name stands there in place of the one that was meant; no name says nothing against it. */
export function otherName(
  { customerQboId }: JournalLineIntent,
  found: FoundLine,
  names: Choice['names'],
): string | undefined {
  const { customer, stranger } = found;
  if (stranger === undefined && (customer === undefined || customer.qboId === customerQboId))
    return undefined;
  return sideBySide('client', nameOf(customerQboId, names), whoseText(found));
}

export const nameOf = (customerQboId: string | undefined, names: Choice['names']): string =>
  customerQboId === undefined ? 'nobody' : (names[customerQboId] ?? `customer ${customerQboId}`);
