import type { Company } from './company.js';
import { objectNotFound, refuse, unsupported } from './fault.js';
import type { Fields } from './fields.js';
import type { Operation } from './operation.js';
import { present } from './present.js';

/** The singletons are read without an id, or with the realm in place of one. */
function storedId(operation: Operation): string {
  if (operation.entity === 'CompanyInfo' || operation.entity === 'Preferences') return '1';
  return operation.id ?? '';
}

/** @throws Fault 610 for an object that is not there, 2030 for an id that is no number, 500 for no id */
export function read(company: Company, operation: Operation): Fields {
  const entity = operation.entity ?? '';
  const id = storedId(operation);
  if (id === '') throw unsupported('No resource method found for GET, return 405 with Allow header');
  if (!/^-?\w+$/.test(id)) throw refuse('2030', `Id should be a valid number. Supplied value:${id}`, 'Id');
  const stored = company.table(entity).get(id);
  if (stored === undefined || stored.deleted) throw objectNotFound();
  return { [entity]: present(company, stored) };
}
