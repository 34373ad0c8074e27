import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { FAULT_ENTRIES, FAULT_FAMILIES } from '../src/domain/fault/catalogue.js';
import type { FaultEntry } from '../src/domain/fault/entry.js';
import { REMEDY_TEXT } from '../src/domain/fault/remedy-text.js';
import { faultText } from '../src/domain/fault/text.js';
import { REMEDY_NAMES } from '../src/domain/remedy.js';

const DOC = fileURLToPath(new URL('../docs/remedies.md', import.meta.url));

const INTRO = `# What QuickBooks said no to, and what to do

<!-- Written by scripts/remedies-doc.ts from src/domain/fault/. Change the catalogue, not this page. -->

Whatever is not in QuickBooks is on the list of what needs attention, with its cause and with the remedies that
help. This page lists every cause. In the console the sentences name the bill, the client and the numbers at hand.

- **Held up** means that it waits for a person. A fault of the *company* holds up everything of that company once,
  and everything goes on by itself when it is lifted.
- **Passes by itself** means that it is tried again without anybody. If it lasts too long, it shows up as
  [QuickBooks has been unreachable for long](#qbo-unreachable).
- **Perhaps posted** means that the answer leaves open whether QuickBooks saved the document. It is looked for before
  anything is sent a second time.
- A correction in the billing app is a remedy of its own: the new version is sent by itself.
`;

/** The page for bookkeepers, made from nothing but the catalogue. */
export async function remediesPage(): Promise<string> {
  const parts = [INTRO, remedySection(), codeSection(), ...FAULT_FAMILIES.map(familySection)];
  const options = await resolveConfig(DOC);
  return await format(parts.join('\n'), { ...options, filepath: DOC });
}

function remedySection(): string {
  const rows = REMEDY_NAMES.map(
    (name) => `| ${REMEDY_TEXT[name].label} | \`${name}\` | ${REMEDY_TEXT[name].effect} |`,
  );
  return [
    '## Remedies',
    '',
    '| remedy | name in a message | what it does |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function codeSection(): string {
  const byCode = new Map<string, FaultEntry[]>();
  for (const entry of FAULT_ENTRIES) {
    for (const code of codesOf(entry)) byCode.set(code, [...(byCode.get(code) ?? []), entry]);
  }
  // Words of the token endpoint stand after the numbers.
  const order = (code: string) => (/^\d+$/.test(code) ? Number(code) : Infinity);
  const rows = [...byCode]
    .sort(([one], [other]) =>
      order(one) === order(other) ? one.localeCompare(other) : order(one) - order(other),
    )
    .map(([code, entries]) => `- **${code}**: ${entries.map(link).join(' · ')}`);
  return ['## By error code of QuickBooks', '', ...rows, ''].join('\n');
}

function familySection({ title, entries }: (typeof FAULT_FAMILIES)[number]): string {
  return [`## ${title}`, '', ...entries.map(entrySection)].join('\n');
}

function entrySection(entry: FaultEntry): string {
  const { cause, remedy } = faultText(entry, {});
  const state = entry.kind === 'transient' ? 'Passes by itself' : 'Held up';
  const notes = [
    entry.scope === 'company' ? `${state} (company)` : state,
    ...(entry.outcomeUnknown ? ['perhaps posted'] : []),
    ...codesOf(entry).map((code) => `code ${code}`),
    `\`${entry.key}\``,
  ];
  const allowed = entry.allowed.map((name) => REMEDY_TEXT[name].label).join(' · ');
  return [
    `<a id="${entry.key}"></a>`,
    '',
    `### ${entry.title}`,
    '',
    cause,
    '',
    `**What to do.** ${remedy}`,
    '',
    `**Remedies:** ${allowed}`,
    '',
    `<sub>${notes.join(' · ')}</sub>`,
    '',
  ].join('\n');
}

const codesOf = (entry: FaultEntry): string[] => [
  ...new Set(entry.match.map((match) => match.code).filter((code) => code !== undefined)),
];

const link = (entry: FaultEntry): string => `[${entry.title}](#${entry.key})`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const page = await remediesPage();
  if (!values.check) {
    writeFileSync(DOC, page);
    return;
  }
  if (readFileSync(DOC, 'utf8') !== page) {
    console.error('docs/remedies.md is out of date: run `npx tsx scripts/remedies-doc.ts`.');
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
