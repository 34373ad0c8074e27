import type { Company } from './company.js';
import { Fault, finding, missing, unknownReference } from './fault.js';
import { type Fields, list, numeric, text } from './fields.js';
import { bind } from './shape/bind.js';

function put(company: Company, entity: string, id: string, fields: Fields, nowMs: number): void {
  const stored = { id, entity, fields, syncToken: 0, createdAtMs: nowMs, updatedAtMs: nowMs };
  company.table(entity).put({ ...stored, deleted: false, lastLineId: 0 });
}

function isTaken(company: Company, entity: string, name: string): boolean {
  for (const stored of company.table(entity).find('Name', name)) if (!stored.deleted) return true;
  return false;
}

function existing(company: Company, entity: 'TaxAgency' | 'TaxRate', id: string): string {
  const stored = company.table(entity).get(id);
  if (stored === undefined || stored.deleted) throw new Fault([unknownReference(entity, id, `${entity}Id`)]);
  return id;
}

/** The rate a detail names, made when it has only a name and a value. */
function rateId(company: Company, detail: Fields, nowMs: number): string {
  const known = text(detail, 'TaxRateId');
  if (known !== undefined) return existing(company, 'TaxRate', known);
  const name = text(detail, 'TaxRateName') ?? '';
  if (isTaken(company, 'TaxRate', name)) {
    throw new Fault([
      finding(
        '6240',
        'The name supplied already exists. : Another tax rate is already using this \nname.',
        'Name',
      ),
    ]);
  }
  const id = company.nextId('tax');
  const agency = { value: existing(company, 'TaxAgency', text(detail, 'TaxAgencyId') ?? '1') };
  const fields = {
    Name: name,
    Description: name,
    Active: true,
    RateValue: numeric(detail, 'RateValue') ?? 0,
  };
  put(
    company,
    'TaxRate',
    id,
    { ...fields, AgencyRef: agency, SpecialTaxType: 'NONE', DisplayType: 'ReadOnly' },
    nowMs,
  );
  return id;
}

function rateList(details: readonly Fields[], ids: readonly string[], appliesTo: string): Fields {
  const rates = details.flatMap((detail, index) =>
    (text(detail, 'TaxApplicableOn') ?? 'Sales') === appliesTo
      ? [{ TaxRateRef: { value: ids[index] ?? '' }, TaxTypeApplicable: 'TaxOnAmount', TaxOrder: 0 }]
      : [],
  );
  return { TaxRateDetail: rates };
}

/** Makes a tax code with its rates in one go. The answer is the request with the ids filled in, in no envelope. */
export function createTaxCode(company: Company, body: unknown, nowMs: number): Fields {
  const sent = bind('TaxService', body);
  const details = list(sent, 'TaxRateDetails');
  const name = text(sent, 'TaxCode');
  if (name === undefined) throw new Fault([missing('TaxCode')]);
  if (details.length === 0) throw new Fault([missing('TaxRateDetails')]);
  if (isTaken(company, 'TaxCode', name)) {
    const detail = 'The name supplied already exists. : Another tax code is already using this name.';
    throw new Fault([finding('6240', detail, 'Name')]);
  }
  const ids = details.map((detail) => rateId(company, detail, nowMs));
  const id = company.nextId('tax');
  const fields = {
    Name: name,
    Description: name,
    Active: true,
    Hidden: false,
    Taxable: true,
    TaxGroup: true,
  };
  const rates = {
    SalesTaxRateList: rateList(details, ids, 'Sales'),
    PurchaseTaxRateList: rateList(details, ids, 'Purchase'),
  };
  put(company, 'TaxCode', id, { ...fields, ...rates }, nowMs);
  return {
    TaxCode: name,
    TaxCodeId: id,
    TaxRateDetails: details.map((detail, index) => ({ ...detail, TaxRateId: ids[index] })),
  };
}
