import { addDays, formatDate } from '../clock.js';
import type { Fields } from '../fields.js';
import type { Sow } from './plant.js';
import {
  ACCOUNTS,
  BILLS,
  CUSTOMERS,
  EXPENSES,
  GOODS,
  INVOICES,
  type NameRow,
  SERVICES,
  VENDORS,
} from './sandbox-data.js';

function sowAccounts(sow: Sow): void {
  for (const [id, Name, AccountType, AccountSubType, parentId] of ACCOUNTS) {
    const parent = parentId === undefined ? {} : { ParentRef: { value: String(parentId) } };
    sow('Account', { Name, AccountType, AccountSubType, ...parent }, id);
  }
}

function sowItems(sow: Sow, today: string): void {
  for (const [id, Name, accountId, UnitPrice] of SERVICES) {
    sow('Item', { Name, Type: 'Service', IncomeAccountRef: { value: accountId }, UnitPrice }, id);
  }
  const accounts = {
    IncomeAccountRef: { value: '79' },
    ExpenseAccountRef: { value: '80' },
    AssetAccountRef: { value: '81' },
  };
  for (const [id, Name, UnitPrice, PurchaseCost, QtyOnHand] of GOODS) {
    const stock = { QtyOnHand, InvStartDate: addDays(today, -90) };
    sow('Item', { Name, Type: 'Inventory', UnitPrice, PurchaseCost, ...stock, ...accounts }, id);
  }
  sow(
    'Item',
    { Name: 'Custom Design', Type: 'Service', IncomeAccountRef: { value: '82' }, UnitPrice: 75 },
    19,
  );
}

function sowLists(sow: Sow): void {
  for (const Name of ['Cash', 'Check', 'Visa', 'MasterCard']) {
    const Type = ['Visa', 'MasterCard'].includes(Name) ? 'CREDIT_CARD' : 'NON_CREDIT_CARD';
    sow('PaymentMethod', { Name, Type });
  }
  sow('Term', { Name: 'Due on receipt', DueDays: 0 });
  for (const DueDays of [10, 15, 30, 60]) sow('Term', { Name: `Net ${DueDays}`, DueDays });
  sow('Class', { Name: 'Litigation' });
  sow('Department', { Name: 'Downtown' });
  sow('TaxAgency', { DisplayName: 'State Board of Equalization' });
  sow('CompanyCurrency', { Code: 'CAD' });
  sow('ExchangeRate', { SourceCurrencyCode: 'CAD', AsOfDate: '2026-01-01', Rate: 0.73 });
  sow('ExchangeRate', { SourceCurrencyCode: 'EUR', AsOfDate: '2026-01-01', Rate: 1.16 });
}

function sowName(sow: Sow, entity: string, { id, name, parentId, street, city }: NameRow): void {
  const state = { CountrySubDivisionCode: 'CA', PostalCode: '94326' };
  const address = street === undefined ? {} : { BillAddr: { Line1: street, City: city, ...state } };
  const parent = parentId === undefined ? {} : { ParentRef: { value: String(parentId) }, Job: true };
  sow(entity, { DisplayName: name, ...address, ...parent }, id);
}

function sowNames(sow: Sow): void {
  for (const row of CUSTOMERS) sowName(sow, 'Customer', row);
  for (const row of VENDORS) sowName(sow, 'Vendor', row);
  sow('Employee', { GivenName: 'Emily', FamilyName: 'Platt' }, 54);
  // The last of the names, so that the next one of a caller gets an id that is free.
  sow('Employee', { GivenName: 'John', FamilyName: 'Johnson' }, 58);
}

function sale(customerId: string, itemId: string, Amount: number, TxnDate: string): Fields {
  const detail = { ItemRef: { value: itemId } };
  return {
    CustomerRef: { value: customerId },
    TxnDate,
    Line: [{ Amount, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: detail }],
  };
}

/** Invoices, what was paid of them, a receipt, and money that is owed back. */
function sowSales(sow: Sow, today: string): void {
  for (const [customerId, itemId, amount, paid, daysAgo] of INVOICES) {
    const invoiceId = sow('Invoice', sale(customerId, itemId, amount, addDays(today, -daysAgo)));
    if (paid === 0) continue;
    sow('Payment', {
      CustomerRef: { value: customerId },
      TxnDate: addDays(today, -Math.max(0, daysAgo - 10)),
      TotalAmt: paid,
      Line: [{ Amount: paid, LinkedTxn: [{ TxnId: invoiceId, TxnType: 'Invoice' }] }],
    });
  }
  sow('CreditMemo', sale('15', '12', 100, addDays(today, -15)));
  sow('SalesReceipt', sale('4', '18', 140, addDays(today, -13)));
  sow('Estimate', sale('24', '5', 362.07, addDays(today, -12)));
}

function cost(accountId: string, Amount: number): Fields {
  const detail = { AccountRef: { value: accountId } };
  return { Amount, DetailType: 'AccountBasedExpenseLineDetail', AccountBasedExpenseLineDetail: detail };
}

function sowSpending(sow: Sow, today: string): void {
  for (const [vendorId, accountId, amount, daysAgo] of BILLS) {
    const TxnDate = addDays(today, -daysAgo);
    sow('Bill', { VendorRef: { value: vendorId }, TxnDate, Line: [cost(accountId, amount)] });
  }
  for (const [vendorId, accountId, amount, number] of EXPENSES) {
    const numbered =
      number === undefined ? { PaymentType: 'Cash' } : { PaymentType: 'Check', DocNumber: number };
    sow('Purchase', {
      ...numbered,
      AccountRef: { value: '35' },
      EntityRef: { value: vendorId, type: 'Vendor' },
      TxnDate: addDays(today, -7),
      Line: [cost(accountId, amount)],
    });
  }
  sow('Transfer', { FromAccountRef: { value: '35' }, ToAccountRef: { value: '36' }, Amount: 500 });
  const info = { Name: 'Telephone Bill', RecurType: 'Automated', Active: true };
  const schedule = { IntervalType: 'Monthly', NumInterval: 1, DayOfMonth: 1 };
  const bill = { VendorRef: { value: '32' }, Line: [cost('77', 74.36)] };
  sow('RecurringTransaction', { Bill: { ...bill, RecurringInfo: { ...info, ScheduleInfo: schedule } } });
}

/** A US company with sample data, as a developer's sandbox has: names, ids and open balances are those of one. */
export function sandbox(sow: Sow, nowMs: number): void {
  const today = formatDate(nowMs);
  sowAccounts(sow);
  sowItems(sow, today);
  sowLists(sow);
  sowNames(sow);
  sowSales(sow, today);
  sowSpending(sow, today);
}
