import { z } from 'zod';
import { AGGREGATE_TYPES, type AggregateRef } from '../domain/aggregate.js';
import { FAULT_ENTRIES } from '../domain/fault/catalogue.js';
import { UNCATALOGUED } from '../domain/uncatalogued.js';
import { day, id, read } from './field.js';

/** What became of an item, as the sync log names it. */
export const STATES = [
  'accepted',
  'message-refused',
  'posted',
  'refused',
  'absent',
  'parked',
  'adopted',
  'link',
  'reactivated',
  'skipped',
  'remedy',
  'connected',
  'settings',
  'reserved',
  'overdraw-recorded',
  'printed',
  'withdrawn',
] as const;

const CAUSES = new Set([...FAULT_ENTRIES, ...UNCATALOGUED].map(({ key }) => key));

const cause = z
  .string()
  .refine((key) => CAUSES.has(key), 'must be a cause of docs/remedies.md, such as number-used-bill');
const kind = z.enum(AGGREGATE_TYPES, `must be one of ${AGGREGATE_TYPES.join(', ')}`);
const state = z.enum(STATES, `must be one of ${STATES.join(', ')}`);

/** Digits in an address or on a command line. */
const limit = z
  .union([z.string().regex(/^\d+$/).transform(Number), z.number()])
  .refine((count) => count >= 1 && count <= 200, 'must be a whole number from 1 to 200');
const paging = { after: z.string().max(1000).exactOptional(), limit: limit.exactOptional() };

const instant = z.union(
  [day, z.iso.datetime({ offset: true })],
  'must be a day such as 2026-11-22, in UTC, or an instant such as 2026-11-22T08:00:00Z',
);

const DAY_MS = 86_400_000;

const startOf = (text: string): string => new Date(text).toISOString();
/** A day is meant as a whole. */
const endOf = (text: string): string =>
  new Date(Date.parse(text) + (text.length === 10 ? DAY_MS : 0)).toISOString();

const attention = z.strictObject({ firm: id.exactOptional(), cause: cause.exactOptional(), ...paging });
const unposted = z.strictObject({ firm: id, cause: z.string().max(64).exactOptional(), ...paging });
const syncLog = z.strictObject({
  firm: id,
  from: instant.exactOptional(),
  to: instant.exactOptional(),
  kind: kind.exactOptional(),
  state: state.exactOptional(),
  cause: cause.exactOptional(),
  ...paging,
});
const ref = z.strictObject({ type: kind, firmId: id, id });

/** Each throws a SnapshotError that names what is wrong and what would be right. */
export const parseAttentionFilter = (value: unknown) => read(attention, 'filter', value);
export const parseUnpostedFilter = (value: unknown) => read(unposted, 'filter', value);
export const parsePaging = (value: unknown) => read(z.strictObject(paging), 'filter', value);
export const parseRef = (value: unknown): AggregateRef => read(ref, 'name of an item', value);

export function parseSyncLogFilter(value: unknown) {
  const { from, to, ...rest } = read(syncLog, 'filter', value);
  return {
    ...rest,
    ...(from !== undefined && { from: startOf(from) }),
    ...(to !== undefined && { until: endOf(to) }),
  };
}
