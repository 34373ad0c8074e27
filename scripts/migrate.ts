import { readDatabaseUrl } from '../src/config.js';
import { migrateToLatest } from '../src/db/migrate.js';
import { runScript } from './command.js';

await runScript('migrate', (command) =>
  command
    .description(
      'Brings the database at DATABASE_URL to the newest schema. Safe to run again and side by side.',
    )
    .action(async () => {
      const applied = await migrateToLatest(readDatabaseUrl().reveal());
      console.log(applied.length === 0 ? 'Already at the newest schema.' : `Applied: ${applied.join(', ')}`);
    }),
);
