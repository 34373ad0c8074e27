import { sql, type RawBuilder } from 'kysely';

/** An instant within JSON as ISO text, to the millisecond. `instant` is an expression of ours, never a value. */
export const isoText = (instant: string): RawBuilder<string> =>
  sql`to_char(${sql.raw(instant)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
