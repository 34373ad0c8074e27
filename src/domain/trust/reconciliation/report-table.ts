import { sumCents } from '../../money.js';
import type { ReportCell, ReportTable } from '../../report.js';
import type { Statement } from './book.js';
import type { Difference } from './difference.js';
import type { Reconciliation } from './reconcile.js';

type Columns = ReportTable['columns'];

const amount = (head: string): Columns[number] => ({ head, share: 2, isAmount: true });
const text = (head: string, share = 2): Columns[number] => ({ head, share });

export const statementTable = (statement: Statement | null): ReportTable => ({
  key: 'uncleared',
  title: 'Uncleared items',
  columns: [text('transaction', 3), text('description', 5), amount('amount')],
  rows: (statement?.uncleared ?? []).map(({ trustTransactionId, description, cents }) => [
    trustTransactionId ?? '',
    description ?? '',
    { cents },
  ]),
  none: statement ? 'The firm has given none.' : 'No statement of the bank was given.',
});

/** What was found, from the first day of parting down to the last matter. */
export function resultTables(result: Reconciliation): ReportTable[] {
  const nameOf = measureNames(result);
  return [
    partingTable(result, nameOf),
    partedByTable(result),
    differenceTable(result),
    effectTable(result, nameOf),
    ...shortTables(result),
    customerTable(result),
    matterTable(result),
  ];
}

/** `bank`, `owed` and `customer/7` in words. */
function measureNames({ customers }: Reconciliation): (measure: string) => string {
  const names = new Map(customers.map(({ customerId, name }) => [`customer/${customerId}`, name]));
  return (measure) => {
    if (measure === 'bank') return 'bank account';
    if (measure === 'owed') return 'liability account';
    return `liability to ${names.get(measure) ?? measure}`;
  };
}

const NO_PARTING = 'QuickBooks and our ledger part on no day.';

const partingTable = ({ parting }: Reconciliation, nameOf: (measure: string) => string): ReportTable => ({
  key: 'parting',
  title: 'The first day of parting',
  columns: [text('day'), text('figure', 6), amount('QuickBooks less ours')],
  rows: Object.entries(parting?.offBy ?? {}).map(([measure, cents]) => [
    parting?.on ?? '',
    nameOf(measure),
    { cents },
  ]),
  none: NO_PARTING,
});

const DIFFERENCE_COLUMNS = [
  text('day', 3),
  text('kind', 3),
  text('ours', 3),
  text('QuickBooks', 4),
  text('what it is', 9),
];

const differenceCells = ({ on, kind, trustTransactionId, entry, text: said }: Difference): string[] => [
  on,
  kind,
  trustTransactionId ?? '',
  entry
    ? `${[entry.type, entry.number].filter((part) => part !== undefined).join(' ')} (${entry.qboId})`
    : '',
  said,
];

const partedByTable = ({ parting }: Reconciliation): ReportTable => ({
  key: 'parted-by',
  title: 'What has parted them on that day',
  columns: DIFFERENCE_COLUMNS,
  rows: (parting?.by ?? []).map(differenceCells),
  none: NO_PARTING,
});

const differenceTable = ({ differences }: Reconciliation): ReportTable => ({
  key: 'differences',
  title: 'All differences',
  columns: [text('no.', 1), ...DIFFERENCE_COLUMNS],
  rows: differences.map((difference, index) => [`${index + 1}`, ...differenceCells(difference)]),
  none: 'There is none.',
});

const effectTable = ({ differences }: Reconciliation, nameOf: (measure: string) => string): ReportTable => ({
  key: 'effects',
  title: 'What each difference comes to',
  columns: [text('no.', 1), text('day'), text('figure', 6), amount('QuickBooks less ours')],
  rows: differences.flatMap(({ effects }, index) =>
    effects.map(({ on, measure, cents }) => [`${index + 1}`, on, nameOf(measure), { cents }]),
  ),
  none: 'Nothing.',
});

const shortTables = ({ overdrawn, belowZero }: Reconciliation): ReportTable[] => [
  {
    key: 'overdrawn',
    title: 'Overdrawn matters in our ledger',
    columns: [text('client', 3), text('matter', 3), amount('our ledger')],
    rows: overdrawn.map(({ clientId, matterId, ledgerCents }) => [
      clientId,
      matterId,
      { cents: ledgerCents },
    ]),
    none: 'There is none.',
  },
  {
    key: 'below-zero',
    title: 'Names below zero in QuickBooks at the end of a day',
    columns: [text('name', 3), text('id'), text('first day'), amount('balance'), text('by', 5)],
    rows: belowZero.map(({ name, customerId, on, cents, by }) => [
      name,
      customerId,
      on,
      { cents },
      by.join('; '),
    ]),
    none: 'There is none.',
  },
];

interface Pair {
  ledgerCents: number;
  booksCents: number;
}

const PAIR_COLUMNS = [amount('our ledger'), amount('QuickBooks'), amount('QuickBooks less ours')];

const pair = ({ ledgerCents, booksCents }: Pair): ReportCell[] =>
  [ledgerCents, booksCents, booksCents - ledgerCents].map((cents) => ({ cents }));

const totalOf = (figures: readonly Pair[]): ReportCell[] =>
  pair({
    ledgerCents: sumCents(figures.map(({ ledgerCents }) => ledgerCents)),
    booksCents: sumCents(figures.map(({ booksCents }) => booksCents)),
  });

const customerTable = ({ customers }: Reconciliation): ReportTable => ({
  key: 'customers',
  title: 'What is owed by customer',
  columns: [text('name', 4), text('id in QuickBooks'), ...PAIR_COLUMNS],
  rows: customers.map((figure) => [figure.name, figure.customerId, ...pair(figure)]),
  total: ['total', '', ...totalOf(customers)],
  none: 'There is none: entries in this account name no customers, or there is no entry yet.',
});

const matterTable = ({ matters }: Reconciliation): ReportTable => ({
  key: 'matters',
  title: 'Balances of all matters',
  columns: [text('client', 3), text('matter', 3), ...PAIR_COLUMNS],
  rows: matters.map((figure) => [figure.clientId, figure.matterId, ...pair(figure)]),
  total: ['total', '', ...totalOf(matters)],
  none: 'There is none.',
});
