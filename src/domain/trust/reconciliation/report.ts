import type { Report, ReportTable } from '../../report.js';
import type { Jurisdiction, Sureness } from '../jurisdiction.js';
import type { Statement } from './book.js';
import type { Reconciliation } from './reconcile.js';
import { resultTables, statementTable } from './report-table.js';

/** A reconciliation as it was kept, with what names it for a person. */
export interface KeptReconciliation {
  firm: { firmId: string; name: string };
  accountName: string;
  record: {
    reconciliationId: string;
    statement: Statement | null;
    journalMark: string;
    madeAt: Date;
    madeBy: string | null;
    signedBy: string | null;
    signedAt: Date | null;
    note: string | null;
  };
  result: Reconciliation;
  jurisdiction: Jurisdiction;
  dueOn?: string;
}

/** Of what was kept; the names of firm and account and the rules of the place are those of today. */
export function reconciliationReport(kept: KeptReconciliation): Report {
  const { firm, record, result } = kept;
  const { accountId, on } = result;
  const { reconciliationId, madeAt, signedAt } = record;
  return {
    fileName: `reconciliation-${accountId}-${on}-${reconciliationId}`.replaceAll(/[^\w.@-]/g, '_'),
    title: 'Trust account reconciliation',
    foot: `${reconciliationId} · ${accountId} · ${on} · ${firm.name}`,
    madeAt,
    changedAt: signedAt ?? madeAt,
    tables: [
      facts('about', 'What it is', aboutIt(kept)),
      facts('rules', 'What the place asks for', rulesOf(kept)),
      figures(result),
      statementTable(record.statement),
      ...resultTables(result),
    ],
  };
}

const facts = (key: string, title: string, rows: [string, string][]): ReportTable => ({
  key,
  title,
  columns: [
    { head: 'what', share: 1 },
    { head: 'value', share: 4 },
  ],
  rows,
  none: '',
});

function aboutIt({ firm, accountName, record, result }: KeptReconciliation): [string, string][] {
  const { madeAt, madeBy, signedAt, signedBy, note } = record;
  return [
    ['firm', `${firm.name} (${firm.firmId})`],
    ['trust account', `${accountName} (${result.accountId})`],
    ['at the end of', result.on],
    ['result', outcome(result)],
    ['first parted on', result.parting?.on ?? 'no day'],
    ['made', `${instant(madeAt)}, by ${madeBy ?? 'nobody who was named'}`],
    ['signed off', signedAt ? `${instant(signedAt)}, by ${signedBy ?? 'nobody who was named'}` : 'not yet'],
    ['note of who signed', note ?? ''],
    ['reconciliation', record.reconciliationId],
    ['end of the journal', record.journalMark],
  ];
}

const outcome = ({ agrees, bank }: Reconciliation): string => {
  const ways = bank ? 'three ways' : "two ways; the bank's statement was not given";
  return agrees ? `Agrees, to the cent, ${ways}.` : `DOES NOT AGREE (compared ${ways}).`;
};

const SEEN: Record<Sureness, string> = {
  'rule-text': "the rule's own text was seen",
  summary: 'a summary of it was seen',
  memory: 'from memory',
};

const rulesOf = ({ jurisdiction, dueOn }: KeptReconciliation): [string, string][] => [
  ['rules of', jurisdiction.name],
  ['to be done every', jurisdiction.every],
  ['deadline', dueOn === undefined ? 'no day is named' : `${dueOn}; holidays are not known to it`],
  ['who signs off', jurisdiction.signOff],
  ['years kept', `${jurisdiction.yearsKept}, from ${jurisdiction.keptFrom}`],
  ['source', jurisdiction.source],
  ['how sure', `rule: ${SEEN[jurisdiction.sureness.rule]}; years: ${SEEN[jurisdiction.sureness.years]}`],
  ['advice', 'This is no legal advice; a lawyer of the place has to confirm it.'],
];

/** `2026-11-22 20:51:42 UTC`. */
const instant = (at: Date): string => `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;

function figures(result: Reconciliation): ReportTable {
  const { bank, ledgerCents, onTheWayCents, bookBankCents, bookOwedCents } = result;
  const dueCents = ledgerCents - onTheWayCents;
  const row = (side: string, figure: string, cents: number, shouldBeCents?: number) => [
    side,
    figure,
    { cents },
    shouldBeCents === undefined ? '' : { cents: cents - shouldBeCents },
  ];
  return {
    key: 'figures',
    title: 'The three figures',
    columns: [
      { head: 'side', share: 2 },
      { head: 'figure', share: 4 },
      { head: 'amount', share: 2, isAmount: true },
      { head: 'off our ledger by', share: 2, isAmount: true },
    ],
    rows: [
      ...(bank
        ? [
            row('bank', 'balance of the statement', bank.statementCents),
            row('bank', 'uncleared items', bank.unclearedCents),
            row('bank', 'comes to', bank.adjustedCents, ledgerCents),
          ]
        : [['bank', 'no statement was given', '', '']]),
      row('our ledger', 'sum of all matters', ledgerCents),
      row('our ledger', 'of it, on the way to QuickBooks', onTheWayCents),
      row('our ledger', 'comes to in QuickBooks', dueCents),
      row('QuickBooks', 'bank account', bookBankCents, dueCents),
      row('QuickBooks', 'liability account', bookOwedCents, dueCents),
    ],
    none: '',
  };
}
