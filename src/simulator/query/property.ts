import { templateKind } from '../entity/recurring-transaction.js';
import { refuse } from '../fault.js';
import { type Fields, isFields } from '../fields.js';
import type { EntityRule, QueryType } from '../rule.js';
import { shapeOf } from '../shape/parse.js';
import type { Stored } from '../table.js';

export interface QueryProperty {
  readonly name: string;
  readonly type: QueryType;
}

const ALWAYS: Readonly<Record<string, QueryType>> = {
  Id: 'id',
  'MetaData.CreateTime': 'instant',
  'MetaData.LastUpdatedTime': 'instant',
};

/** A property of the entity in any spelling of its case. @throws Fault 4001 */
export function propertyOf(rule: EntityRule, written: string): QueryProperty {
  const wanted = written.toLowerCase();
  for (const [name, type] of Object.entries({ ...ALWAYS, ...rule.queryable })) {
    if (name.toLowerCase() === wanted) return { name, type };
  }
  const top = wanted.split('.')[0];
  const exists = [...(shapeOf(rule.name)?.keys() ?? [])].some((name) => name.toLowerCase() === top);
  if (exists) throw refuse('4001', `QueryValidationError: property '${written}' is not queryable`);
  throw refuse('4001', `QueryValidationError: Property ${written} not found for Entity ${rule.name}`);
}

function scalarOf(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!isFields(value)) return undefined;
  return scalarOf(value['value'] ?? value['Address']);
}

/** Goes down a dotted path; of an array, its first element. */
function follow(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, name) => {
    const holder: unknown = Array.isArray(part) ? part[0] : part;
    return isFields(holder) ? holder[name] : undefined;
  }, value);
}

/** The value that is compared: an instant as milliseconds, a reference as its id, a text in lower case. */
export function valueOf(
  property: QueryProperty,
  stored: Stored,
  fields: Fields,
): string | number | boolean | undefined {
  if (property.name === 'Id') return stored.id;
  if (property.type === 'kind') return templateKind(fields)?.toLowerCase();
  // To the second, because that is what the answer shows and what a caller feeds back.
  if (property.name === 'MetaData.CreateTime') return Math.floor(stored.createdAtMs / 1000) * 1000;
  if (property.name === 'MetaData.LastUpdatedTime') return Math.floor(stored.updatedAtMs / 1000) * 1000;
  const value = scalarOf(follow(fields, property.name));
  return typeof value === 'string' ? value.toLowerCase() : value;
}
