import type { Sow } from './plant.js';

/** The books of a small law firm: an operating and a trust bank, what is held for clients, fees and costs. */
export function lawFirm(sow: Sow): void {
  sow('Account', { Name: 'Operating Bank', AccountType: 'Bank', AccountSubType: 'Checking' });
  sow('Account', { Name: 'Trust Bank (IOLTA)', AccountType: 'Bank', AccountSubType: 'TrustAccounts' });
  sow('Account', {
    Name: 'Client Trust Liability',
    AccountType: 'Other Current Liability',
    AccountSubType: 'TrustAccountsLiabilities',
  });
  const fees = sow('Account', {
    Name: 'Legal Fee Income',
    AccountType: 'Income',
    AccountSubType: 'ServiceFeeIncome',
  });
  const costs = sow('Account', {
    Name: 'Reimbursed Costs Income',
    AccountType: 'Income',
    AccountSubType: 'OtherPrimaryIncome',
  });
  sow('Account', {
    Name: 'Advanced Client Costs',
    AccountType: 'Other Current Asset',
    AccountSubType: 'OtherCurrentAssets',
  });
  sow('Account', { Name: 'Bank Charges', AccountType: 'Expense', AccountSubType: 'BankCharges' });
  sow('Account', { Name: 'Firm Credit Card', AccountType: 'Credit Card' });
  sow('Item', { Name: 'Legal services', Type: 'Service', IncomeAccountRef: { value: fees } });
  sow('Item', { Name: 'Reimbursed expenses', Type: 'Service', IncomeAccountRef: { value: costs } });
}
