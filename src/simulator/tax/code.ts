import type { Company } from '../company.js';
import { child, list, numeric, refId } from '../fields.js';

/** Sales and purchases of one code have rates of their own. */
export type Side = 'Sales' | 'Purchase';

export interface Rate {
  readonly id: string;
  readonly percent: number;
}

export function isUnitedStates(company: Company): boolean {
  return company.country === 'US' || company.country === 'USA';
}

export function usesSalesTax(company: Company): boolean {
  return company.prefers('TaxPrefs', 'UsingSalesTax');
}

/** The rates of a code in their order; a group has several, a code that is out of scope none. */
export function ratesOf(company: Company, codeId: string | undefined, side: Side): Rate[] {
  const code = company.table('TaxCode').get(codeId ?? '');
  const details = list(child(code?.fields, `${side}TaxRateList`), 'TaxRateDetail');
  return [...details]
    .sort((left, right) => (numeric(left, 'TaxOrder') ?? 0) - (numeric(right, 'TaxOrder') ?? 0))
    .map((detail) => {
      const id = refId(detail, 'TaxRateRef') ?? '';
      return { id, percent: numeric(company.table('TaxRate').get(id)?.fields, 'RateValue') ?? 0 };
    });
}

/** The account that owes what was collected for a rate. */
export function liabilityAccount(company: Company, rateId: string | undefined): string {
  const rate = company.table('TaxRate').get(rateId ?? '');
  const agency = company.table('TaxAgency').get(refId(rate?.fields, 'AgencyRef') ?? '');
  return (
    refId(agency?.fields, 'TaxTrackedOnSalesAccountRef') ??
    company.accountOf('GlobalTaxPayable') ??
    company.accountOf('SalesTaxPayable') ??
    'tax'
  );
}
