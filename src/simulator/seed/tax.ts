import type { Fields } from '../fields.js';

export interface TaxSeed {
  readonly entity: 'TaxCode' | 'TaxRate';
  readonly id: string;
  readonly fields: Fields;
}

/** Ids of the rates of a code, in their order. */
export interface CodeRates {
  readonly sales: readonly string[];
  readonly purchases: readonly string[];
}

function rateList(rateIds: readonly string[]): Fields {
  return {
    TaxRateDetail: rateIds.map((value, TaxOrder) => ({
      TaxRateRef: { value },
      TaxTypeApplicable: 'TaxOnAmount',
      TaxOrder,
    })),
  };
}

export function code(
  id: string,
  name: string,
  description: string,
  taxable: boolean,
  rates?: CodeRates,
): TaxSeed {
  const lists: Fields =
    rates === undefined
      ? {}
      : { SalesTaxRateList: rateList(rates.sales), PurchaseTaxRateList: rateList(rates.purchases) };
  const fields = {
    Name: name,
    Description: description,
    Active: true,
    Hidden: false,
    Taxable: taxable,
    ...lists,
  };
  return { entity: 'TaxCode', id, fields: { ...fields, TaxGroup: rates !== undefined } };
}

export function rate(id: string, name: string, value: number, agencyId: string): TaxSeed {
  const agency = { AgencyRef: { value: agencyId } };
  const fields = { Name: name, Description: name, Active: true, RateValue: value, ...agency };
  return { entity: 'TaxRate', id, fields: { ...fields, SpecialTaxType: 'NONE', DisplayType: 'ReadOnly' } };
}

/** In the United States a line is taxable or not, and one code of the whole sale says how much. */
export const US_TAXES: readonly TaxSeed[] = [
  code('TAX', 'TAX', 'TAX', true),
  code('NON', 'NON', 'NON', false),
  rate('1', 'California', 8, '1'),
  code('2', 'California', 'Sales tax', true, { sales: ['1'], purchases: [] }),
];
