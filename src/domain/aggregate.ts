/** What a workflow is about; one workflow per aggregate, one writer per document in QuickBooks. */
export const AGGREGATE_TYPES = [
  'bill',
  'payment',
  'trustTransaction',
  'contact',
  'timekeeper',
  'company',
] as const;

export type AggregateType = (typeof AGGREGATE_TYPES)[number];

/**
 * What lists show. `waiting` is for a machine or for another aggregate, `needs-attention` for a person; `skipped` is
 * older than the firm's start.
 */
export type AggregateState = 'working' | 'waiting' | 'needs-attention' | 'posted' | 'excluded' | 'skipped';

export interface AggregateRef {
  firmId: string;
  type: AggregateType;
  id: string;
}
