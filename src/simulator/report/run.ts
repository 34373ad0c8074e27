import type { Company } from '../company.js';
import { refuse } from '../fault.js';
import type { Fields } from '../fields.js';
import { hasFeature } from '../plan.js';
import { cashFlow } from './cash-flow.js';
import { type ReportRequest, report, reportRequest } from './frame.js';
import { amountsByName, generalLedger, transactionList } from './listing.js';
import { PAYABLE, RECEIVABLE, aged, balanceByName, openDetail } from './open-balance.js';
import { profitAndLossDetail } from './profit-detail.js';
import { balanceSheet, profitAndLoss } from './statement.js';
import { trialBalance } from './trial-balance.js';

/** Known to QuickBooks, and without anything to say in books that hold no stock and are not classified. */
function withoutRows(request: ReportRequest): Fields {
  return report(
    request,
    [
      { title: '', type: 'Name' },
      { title: 'Total', type: 'Money' },
    ],
    [],
  );
}

const REPORTS: Readonly<Record<string, (request: ReportRequest) => Fields>> = {
  AgedPayableDetail: (request) => openDetail(request, PAYABLE),
  AgedPayables: (request) => aged(request, PAYABLE),
  AgedReceivableDetail: (request) => openDetail(request, RECEIVABLE),
  AgedReceivables: (request) => aged(request, RECEIVABLE),
  BalanceSheet: balanceSheet,
  CashFlow: cashFlow,
  CustomerBalance: (request) => balanceByName(request, RECEIVABLE),
  CustomerBalanceDetail: (request) => openDetail(request, RECEIVABLE),
  CustomerIncome: (request) => amountsByName(request, 'Income', -1),
  CustomerSales: (request) => amountsByName(request, 'Income', -1),
  ClassSales: withoutRows,
  DepartmentSales: withoutRows,
  GeneralLedger: generalLedger,
  InventoryValuationSummary: withoutRows,
  ItemSales: withoutRows,
  ProfitAndLoss: profitAndLoss,
  ProfitAndLossDetail: profitAndLossDetail,
  TransactionList: transactionList,
  TrialBalance: trialBalance,
  VendorBalance: (request) => balanceByName(request, PAYABLE),
  VendorBalanceDetail: (request) => openDetail(request, PAYABLE),
  VendorExpenses: (request) => amountsByName(request, 'Expense', 1),
};

/** @throws Fault 5020 for a report that does not exist, or is not in the plan */
export function runReport(company: Company, name: string, params: URLSearchParams, nowMs: number): Fields {
  const build = REPORTS[name];
  if (build === undefined || !hasFeature(company, name)) {
    const detail = 'Permission Denied Error : You do not have the access rights to use this feature.';
    throw refuse('5020', detail, 'ReportName');
  }
  return build(reportRequest(company, name, params, nowMs));
}
