import { sql, type RawBuilder } from 'kysely';

/** A day has come when it has come everywhere: nobody says in which zone a firm's bank is. */
export const TODAY: RawBuilder<string> = sql`(now() at time zone 'Etc/GMT+12')::date`;
