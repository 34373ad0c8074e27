import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openDatabase, type Database } from '../../src/db/database.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { runTemporalCli } from '../support/temporal-cli.js';

const PAGES = ['runbook', 'operating'];

/** Everything between fences of one kind, as lines that a person would paste. */
function blocksOf(page: string, language: string): string[] {
  const whole = readFileSync(new URL(`../../docs/${page}.md`, import.meta.url), 'utf8');
  return [...whole.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, named]) => named === language)
    .map(([, , block = '']) => block);
}

const statements = PAGES.flatMap((page) => blocksOf(page, 'sql'))
  .join('\n')
  .split(';\n')
  .map((text) => text.trim())
  .filter((text) => text !== '');

const commands = PAGES.flatMap((page) => blocksOf(page, ''))
  .join('\n')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line.startsWith('temporal '));

describe('what people on call paste', () => {
  let store: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    store = await createTestDatabase();
    db = openDatabase({ url: store.url });
  });
  afterAll(async () => {
    await db.destroy();
    await store.drop();
  });

  test.each(statements)('Postgres takes: %s', async (statement) => {
    expect((await sql.raw(`explain ${statement.replaceAll(/^--.*\n/gm, '')}`).execute(db)).rows).not.toEqual(
      [],
    );
  });

  test('is there', () => {
    expect(statements.length).toBeGreaterThan(8);
    expect(commands.length).toBeGreaterThan(8);
  });

  test.each(commands)('the temporal CLI knows: %s', async (command) => {
    const words = command.replace(/#.*$/, '').trim().split(/\s+/).slice(1);
    const end = words.findIndex((word) => word.startsWith('-'));
    const path = words.slice(0, end === -1 ? undefined : end);
    const help = await runTemporalCli([...path, '--help'], inject('temporal'));
    expect(help).toContain(`temporal ${path.join(' ')}`);
    const flags = command.match(/(?<= )--[a-z-]+/g) ?? [];
    expect(flags.filter((flag) => !help.includes(flag))).toEqual([]);
  });
});
