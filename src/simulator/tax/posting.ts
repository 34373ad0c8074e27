import type { Company } from '../company.js';
import { type Fields, child, list, refId } from '../fields.js';
import type { Entry } from '../ledger.js';
import { cents } from '../money.js';
import { liabilityAccount } from './code.js';

/** Tax lies with the agency of its rate: owed for a sale, claimed back for a purchase. `sign` is 1 for a sale. */
export function taxEntries(company: Company, fields: Fields, sign: 1 | -1): Entry[] {
  const detail = child(fields, 'TxnTaxDetail');
  let left = cents(detail, 'TotalTax');
  const entries = list(detail, 'TaxLine').map((line) => {
    const amountCents = cents(line, 'Amount');
    left -= amountCents;
    const rateId = refId(child(line, 'TaxLineDetail'), 'TaxRateRef');
    return { accountId: liabilityAccount(company, rateId), cents: -sign * amountCents };
  });
  // What a caller says without naming a rate.
  if (left !== 0) entries.push({ accountId: liabilityAccount(company, undefined), cents: -sign * left });
  return entries;
}
