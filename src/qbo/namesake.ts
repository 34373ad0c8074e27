import type { Intent } from '../domain/intent.js';
import { mappingOf } from './document.js';
import { INACTIVE_SUFFIX, isActive, quote } from './mapping.js';
import { foundIn } from './query.js';

/** A record that has the name that was wished. */
export interface Namesake {
  /** QuickBooks' name of its list, e.g. `Vendor`. */
  entity: string;
  qboId: string;
  name: string;
  isActive: boolean;
  object: Record<string, unknown>;
}

/** Customers, vendors and employees share their names; other lists have them to themselves. */
export function namesakeQueries(intent: Intent): { entity: string; query: string }[] {
  if (intent.document !== 'customer' && intent.document !== 'vendor') {
    const mapping = mappingOf(intent.document);
    return mapping.lookups(intent).map((query) => ({ entity: mapping.entity, query }));
  }
  const names = `${quote(intent.name)}, ${quote(intent.name + INACTIVE_SUFFIX)}`;
  return ['Customer', 'Vendor', 'Employee'].map((entity) => ({
    entity,
    query: `select * from ${entity} where DisplayName in (${names}) and Active in (true, false)`,
  }));
}

/** The one that has it, an active one before an inactive one; `own` is the id of the record that was to get it. */
export function namesakeIn(
  entity: string,
  json: Record<string, unknown>,
  own?: string,
): Namesake | undefined {
  const rows = foundIn(json, entity).filter(({ Id }) => Id !== own);
  const object = rows.find(isActive) ?? rows[0];
  if (!object) return undefined;
  const { Id, DisplayName, Name } = object;
  return { entity, qboId: String(Id), name: String(DisplayName ?? Name), isActive: isActive(object), object };
}
