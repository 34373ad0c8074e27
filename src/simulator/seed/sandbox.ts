import { formatDate } from '../clock.js';
import type { Fields } from '../fields.js';
import type { Sow } from './plant.js';

/** Ids are those at which a US sandbox has accounts of these kinds; clients written against one rely on some. */
const ACCOUNTS: readonly (readonly [id: number, name: string, type: string, subType: string])[] = [
  [1, 'Services', 'Income', 'ServiceFeeIncome'],
  [2, 'Retained Earnings', 'Equity', 'RetainedEarnings'],
  [4, 'Undeposited Funds', 'Other Current Asset', 'UndepositedFunds'],
  [5, 'Fees Billed', 'Income', 'ServiceFeeIncome'],
  [7, 'Advertising', 'Expense', 'AdvertisingPromotional'],
  [8, 'Bank Charges', 'Expense', 'BankCharges'],
  [10, 'Dues & Subscriptions', 'Expense', 'DuesSubscriptions'],
  [11, 'Insurance', 'Expense', 'Insurance'],
  [12, 'Legal & Professional Fees', 'Expense', 'LegalProfessionalFees'],
  [13, 'Meals and Entertainment', 'Expense', 'EntertainmentMeals'],
  [15, 'Office Expenses', 'Expense', 'OfficeGeneralAdministrativeExpenses'],
  [17, 'Rent or Lease', 'Expense', 'RentOrLeaseOfBuildings'],
  [18, 'Repair & Maintenance', 'Expense', 'RepairMaintenance'],
  [22, 'Travel', 'Expense', 'Travel'],
  [24, 'Utilities', 'Expense', 'Utilities'],
  [25, 'Interest Earned', 'Other Income', 'InterestEarned'],
  [28, 'Penalties & Settlements', 'Other Expense', 'PenaltiesSettlements'],
  [33, 'Accounts Payable (A/P)', 'Accounts Payable', 'AccountsPayable'],
  [34, 'Opening Balance Equity', 'Equity', 'OpeningBalanceEquity'],
  [35, 'Checking', 'Bank', 'Checking'],
  [36, 'Savings', 'Bank', 'Savings'],
  [37, 'Truck', 'Fixed Asset', 'Vehicles'],
  [41, 'Mastercard', 'Credit Card', 'CreditCard'],
  [42, 'Visa', 'Credit Card', 'CreditCard'],
  [43, 'Loan Payable', 'Other Current Liability', 'LoanPayable'],
  [44, 'Notes Payable', 'Long Term Liability', 'NotesPayable'],
  [79, 'Sales of Product Income', 'Income', 'SalesOfProductIncome'],
  [80, 'Cost of Goods Sold', 'Cost of Goods Sold', 'SuppliesMaterialsCogs'],
  [81, 'Inventory Asset', 'Other Current Asset', 'Inventory'],
  [84, 'Accounts Receivable (A/R)', 'Accounts Receivable', 'AccountsReceivable'],
  [86, 'Discounts given', 'Income', 'DiscountsRefundsGiven'],
  [89, 'Sales Tax Payable', 'Other Current Liability', 'SalesTaxPayable'],
];

function sowAccounts(sow: Sow): void {
  for (const [id, Name, AccountType, AccountSubType] of ACCOUNTS) {
    sow('Account', { Name, AccountType, AccountSubType }, id);
  }
}

function sowItems(sow: Sow): void {
  const income = { value: '1' };
  sow('Item', { Name: 'Services', Type: 'Service', IncomeAccountRef: income }, 1);
  sow('Item', { Name: 'Hours', Type: 'Service', IncomeAccountRef: income, UnitPrice: 250 }, 2);
  sow('Item', { Name: 'Garden upkeep', Type: 'Service', IncomeAccountRef: income, UnitPrice: 35 }, 10);
  sow(
    'Item',
    {
      Name: 'Water pump',
      Type: 'Inventory',
      UnitPrice: 15,
      PurchaseCost: 10,
      QtyOnHand: 25,
      InvStartDate: '2026-01-01',
      IncomeAccountRef: { value: '79' },
      ExpenseAccountRef: { value: '80' },
      AssetAccountRef: { value: '81' },
    },
    11,
  );
}

function sowLists(sow: Sow): void {
  for (const Name of ['Cash', 'Check', 'Visa']) {
    sow('PaymentMethod', { Name, Type: Name === 'Visa' ? 'CREDIT_CARD' : 'NON_CREDIT_CARD' });
  }
  sow('Term', { Name: 'Due on receipt', DueDays: 0 });
  sow('Term', { Name: 'Net 15', DueDays: 15 });
  sow('Term', { Name: 'Net 30', DueDays: 30 });
  sow('Class', { Name: 'Litigation' });
  sow('Department', { Name: 'Downtown' });
  sow('TaxAgency', { DisplayName: 'State Board of Equalization' });
  sow('CompanyCurrency', { Code: 'CAD' });
  sow('ExchangeRate', { SourceCurrencyCode: 'CAD', Rate: 0.73 });
  sow('ExchangeRate', { SourceCurrencyCode: 'EUR', Rate: 1.16 });
}

function saleOf(customerId: string, amount: number): Fields {
  return {
    CustomerRef: { value: customerId },
    Line: [
      { Amount: amount, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: '2' } } },
    ],
  };
}

/** Customers with a matter, invoices, some of them paid, and a credit memo. */
function sowSales(sow: Sow): void {
  const customers = [
    'Aldous Finch',
    'Beatrix Lane',
    'Corvo Holdings',
    'Dahlia Studio',
    'Elm Street Market',
  ].map((DisplayName) =>
    sow('Customer', {
      DisplayName,
      BillAddr: {
        Line1: '12 Elm Street',
        City: 'Monterey',
        CountrySubDivisionCode: 'CA',
        PostalCode: '93940',
      },
    }),
  );
  for (const [index, customerId] of customers.entries()) {
    const amount = 100 + index * 25;
    const invoiceId = sow('Invoice', saleOf(customerId, amount));
    sow('Payment', {
      CustomerRef: { value: customerId },
      TotalAmt: amount / 2,
      Line: [{ Amount: amount / 2, LinkedTxn: [{ TxnId: invoiceId, TxnType: 'Invoice' }] }],
    });
  }
  const [first = '1', second = '2'] = customers;
  sow('Customer', { DisplayName: 'Finch v. Harbor', ParentRef: { value: first }, Job: true });
  sow('CreditMemo', saleOf(second, 40));
  sow('SalesReceipt', saleOf(second, 60));
}

function sowSpending(sow: Sow, nowMs: number): void {
  const vendor = sow('Vendor', { DisplayName: 'Court Reporters Co' });
  sow('Vendor', { DisplayName: 'City Power' });
  sow('Employee', { GivenName: 'Emil', FamilyName: 'Novak' });
  const line = {
    Amount: 80,
    DetailType: 'AccountBasedExpenseLineDetail',
    AccountBasedExpenseLineDetail: { AccountRef: { value: '12' } },
  };
  sow('Bill', { VendorRef: { value: vendor }, Line: [line] });
  sow('Purchase', {
    PaymentType: 'Check',
    AccountRef: { value: '35' },
    TxnDate: formatDate(nowMs),
    Line: [line],
  });
  sow('Transfer', { FromAccountRef: { value: '35' }, ToAccountRef: { value: '36' }, Amount: 50 });
}

/** A US company with sample data, as a developer's sandbox has. */
export function sandbox(sow: Sow, nowMs: number): void {
  sowAccounts(sow);
  sowItems(sow);
  sowLists(sow);
  sowSales(sow);
  sowSpending(sow, nowMs);
}
