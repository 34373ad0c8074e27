import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { entryByKey } from '../src/domain/fault/catalogue.js';
import { REMEDY_TEXT } from '../src/domain/fault/remedy-text.js';
import { SEED_ROWS, type SeedRow } from '../test/domain/fault/seed-rows.js';
import { ANSWER_INJECTED, CANNOT_ARISE } from '../test/domain/fault/without-journey.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOC = `${ROOT}docs/causes.md`;

/** The stories of causes stand beside the one journey that plays them all. */
const JOURNEYS = ['test/journeys', 'test/chaos', 'test/support/cause'];

const INTRO = `# Every cause that help pages name

<!-- Written by scripts/causes-doc.ts from test/domain/fault/seed-rows.ts. Change that, the catalogue or the journeys, not this page. -->

What the help pages of such integrations say goes wrong between billing and QuickBooks, code by code, and what becomes of
it here. The key leads to the sentences that people read. A journey brings the cause about in the simulated company, as
it really arises, and plays it to its end. The remedies are those of the catalogue; a bill, a payment or a client offers
those of them that it [can carry out](operating.md#what-may-be-done).
`;

/** Names of the files that play the cause with this key. */
export const journeysOf = (key: string): string[] =>
  [...TEXTS].filter(([, text]) => text.includes(`'${key}'`)).map(([path]) => path);

const TEXTS = new Map(
  JOURNEYS.flatMap((folder) => readdirSync(`${ROOT}${folder}`).map((name) => `${folder}/${name}`))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => [path, readFileSync(`${ROOT}${path}`, 'utf8')]),
);

/** The page, made from the rows, the catalogue and what the journeys name. */
export async function causesPage(): Promise<string> {
  const table = ['| code | cause | key | journeys | remedies |', '| --- | --- | --- | --- | --- |'];
  const options = await resolveConfig(DOC);
  return await format([INTRO, ...table, ...SEED_ROWS.map(rowOf)].join('\n'), { ...options, filepath: DOC });
}

function rowOf({ code, cause, key }: SeedRow): string {
  const played = journeysOf(key).map((path) => `[${nameOf(path)}](../${path})`);
  const injected = ANSWER_INJECTED[key];
  const told = injected === undefined ? [] : [`the answer is put in QuickBooks' mouth: ${injected}`];
  const journeys =
    played.length > 0 ? [...played, ...told].join(' · ') : (CANNOT_ARISE[key] ?? 'no journey yet');
  const remedies = (entryByKey(key)?.allowed ?? []).map((name) => REMEDY_TEXT[name].label).join(' · ');
  return `| ${code} | ${cause} | [${key}](remedies.md#${key}) | ${journeys} | ${remedies} |`;
}

const nameOf = (path: string): string =>
  path.replace(/^test\/(journeys|support)\//, '').replace(/(\.test)?\.ts$/, '');

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(DOC, await causesPage());
