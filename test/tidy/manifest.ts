import ts from 'typescript';
import { at, type Project, type Source } from './project.js';
import type { Law } from './law.js';

interface Manifest {
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const MOST_DEPENDENCIES = 17;
/** Adding one is a decision: what it saves us, who keeps it, what it brings along. */
const DEPENDENCIES = [
  '@temporalio/activity',
  '@temporalio/client',
  '@temporalio/common',
  '@temporalio/envconfig',
  '@temporalio/proto',
  '@temporalio/worker',
  '@temporalio/workflow',
  'commander',
  'fastify',
  'intuit-oauth',
  'kysely',
  'nodemailer',
  'pdfkit',
  'pg',
  'pino',
  'protobufjs',
  'zod',
];

const manifestOf = (project: Project): Manifest =>
  JSON.parse(project.files.get('package.json') ?? '{}') as Manifest;

const MIGRATIONS = /^src\/db\/migrations\/(.+)\.ts$/;

/** Parameters of `up` and `down` that are not typed `Kysely<unknown>`. */
const looseParameters = (source: Source): string[] =>
  source.tree.statements
    .filter(ts.isFunctionDeclaration)
    .flatMap((migration) =>
      ['up', 'down'].includes(migration.name?.text ?? '') &&
      migration.parameters[0]?.type?.getText() !== 'Kysely<unknown>'
        ? [at(source, migration.getStart(), `${migration.name?.text ?? ''} is not typed Kysely<unknown>`)]
        : [],
    );

function unlisted(project: Project): string[] {
  const files = [...project.files.keys()].flatMap((path) => MIGRATIONS.exec(path)?.[1] ?? []).sort();
  const list = project.files.get('src/db/migrate.ts') ?? '';
  const listed = [...list.matchAll(/^ {2}'([^']+)': \w+,$/gm)].map((hit) => hit[1]);
  return files.join() === listed.join() ? [] : [`files: ${files.join(', ')}; listed: ${listed.join(', ')}`];
}

export const MANIFEST_LAWS: readonly Law[] = [
  {
    rule: `At most ${MOST_DEPENDENCIES} runtime dependencies, each of them decided`,
    because: 'each is code that we answer for and did not write',
    instead: 'ask for it with its reason, and then add it to this list',
    find(project) {
      const names = Object.keys(manifestOf(project).dependencies ?? {}).sort();
      const isDecided = names.length <= MOST_DEPENDENCIES && names.join() === DEPENDENCIES.join();
      return isDecided ? [] : [`package.json: ${names.join(', ')}`];
    },
    broken: { 'package.json': '{"dependencies":{"left-pad":"1"}}' },
  },
  {
    rule: 'All @temporalio packages are of one exact version, and protobufjs is a dependency of ours',
    because: 'mixed versions fail at run time, and replay from JSON throws without protobufjs',
    instead: 'raise all of them together',
    find(project) {
      const { dependencies = {}, devDependencies = {} } = manifestOf(project);
      const ours = Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) =>
        name.startsWith('@temporalio/'),
      );
      const isOne = new Set(ours.map(([, version]) => version)).size === 1;
      const isExact = ours.every(([, version]) => /^\d+\.\d+\.\d+$/.test(version));
      const mistakes =
        isOne && isExact ? [] : ours.map(([name, version]) => `package.json: ${name} ${version}`);
      return 'protobufjs' in dependencies ? mistakes : [...mistakes, 'package.json: protobufjs is missing'];
    },
    broken: { 'package.json': '{"dependencies":{"@temporalio/client":"^1.24.0","protobufjs":"8.0.0"}}' },
  },
  {
    rule: 'Every script of package.json that names a file names one that exists',
    because: '`npm run` alone is the table of contents',
    instead: 'write it, or take it off the list',
    find: (project) =>
      Object.entries(manifestOf(project).scripts ?? {}).flatMap(([name, command]) =>
        [...command.matchAll(/\b(?:scripts|src)\/[\w/-]+\.ts\b/g)]
          .filter(([file]) => !project.files.has(file))
          .map(([file]) => `package.json: ${name} runs ${file}`),
      ),
    broken: { 'package.json': '{"scripts":{"demo":"tsx scripts/demo.ts"}}' },
  },
  {
    rule: 'Every migration is listed in src/db/migrate.ts, in order',
    because: 'it is bundled by that list, and one that is missing is never applied',
    instead: 'add it at the end',
    find: unlisted,
    broken: { 'src/db/migrations/2026-11-22T0700Z-init.ts': '', 'src/db/migrate.ts': '' },
  },
  {
    rule: 'A migration is typed Kysely<unknown>',
    because: 'it stands still while the schema moves on',
    instead: 'use the schema builder and sql, not our table types',
    find: (project) => project.sources(MIGRATIONS).flatMap(looseParameters),
    broken: {
      'src/db/migrations/2026-11-22T0700Z-init.ts': 'export async function up(db: Kysely<Schema>) {}\n',
    },
  },
];
