import { isRemoval, type WriteAction } from '../domain/document.js';
import type { Intent } from '../domain/intent.js';
import { account } from './account.js';
import { application } from './application.js';
import { cheque } from './cheque.js';
import { classMapping } from './class.js';
import { creditMemo } from './credit-memo.js';
import { customer } from './customer.js';
import { invoice } from './invoice.js';
import { journalEntry } from './journal-entry.js';
import { payment } from './payment.js';
import { vendor } from './vendor.js';
import type { QboRequest } from './client.js';
import { quote, type LinkRef, type Mapping } from './mapping.js';
import { foundIn, queryRequest, recordRequest } from './query.js';

const MAPPINGS = {
  customer,
  vendor,
  class: classMapping,
  account,
  invoice,
  'credit-memo': creditMemo,
  application,
  payment,
  'journal-entry': journalEntry,
  cheque,
} satisfies { [I in Intent as I['document']]: Mapping<I> };

export const mappingOf = (document: Intent['document']): Mapping => MAPPINGS[document];

/** The bytes of a write, made once and frozen: a replay sends exactly these. All but a create need a link. */
export function freezeBody(intent: Intent, action: WriteAction, link?: LinkRef): string {
  // QuickBooks wants no more of a removal, and takes offence at some of what it sends itself.
  if (isRemoval(action)) return JSON.stringify({ Id: link?.qboId, SyncToken: link?.syncToken });
  return JSON.stringify(mappingOf(intent.document).toBody(intent, action === 'update' ? link : undefined));
}

/** Which object, and in which state, a frozen update was meant for. */
export function linkIn(updateBody: string): LinkRef {
  const { Id, SyncToken } = JSON.parse(updateBody) as { Id: string; SyncToken: string };
  return { qboId: Id, syncToken: SyncToken };
}

export function writeRequest(
  { document, ...meant }: Pick<Intent, 'document'> & { duplicateAllowed?: true },
  action: WriteAction,
  body: string,
  requestId: string,
): QboRequest {
  const removes = isRemoval(action);
  return {
    method: 'POST',
    path: mappingOf(document).entity.toLowerCase(),
    query: {
      ...(removes && { operation: action }),
      ...(meant.duplicateAllowed && !removes && { include: 'allowduplicatedocnum' }),
      requestid: requestId,
    },
    body,
  };
}

/** What of ours somebody has changed since it was posted, or since a person took it with what is `accepted`. */
export const changesSince = (
  { intent, accepted = [] }: { intent: Intent; accepted?: readonly string[] },
  object: Record<string, unknown>,
): string[] =>
  mappingOf(intent.document)
    .allDifferences(intent, object)
    .filter((one) => !accepted.includes(one));

export function readRequest(document: Intent['document'], qboId: string): QboRequest {
  return recordRequest(mappingOf(document).entity, qboId);
}

/** How to find a create whose answer was lost: what was made since, then what looks like it. Reads are metered. */
export function lookupRequests(intent: Intent, since: Date): QboRequest[] {
  const mapping = mappingOf(intent.document);
  const made = `select * from ${mapping.entity} where MetaData.CreateTime >= ${quote(since.toISOString())} orderby Id maxresults 1000`;
  return [made, ...mapping.lookups(intent)].map(queryRequest);
}

/** What changed since, from QuickBooks' change log: it may know of a write that a query does not show yet. */
export const changesRequest = (document: Intent['document'], since: Date): QboRequest => ({
  method: 'GET',
  path: 'cdc',
  query: { entities: mappingOf(document).entity, changedSince: since.toISOString() },
});

/** The object inside a write's or a read's answer. */
export const objectOf = (
  document: Intent['document'],
  json: Record<string, unknown>,
): Record<string, unknown> => (json[mappingOf(document).entity] ?? {}) as Record<string, unknown>;

/** The living rows of a query's or a change log's answer; none when nothing was found. */
export function rowsOf(
  document: Intent['document'],
  json: Record<string, unknown>,
): Record<string, unknown>[] {
  const changes = (json.CDCResponse as { QueryResponse?: unknown[] }[] | undefined) ?? [];
  const logged = changes.flatMap((one) => one.QueryResponse ?? []);
  return [json, ...logged.map((QueryResponse) => ({ QueryResponse }))]
    .flatMap((answer) => foundIn(answer, mappingOf(document).entity))
    .filter((row) => row.status !== 'Deleted');
}

/** Where a person sees a record in QuickBooks' own pages. */
export function qboUrl(txnType: string, txnId: string): string {
  const id = encodeURIComponent(txnId);
  if (isName(txnType)) return `https://app.qbo.intuit.com/app/${txnType.toLowerCase()}detail?nameId=${id}`;
  const page = txnType.toLowerCase().replaceAll(/[^a-z]/g, '');
  return `https://app.qbo.intuit.com/app/${page}?txnId=${id}`;
}

const isName = (type: string): boolean => ['Customer', 'Vendor', 'Employee'].includes(type);
