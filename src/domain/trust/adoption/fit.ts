import type { JournalEntryIntent, JournalLineIntent } from '../../intent.js';
import { formatCents } from '../../money.js';
import { nameOf, otherName, pick, sideBySide } from './line.js';
import type { FoundLine, FoundRecord, Neighbour } from './record.js';

export interface Meant {
  intent: JournalEntryIntent;
  bankAccountId: string;
  /** By QuickBooks' id of a customer, for a person. */
  names: Readonly<Record<string, string>>;
  /** The id of the line that is meant, where it was named. */
  line?: string;
  homeCurrency: string;
}

export type Fit =
  | {
      /** Ids of the lines that are this transaction's alone; one empty text where the record has none. */
      taken: string[];
      /** What was meant, in the names in which QuickBooks has it. */
      lines: JournalLineIntent[];
      /** In whose name lines stand that are meant for another one, side by side: a person has to say that it is right. */
      renamed: { customerQboId: string; meantQboId?: string; text: string }[];
    }
  | { unfit: string[] };

/**
 * Whether a record says what is meant. Its day, account, side and amount have to be the very same, because client money
 * is never given others; a line in nobody's name is taken, and one in another name is shown.
 */
export function fit(meant: Meant, record: FoundRecord, neighbours: readonly Neighbour[]): Fit {
  const general = unfitAsAWhole(meant, record, neighbours);
  if (general !== undefined) return { unfit: [general] };
  const { intent, bankAccountId, names } = meant;
  const { enteredOn } = intent;
  const day = enteredOn === record.on ? [] : [sideBySide('date', enteredOn, record.on)];
  const own = ownLines(intent.lines, bankAccountId);
  const taken = new Map(neighbours.flatMap(({ key, taken: ids = [] }) => ids.map((id) => [id, key])));
  const found = new Map<JournalLineIntent, FoundLine>();
  for (const line of own) {
    const lines = record.lines.filter((one) => isOwnable(one, record) && !isIn(found, one));
    const picked = pick(line, { lines, taken, wanted: line === own[0] ? meant.line : undefined, names });
    if ('unfit' in picked) return { unfit: [...day, ...picked.unfit] };
    found.set(line, picked.line);
  }
  const pairs = [...found];
  const unfit = [
    ...day,
    ...(isNameNeeded(intent) ? pairs.flatMap((pair) => nameless(...pair, names)) : []),
    ...intent.lines
      .filter((line) => !own.includes(line))
      .flatMap((line) => shortSide(line, { record, neighbours, bankAccountId, found })),
  ];
  const renamed = pairs.flatMap(([line, one]) => {
    const text = otherName(line, one, names);
    if (text === undefined || one.customer === undefined) return [];
    const meantQboId = line.customerQboId;
    return [{ customerQboId: one.customer.qboId, ...(meantQboId !== undefined && { meantQboId }), text }];
  });
  if (unfit.length > 0) return { unfit: [...unfit, ...renamed.map(({ text }) => text)] };
  return {
    taken: pairs.map(([, { id = '' }]) => id),
    lines: intent.lines.map((line) => asFound(line, found.get(line))),
    renamed,
  };
}

function unfitAsAWhole(
  { intent, homeCurrency }: Meant,
  { isVoided, mark, currency, summary }: FoundRecord,
  neighbours: readonly Neighbour[],
): string | undefined {
  if (isVoided) return 'it is voided';
  const whole = neighbours.find(({ taken }) => taken === undefined);
  if (whole) return `it stands for ${whole.key} already`;
  if (mark !== undefined && mark !== intent.mark) return `it carries the mark of ${mark}`;
  if (currency !== undefined && currency !== homeCurrency) return `it is in ${currency}: ${summary}`;
  return undefined;
}

/** Those that say whose money it is; the other ones, of the bank or of nobody, several transactions may share. */
function ownLines(lines: readonly JournalLineIntent[], bankAccountId: string): readonly JournalLineIntent[] {
  const owed = lines.filter(({ accountId }) => accountId !== bankAccountId);
  const named = owed.filter(({ customerQboId }) => customerQboId !== undefined);
  return named.length > 0 ? named : owed;
}

/** A transfer between accounts has no lines of its own. */
const isOwnable = ({ id }: FoundLine, { type }: FoundRecord): boolean =>
  id !== undefined || type === 'Transfer';

const isIn = (found: ReadonlyMap<unknown, FoundLine>, line: FoundLine): boolean =>
  [...found.values()].includes(line);

/** Within one account it says nothing but whose the money is. */
const isNameNeeded = ({ lines }: JournalEntryIntent): boolean =>
  new Set(lines.map(({ accountId }) => accountId)).size === 1;

function nameless(
  { customerQboId }: JournalLineIntent,
  { customer }: FoundLine,
  names: Meant['names'],
): string[] {
  if (customerQboId === undefined || customer !== undefined) return [];
  return [sideBySide('client', nameOf(customerQboId, names), 'nobody')];
}

interface Share {
  record: FoundRecord;
  neighbours: readonly Neighbour[];
  bankAccountId: string;
  found: ReadonlyMap<unknown, FoundLine>;
}

/** What is left of the other side, which all who stand in the record share. */
function shortSide(
  { side, accountId, amountCents }: JournalLineIntent,
  { record, neighbours, bankAccountId, found }: Share,
): string[] {
  const isBank = accountId === bankAccountId;
  const owned = new Set(neighbours.flatMap(({ taken = [] }) => taken));
  const isHere = (line: { side: string; accountId: string }) =>
    line.side === side && line.accountId === accountId;
  const held = record.lines.filter(
    (line) =>
      isHere(line) &&
      !isIn(found, line) &&
      (isBank || (line.customer === undefined && !owned.has(line.id ?? ''))),
  );
  const shared = neighbours.flatMap(({ lines }) => {
    const own = ownLines(lines, bankAccountId);
    return lines.filter((line) => isHere(line) && !own.includes(line));
  });
  const leftCents = sum(held) - sum(shared);
  if (leftCents >= amountCents) return [];
  const what = isBank ? 'bank' : `account ${accountId}`;
  return [sideBySide(what, `${side} ${formatCents(amountCents)}`, `${formatCents(leftCents)} left of it`)];
}

const sum = (lines: readonly { amountCents: number }[]): number =>
  lines.reduce((total, line) => total + line.amountCents, 0);

function asFound(meant: JournalLineIntent, found: FoundLine | undefined): JournalLineIntent {
  if (!found) return meant;
  const { customerQboId: _meant, ...line } = meant;
  return { ...line, ...(found.customer && { customerQboId: found.customer.qboId }) };
}
