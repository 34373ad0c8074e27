import { formatSecond } from './clock.js';
import type { Company } from './company.js';
import { ruleOf } from './entity/registry.js';
import type { Fields } from './fields.js';
import { presentHome } from './home.js';
import { withNames } from './reference.js';
import type { Stored } from './table.js';

/** Who changed an object last is told on these entities only. */
const NAMES_ITS_EDITOR = new Set(['Invoice', 'Bill']);
const EDITOR = { value: '9130357849300001' };

function metaData(stored: Stored): Fields {
  const meta: Fields = { CreateTime: formatSecond(stored.createdAtMs) };
  if (NAMES_ITS_EDITOR.has(stored.entity)) meta['LastModifiedByRef'] = EDITOR;
  meta['LastUpdatedTime'] = formatSecond(stored.updatedAtMs);
  return meta;
}

/** An object as a reader sees it: names in references, balances and links derived, empty properties left out. */
export function present(company: Company, stored: Stored): Fields {
  const fields = withNames(company, stored.fields) as Fields;
  const rule = ruleOf(stored.entity);
  rule?.present?.({ company, stored }, fields);
  if (rule?.isTransaction === true) presentHome(company, stored, fields);
  const shown = {
    ...fields,
    domain: 'QBO',
    sparse: false,
    Id: stored.id,
    SyncToken: String(stored.syncToken),
    MetaData: metaData(stored),
  };
  return rule?.wrap?.(stored, shown) ?? shown;
}

/** What is left of a deleted object in the answer to its deletion. */
export function presentDeleted(stored: Stored): Fields {
  const shown = { domain: 'QBO', status: 'Deleted', Id: stored.id };
  return ruleOf(stored.entity)?.wrap?.(stored, shown) ?? shown;
}

/** The same in change data capture, which also says when. */
export function presentDeletedChange(stored: Stored): Fields {
  return { ...presentDeleted(stored), MetaData: { LastUpdatedTime: formatSecond(stored.updatedAtMs) } };
}
