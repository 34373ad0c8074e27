import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import type { AggregateType } from '../domain/aggregate.js';

/** Ids and codes only: Temporal never encrypts search attributes. */
export const searchAttribute = {
  firmId: defineSearchAttributeKey('FirmId', 'KEYWORD'),
  realmId: defineSearchAttributeKey('RealmId', 'KEYWORD'),
  aggregateType: defineSearchAttributeKey('AggregateType', 'KEYWORD'),
  syncState: defineSearchAttributeKey('SyncState', 'KEYWORD'),
  faultKey: defineSearchAttributeKey('FaultKey', 'KEYWORD'),
  needsAttentionSince: defineSearchAttributeKey('NeedsAttentionSince', 'DATETIME'),
} as const;

/** Name → type, as the `temporal` CLI and the operator API spell them. */
export const SEARCH_ATTRIBUTE_TYPES: Readonly<Record<string, 'Keyword' | 'Datetime'>> = Object.fromEntries(
  Object.values(searchAttribute).map(({ name, type }) => [
    name,
    type === 'DATETIME' ? 'Datetime' : 'Keyword',
  ]),
);

/** What a workflow is found by from its first instant on. */
export const startAttributes = (firmId: string, type: AggregateType): TypedSearchAttributes =>
  new TypedSearchAttributes([
    { key: searchAttribute.firmId, value: firmId },
    { key: searchAttribute.aggregateType, value: type },
    { key: searchAttribute.syncState, value: 'Working' },
  ]);
