import { writeFile } from 'node:fs/promises';
import { Refusal, runScript } from './command.js';

const FOLDER = new URL('../src/db/migrations/', import.meta.url);

const TEMPLATE = `import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql\`select 1\`.execute(db);
}
`;

await runScript('new-migration', (command) =>
  command
    .description('Makes an empty migration. List it in src/db/migrate.ts; a test holds the list complete.')
    .argument('<verb-object>', 'what it does, e.g. add-payment')
    .action(async (name: string) => {
      if (!/^[a-z]+(-[a-z]+)+$/.test(name))
        throw new Refusal('A migration is named verb-object, e.g. add-payment.');
      const instant = new Date()
        .toISOString()
        .replace(/:|\..*$/g, '')
        .slice(0, 15);
      const file = new URL(`${instant}Z-${name}.ts`, FOLDER);
      await writeFile(file, TEMPLATE, { flag: 'wx' });
      console.log(`Made ${file.pathname}. Now list it in src/db/migrate.ts.`);
    }),
);
