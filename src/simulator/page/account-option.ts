import type { Company } from '../company.js';
import { text } from '../fields.js';
import { isActive } from '../reference.js';
import type { Option } from './view.js';

/** The banks that money can be brought to, or cheques be drawn on. */
export function bankOptions(company: Company): Option[] {
  return [...company.table('Account').all()]
    .filter((stored) => isActive(stored) && stored.fields['AccountType'] === 'Bank')
    .map((stored) => ({ value: stored.id, label: text(stored.fields, 'FullyQualifiedName') ?? stored.id }));
}
