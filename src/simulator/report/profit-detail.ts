import { type Fields, text } from '../fields.js';
import type { Stored } from '../table.js';
import { type Part, childrenOf } from './account-block.js';
import { accountName, accountsOf } from './balance.js';
import { type ReportRequest, formatCents, report, summary } from './frame.js';
import { ENTRY_COLUMNS, type Listed, entriesByAccount } from './listing.js';
import { COST, EXPENSES, INCOME, OTHER_EXPENSES, OTHER_INCOME } from './statement.js';

const BLANKS = ['', '', '', '', ''];

interface Detail {
  readonly row: Fields;
  readonly cents: number;
}

function detail(
  title: string,
  rows: readonly Fields[],
  cents: number,
  totalTitle = `Total for ${title}`,
): Detail {
  const row = {
    Header: { ColData: [title, ...BLANKS, ''].map((value) => ({ value })) },
    Rows: { Row: rows },
    Summary: summary(totalTitle, ['', '', '', '', formatCents(cents), '']),
    type: 'Section',
  };
  return { row, cents };
}

function accountDetail(
  account: Stored,
  children: ReadonlyMap<string | undefined, readonly Stored[]>,
  listed: ReadonlyMap<string, Listed>,
): Detail[] {
  const own = listed.get(account.id);
  const below = (children.get(account.id) ?? []).flatMap((child) => accountDetail(child, children, listed));
  const rows = [...(own?.rows ?? []), ...below.map(({ row }) => row)];
  if (rows.length === 0) return [];
  const cents = below.reduce((sum, one) => sum + one.cents, own?.cents ?? 0);
  return [detail(text(account.fields, 'Name') ?? accountName(account), rows, cents)];
}

function partDetail(request: ReportRequest, part: Part, listed: ReadonlyMap<string, Listed>): Detail[] {
  const children = childrenOf(accountsOf(request.company, part.types));
  const found = (children.get(undefined) ?? []).flatMap((account) =>
    accountDetail(account, children, listed),
  );
  if (found.length === 0) return [];
  const cents = found.reduce((sum, one) => sum + one.cents, 0);
  return [
    detail(
      part.title,
      found.map(({ row }) => row),
      cents,
    ),
  ];
}

const EARNING: readonly Part[] = [INCOME, OTHER_INCOME];

/** Every entry of the profit under its account. What is earned is positive, and so is what it costs. */
export function profitAndLossDetail(request: ReportRequest): Fields {
  const earning = accountsOf(
    request.company,
    EARNING.flatMap((part) => part.types),
  );
  const earns = new Set(earning.map((account) => account.id));
  const listed = entriesByAccount(request, new Map(), (id) => (earns.has(id) ? -1 : 1));
  const block = (title: string, parts: readonly Part[], totalTitle: string): Detail[] => {
    const found = parts.flatMap((part) =>
      partDetail(request, part, listed).map((one) => ({ ...one, sign: EARNING.includes(part) ? 1 : -1 })),
    );
    const cents = found.reduce((sum, one) => sum + one.sign * one.cents, 0);
    return found.length === 0
      ? []
      : [
          detail(
            title,
            found.map(({ row }) => row),
            cents,
            totalTitle,
          ),
        ];
  };
  const blocks = [
    ...block('Ordinary Income/Expenses', [INCOME, COST, EXPENSES], 'Net Ordinary Income'),
    ...block('Other Income/Expense', [OTHER_INCOME, OTHER_EXPENSES], 'Net Other Income'),
  ];
  const cents = blocks.reduce((sum, one) => sum + one.cents, 0);
  const net = { Summary: summary('Net Income', ['', '', '', '', formatCents(cents), '']), type: 'Section' };
  return report(request, ENTRY_COLUMNS, blocks.length === 0 ? [] : [...blocks.map(({ row }) => row), net]);
}
