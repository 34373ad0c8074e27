import type { Company } from '../company.js';
import { type Fields, text } from '../fields.js';
import type { Entry, Posted } from '../ledger.js';
import type { Stored } from '../table.js';
import { accountName, holderName } from './balance.js';
import { type Cell, type ReportRequest, dataRow, formatCents, report, section } from './frame.js';
import { concerns, partyId, whomId } from './whom.js';

const TYPE_NAMES: Readonly<Record<string, string>> = {
  BillPayment: 'Bill Payment',
  CreditMemo: 'Credit Memo',
  JournalEntry: 'Journal Entry',
  Purchase: 'Expense',
  RefundReceipt: 'Refund',
  SalesReceipt: 'Sales Receipt',
  VendorCredit: 'Vendor Credit',
};

interface Movement {
  readonly stored: Stored;
  readonly posted: Posted;
}

/** Posted transactions of the report's days, oldest first. */
function movements(request: ReportRequest): Movement[] {
  const found: Movement[] = [];
  const customer = request.params.get('customer');
  for (const [key, posted] of request.company.ledger.transactions()) {
    if (posted.date < request.startDate || posted.date > request.endDate) continue;
    const [entity = '', id = ''] = key.split(':');
    const stored = request.company.table(entity).get(id);
    if (stored === undefined) continue;
    if (customer !== null && !concerns(customer, stored, posted)) continue;
    found.push({ stored, posted });
  }
  return found.sort((left, right) => (left.posted.date < right.posted.date ? -1 : 1));
}

function nameCell(company: Company, id: string | undefined): Cell {
  return id === undefined ? { value: '' } : { value: holderName(company, id), id };
}

function aboutOf({ nameId, aboutId }: Entry): string | undefined {
  return nameId ?? aboutId;
}

function typeCell(stored: Stored): Cell {
  return { value: TYPE_NAMES[stored.entity] ?? stored.entity, id: stored.id };
}

export function transactionList(request: ReportRequest): Fields {
  const columns = [
    { title: 'Date', type: 'tx_date' },
    { title: 'Transaction Type', type: 'txn_type' },
    { title: 'Num', type: 'doc_num' },
    { title: 'Posting', type: 'is_no_post' },
    { title: 'Name', type: 'name' },
    { title: 'Memo/Description', type: 'memo' },
    { title: 'Account', type: 'account_name' },
    { title: 'Amount', type: 'subt_nat_amount' },
  ];
  const rows = movements(request).map(({ stored, posted }) => {
    const first = posted.entries[0];
    const account = request.company.table('Account').get(first?.accountId ?? '');
    return dataRow([
      { value: posted.date },
      typeCell(stored),
      { value: text(stored.fields, 'DocNumber') ?? '' },
      { value: 'Yes' },
      nameCell(
        request.company,
        partyId(stored) ?? posted.entries.map(aboutOf).find((id) => id !== undefined),
      ),
      { value: text(stored.fields, 'PrivateNote') ?? '' },
      account === undefined ? { value: '' } : { value: accountName(account), id: account.id },
      { value: formatCents(first?.cents ?? 0) },
    ]);
  });
  return report(request, columns, rows);
}

/** Every entry under its account, with a running balance. */
export function generalLedger(request: ReportRequest): Fields {
  const columns = [
    { title: 'Date', type: 'tx_date' },
    { title: 'Transaction Type', type: 'txn_type' },
    { title: 'Num', type: 'doc_num' },
    { title: 'Name', type: 'name' },
    { title: 'Memo/Description', type: 'memo' },
    { title: 'Amount', type: 'subt_nat_amount' },
    { title: 'Balance', type: 'rbal_nat_amount' },
  ];
  const customer = request.params.get('customer');
  const byAccount = new Map<string, { rows: Fields[]; cents: number }>();
  for (const { stored, posted } of movements(request)) {
    for (const entry of posted.entries) {
      if (customer !== null && whomId(stored, entry) !== customer) continue;
      const account = byAccount.get(entry.accountId) ?? { rows: [], cents: 0 };
      account.cents += entry.cents;
      account.rows.push(
        dataRow([
          { value: posted.date },
          typeCell(stored),
          { value: text(stored.fields, 'DocNumber') ?? '' },
          nameCell(request.company, whomId(stored, entry)),
          { value: text(stored.fields, 'PrivateNote') ?? '' },
          { value: formatCents(entry.cents) },
          { value: formatCents(account.cents) },
        ]),
      );
      byAccount.set(entry.accountId, account);
    }
  }
  const sections: Fields[] = [];
  for (const account of request.company.table('Account').all()) {
    const found = byAccount.get(account.id);
    if (found === undefined) continue;
    const blanks = ['', '', '', '', formatCents(found.cents), ''];
    sections.push(section(accountName(account), account.id, found.rows, blanks));
  }
  return report(request, columns, sections);
}

/** Debits less credits of each name, over the accounts that a filter lets through. */
export function amountsByName(request: ReportRequest, accountType: string, sign: 1 | -1): Fields {
  const sums = new Map<string, number>();
  for (const { stored, posted } of movements(request)) {
    for (const entry of posted.entries) {
      const nameId = partyId(stored) ?? entry.aboutId;
      if (nameId === undefined) continue;
      const account = request.company.table('Account').get(entry.accountId);
      if (account?.fields['AccountType'] !== accountType) continue;
      sums.set(nameId, (sums.get(nameId) ?? 0) + sign * entry.cents);
    }
  }
  const rows = [...sums].map(([id, cents]) =>
    dataRow([{ value: holderName(request.company, id), id }, { value: formatCents(cents) }]),
  );
  return report(
    request,
    [
      { title: '', type: 'Name' },
      { title: 'Total', type: 'Money' },
    ],
    rows,
  );
}
