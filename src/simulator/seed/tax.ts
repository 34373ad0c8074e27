import type { Fields } from '../fields.js';

export interface TaxSeed {
  readonly entity: 'TaxCode' | 'TaxRate';
  readonly id: string;
  readonly fields: Fields;
}

function rateList(rateId: string): Fields {
  return {
    TaxRateDetail: [{ TaxRateRef: { value: rateId }, TaxTypeApplicable: 'TaxOnAmount', TaxOrder: 0 }],
  };
}

function code(id: string, name: string, description: string, taxable: boolean, rateId?: string): TaxSeed {
  const rates: Fields =
    rateId === undefined
      ? {}
      : { SalesTaxRateList: rateList(rateId), PurchaseTaxRateList: { TaxRateDetail: [] } };
  const fields = {
    Name: name,
    Description: description,
    Active: true,
    Hidden: false,
    Taxable: taxable,
    ...rates,
  };
  return { entity: 'TaxCode', id, fields: { ...fields, TaxGroup: rateId !== undefined } };
}

function rate(id: string, name: string, value: number): TaxSeed {
  const fields = { Name: name, Description: name, Active: true, RateValue: value, AgencyRef: { value: '1' } };
  return { entity: 'TaxRate', id, fields: { ...fields, SpecialTaxType: 'NONE', DisplayType: 'ReadOnly' } };
}

/** In the United States a line is taxable or not, and one code of the whole sale says how much. */
export const US_TAXES: readonly TaxSeed[] = [
  code('TAX', 'TAX', 'TAX', true),
  code('NON', 'NON', 'NON', false),
  rate('1', 'California', 8),
  code('2', 'California', 'Sales tax', true, '1'),
];
