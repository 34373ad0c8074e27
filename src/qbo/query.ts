import type { QboRequest } from './client.js';
import { quote } from './mapping.js';

export const queryRequest = (query: string): QboRequest => ({
  method: 'GET',
  path: 'query',
  query: { query },
});

/** One record; `entity` as QuickBooks calls it, e.g. `JournalEntry`. */
export const recordRequest = (entity: string, qboId: string): QboRequest => ({
  method: 'GET',
  path: `${entity.toLowerCase()}/${encodeURIComponent(qboId)}`,
});

/** Records of a list by their ids, the inactive ones too. Unasked, QuickBooks would end at a hundred. */
export const listRequest = (list: string, ids: readonly string[]): QboRequest =>
  queryRequest(
    `select * from ${list} where Id in (${ids.map(quote).join(', ')}) and Active in (true, false) maxresults 1000`,
  );

/** What a query has found of an entity; nothing of it is said where there is none. */
export function foundIn(json: Record<string, unknown>, entity: string): Record<string, unknown>[] {
  const found = json.QueryResponse as Record<string, Record<string, unknown>[]> | null | undefined;
  return found?.[entity] ?? [];
}
