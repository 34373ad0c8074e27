import type { Sow } from './plant.js';
import { type TaxSeed, code, rate } from './tax.js';

const REVENUE_AGENCY = '1';
const BRITISH_COLUMBIA = '2';

/** Two agencies, each with the account on which its tax is owed. */
export function canada(sow: Sow): void {
  const liability = (Name: string): { value: string } => ({
    value: sow('Account', {
      Name,
      AccountType: 'Other Current Liability',
      AccountSubType: 'GlobalTaxPayable',
    }),
  });
  sow('TaxAgency', {
    DisplayName: 'Canada Revenue Agency',
    TaxTrackedOnPurchases: true,
    TaxTrackedOnSalesAccountRef: liability('GST/HST Payable'),
  });
  sow('TaxAgency', {
    DisplayName: 'Ministry of Finance (BC)',
    TaxTrackedOnSalesAccountRef: liability('PST BC Payable'),
  });
}

/** Sales and purchases have rates of their own. Provincial tax on a purchase cannot be claimed back, so it has none. */
export const CANADIAN_TAXES: readonly TaxSeed[] = [
  rate('1', 'GST', 5, REVENUE_AGENCY),
  rate('2', 'GST (ITC)', 5, REVENUE_AGENCY),
  rate('3', 'HST ON', 13, REVENUE_AGENCY),
  rate('4', 'HST (ITC) ON', 13, REVENUE_AGENCY),
  rate('5', 'PST BC', 7, BRITISH_COLUMBIA),
  rate('6', 'GST ZR', 0, REVENUE_AGENCY),
  rate('7', 'GST ZR (Purchases)', 0, REVENUE_AGENCY),
  rate('8', 'GST EP', 0, REVENUE_AGENCY),
  rate('9', 'GST EP (Purchases)', 0, REVENUE_AGENCY),
  code('2', 'Exempt', 'GST/HST exempt', true, { sales: ['8'], purchases: ['9'] }),
  code('3', 'Zero-rated', 'GST/HST zero-rated', true, { sales: ['6'], purchases: ['7'] }),
  code('4', 'Out of Scope', 'Out of scope', false),
  code('5', 'GST', 'GST 5%', true, { sales: ['1'], purchases: ['2'] }),
  code('6', 'GST/PST BC', 'GST 5% and PST 7%', true, { sales: ['1', '5'], purchases: ['2'] }),
  code('7', 'HST ON', 'HST 13%', true, { sales: ['3'], purchases: ['4'] }),
];
