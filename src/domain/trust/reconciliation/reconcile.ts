import { formatCents, sumCents } from '../../money.js';
import type { TrustAccount } from '../../trust-account.js';
import type { Books, OwnTransaction, Statement, Uncleared } from './book.js';
import { belowZero, customerFigures, type BelowZero, type CustomerFigure } from './customer.js';
import type { Difference } from './difference.js';
import { bookTotal, match } from './match.js';
import { MatterSums, type MatterFigure } from './matter.js';
import { firstParting, type Parting } from './parting.js';

export interface ReconciliationInput {
  account: TrustAccount;
  /** The end of this day. */
  on: string;
  /** All that was accepted and not cancelled, of any day. */
  own: readonly OwnTransaction[];
  /** From the start of the account through the day. */
  books: Books;
  /** Absent: only our ledger and QuickBooks are compared. */
  statement?: Statement;
}

/** Bank, our ledger and QuickBooks at the end of a day, to the cent. All sums are in cents. */
export interface Reconciliation {
  accountId: string;
  on: string;
  /** To the cent: the totals, each customer, and the bank where its statement is given. */
  agrees: boolean;
  ledgerCents: number;
  /** What of that QuickBooks need not have yet. */
  onTheWayCents: number;
  bookBankCents: number;
  bookOwedCents: number;
  bank?: { statementCents: number; unclearedCents: number; adjustedCents: number };
  /** The first day on which QuickBooks and our ledger part. */
  parting?: Parting;
  /** By day. */
  differences: Difference[];
  matters: MatterFigure[];
  /** None where lines do not name customers. */
  customers: CustomerFigure[];
  /** Matters that our ledger has below zero, because a person has recorded that. */
  overdrawn: MatterFigure[];
  belowZero: BelowZero[];
}

export function reconcile(input: ReconciliationInput): Reconciliation {
  const { account, on, own, books, statement } = input;
  const byCustomer = account.lineCustomer !== 'plain';
  const matters = new MatterSums();
  const counted = own.filter((transaction) => transaction.on <= on);
  for (const { legs } of counted) for (const leg of legs) matters.add(leg);
  const matched = match({ on, own, books, byCustomer, matters });
  const late = matched.filter(({ kind }) => kind === 'on-the-way');
  const onTheWay = new Set(late.map(({ trustTransactionId: id }) => id));
  const arrived = counted.filter(({ id }) => !onTheWay.has(id));
  const differences = [
    ...openings(input, arrived),
    ...matched,
    ...(statement?.uncleared ?? []).flatMap((item) => strangeItem(item, counted, on)),
  ].sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
  const figures = matters.list();
  const sums = {
    ledgerCents: sumCents(figures.map(({ ledgerCents }) => ledgerCents)),
    onTheWayCents: centsOf(counted.filter(({ id }) => onTheWay.has(id))),
    bookBankCents: bookTotal(books, 'bank', books.openingBankCents),
    bookOwedCents: bookTotal(books, 'owed', books.openingOwedCents),
  };
  const customers = byCustomer ? customerFigures(on, arrived, books) : [];
  const bank = statement && bankOf(statement);
  const expected = sums.ledgerCents - sums.onTheWayCents;
  const parting = firstParting(differences);
  return {
    accountId: account.accountId,
    on,
    agrees:
      sums.bookBankCents === expected &&
      sums.bookOwedCents === expected &&
      customers.every(({ ledgerCents, booksCents }) => ledgerCents === booksCents) &&
      (bank === undefined || bank.adjustedCents === sums.ledgerCents),
    ...sums,
    ...(bank && { bank }),
    ...(parting && { parting }),
    differences,
    matters: figures,
    customers,
    overdrawn: figures.filter(({ ledgerCents }) => ledgerCents < 0),
    belowZero: byCustomer ? belowZero(books) : [],
  };
}

const centsOf = (transactions: readonly OwnTransaction[]): number =>
  sumCents(transactions.flatMap(({ legs }) => legs.map(({ cents }) => cents)));

function bankOf({ balanceCents, uncleared }: Statement): NonNullable<Reconciliation['bank']> {
  const unclearedCents = sumCents(uncleared.map(({ cents }) => cents));
  return { statementCents: balanceCents, unclearedCents, adjustedCents: balanceCents + unclearedCents };
}

/** What both accounts held at the start has to be what the ledgers were opened with. */
function openings(
  { account, books, on }: ReconciliationInput,
  counted: readonly OwnTransaction[],
): Difference[] {
  const opened = new Map([[account.startOn, 0]]);
  for (const one of counted) {
    if (!one.isOpening) continue;
    opened.set(one.on, (opened.get(one.on) ?? 0) + centsOf([one]));
  }
  return [...opened].flatMap(([day, cents]): Difference[] => {
    const held = day === account.startOn;
    const bankCents = (held ? books.openingBankCents : 0) - cents;
    const owedCents = (held ? books.openingOwedCents : 0) - cents;
    if ((bankCents === 0 && owedCents === 0) || day > on) return [];
    const effects = [
      { on: day, measure: 'bank', cents: bankCents },
      { on: day, measure: 'owed', cents: owedCents },
    ].filter((effect) => effect.cents !== 0);
    const text = held
      ? `Before ${day} QuickBooks had ${formatCents(books.openingBankCents)} in the bank and owed clients ${formatCents(books.openingOwedCents)}; the ledgers were opened with ${formatCents(cents)}.`
      : `On ${day} opening balances of ${formatCents(cents)} were entered, which neither account in QuickBooks shows.`;
    return [{ kind: 'opening', on: day, text, effects }];
  });
}

/** Uncleared items have to be in our ledger: else the statement agrees by accident, or not at all. */
function strangeItem(item: Uncleared, counted: readonly OwnTransaction[], on: string): Difference[] {
  const { trustTransactionId: id, cents, description } = item;
  if (id === undefined) return [];
  const found = counted.find((transaction) => transaction.id === id);
  const ledgerCents = found && centsOf([found]);
  if (ledgerCents === cents) return [];
  const what = `The uncleared item ${id} of ${formatCents(cents)}${description === undefined ? '' : ` (${description})`}`;
  const text =
    ledgerCents === undefined
      ? `${what} is not in our ledger on this day.`
      : `${what} stands in our ledger with ${formatCents(ledgerCents)}.`;
  return [{ kind: 'statement', on: found?.on ?? on, trustTransactionId: id, text, effects: [] }];
}
