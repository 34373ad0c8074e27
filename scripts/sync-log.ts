import { readDatabaseUrl } from '../src/config.js';
import { openDatabase } from '../src/db/database.js';
import { listSyncLog, type SyncLogEntry } from '../src/db/sync-log.js';
import { parseSyncLogFilter } from '../src/snapshot/filter.js';
import { runScript } from './command.js';

interface Options {
  firm: string;
  from?: string;
  to?: string;
  kind?: string;
  state?: string;
  cause?: string;
  after?: string;
  limit?: string;
  json?: boolean;
}

await runScript('sync-log', (command) =>
  command
    .description('Lists what happened in one firm, the newest first.')
    .requiredOption('--firm <id>', 'the firm')
    .option('--from <day>', 'from this day or instant on, in UTC')
    .option('--to <day>', 'up to this day, it included, or to this instant')
    .option('--kind <kind>', 'bill, payment, contact, timekeeper or company')
    .option('--state <state>', 'what became of it: posted, refused, parked, … (docs/operating.md)')
    .option('--cause <key>', 'only this cause, as in docs/remedies.md')
    .option('--after <cursor>', 'goes on where an earlier list ended')
    .option('--limit <count>', 'lines, from 1 to 200', '50')
    .option('--json', 'one JSON object a line')
    .action(async ({ json, ...filter }: Options) => {
      const chosen = parseSyncLogFilter(filter);
      const db = openDatabase({ url: readDatabaseUrl().reveal() });
      try {
        const { items, next } = await listSyncLog(db, chosen);
        for (const entry of items) console.log(json ? JSON.stringify(entry) : line(entry));
        if (items.length === 0 && !json) console.log('Nothing of this kind is on record.');
        if (next !== undefined) console.error(`There is more: --after ${next}`);
      } finally {
        await db.destroy();
      }
    }),
);

function line({ at, kind, id, state, cause, document, data }: SyncLogEntry): string {
  const more = Object.entries(data).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return [at, state.padEnd(15), `${kind} ${id}`, document, cause, ...more].filter(Boolean).join('  ');
}
