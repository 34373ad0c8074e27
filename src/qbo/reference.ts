import type { Intent } from '../domain/intent.js';
import type { Reference, ReferenceList } from '../domain/reference.js';
import type { QboRequest } from './client.js';
import { formerName, isActive } from './mapping.js';
import { foundIn, listRequest } from './query.js';

type List = Exclude<ReferenceList, 'Kind'>;

/** What a person calls an entry of the list. */
const WORDS: Record<List, string> = {
  Item: 'product or service',
  Account: 'account',
  PaymentMethod: 'payment method',
  TaxCode: 'tax code',
};

/** A record that a document goes by and that QuickBooks does not take, with what a person calls it. */
export type Absent = Reference & { list: List; what: string; name?: string };

/** "TAX" and "NON", which the United States have in place of tax codes, stand on no list. */
const IS_LISTED = /^\d+$/;

/** Which records of lists a document goes by, beside its customer and its classes. */
export function referencesOf(intent: Intent): Pick<Absent, 'list' | 'id'>[] {
  switch (intent.document) {
    case 'invoice':
    case 'credit-memo':
      return unique(
        intent.lines.flatMap(({ itemId, taxCodeId = '' }) => [
          { list: 'Item' as const, id: itemId },
          ...(IS_LISTED.test(taxCodeId) ? [{ list: 'TaxCode' as const, id: taxCodeId }] : []),
        ]),
      );
    case 'payment':
      return [
        ...(intent.accountId === undefined ? [] : [{ list: 'Account' as const, id: intent.accountId }]),
        ...(intent.methodId === undefined ? [] : [{ list: 'PaymentMethod' as const, id: intent.methodId }]),
      ];
    case 'journal-entry':
    case 'cheque':
      return unique(intent.lines.map(({ accountId: id }) => ({ list: 'Account', id })));
    case 'customer':
    case 'vendor':
    case 'class':
    case 'account':
    case 'application':
      return [];
  }
}

const unique = (all: Pick<Absent, 'list' | 'id'>[]) => [
  ...new Map(all.map((one) => [`${one.list} ${one.id}`, one])).values(),
];

/** A read for each list, of all that the document goes by, the inactive ones too. */
export function referenceRequests(of: readonly Pick<Absent, 'list' | 'id'>[]): {
  list: List;
  ids: string[];
  request: QboRequest;
}[] {
  return [...new Set(of.map(({ list }) => list))].map((list) => {
    const ids = of.filter((one) => one.list === list).map(({ id }) => id);
    return { list, ids, request: listRequest(list, ids) };
  });
}

type ListRow = Record<string, unknown> & { Id?: string; Name?: string };

/** The first of them that is missing or inactive. */
export function absentAmong(
  list: List,
  ids: readonly string[],
  json: Record<string, unknown>,
): Absent | undefined {
  const rows = foundIn(json, list) as ListRow[];
  for (const id of ids) {
    const row = rows.find(({ Id }) => Id === id);
    if (!row) return { list, id, what: `the ${WORDS[list]} with the id ${id}` };
    if (isActive(row)) continue;
    const name = formerName(row.Name);
    return { list, id, name, inactive: true, what: `the ${WORDS[list]} "${name}"` };
  }
  return undefined;
}

/** The one of that name. */
export function namedAmong(list: List, name: string, json: Record<string, unknown>): Absent | undefined {
  const row = (foundIn(json, list) as ListRow[]).find(({ Name }) => Name === name.trim());
  return row?.Id === undefined ? undefined : { list, id: row.Id, name, what: `the ${WORDS[list]} "${name}"` };
}

export const listUpdateRequest = (list: List, body: string, requestId: string): QboRequest => ({
  method: 'POST',
  path: list.toLowerCase(),
  query: { requestid: requestId },
  body,
});

export const listed = (list: List, json: Record<string, unknown>): Record<string, unknown> =>
  (json[list] ?? {}) as Record<string, unknown>;
