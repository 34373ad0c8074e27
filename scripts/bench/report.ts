import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { format, resolveConfig } from 'prettier';
import { allHold, type Figure } from './figure.js';

export interface Report {
  startedAt: string;
  tookSeconds: number;
  machine: Machine;
  settings: Readonly<Record<string, string | number | boolean>>;
  figures: Figure[];
  holds: boolean;
}

export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  node: string;
  platform: string;
  /** Over the minute before the benchmark began: work of others that it shared the machine with. */
  loadBefore: number;
}

export const describeMachine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 1024 ** 3),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
});

export function createReport(
  begun: { at: Date; machine: Machine },
  settings: Report['settings'],
  figures: Figure[],
): Report {
  return {
    startedAt: begun.at.toISOString(),
    tookSeconds: Math.round((Date.now() - begun.at.getTime()) / 1000),
    machine: begun.machine,
    settings,
    figures,
    holds: allHold(figures),
  };
}

const HEAD = ['figure', 'measured', 'budget', 'verdict'] as const;

const cells = (figure: Figure): string[] => [
  figure.title,
  figure.measured,
  figure.budget,
  figure.verdict === 'info' ? '' : figure.verdict,
];

/** For a terminal: columns as wide as what is in them. */
export function plainTable(figures: readonly Figure[]): string {
  const rows = [[...HEAD], ...figures.map(cells)];
  const widths = HEAD.map((_name, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].map((line) => line?.trimEnd()).join('\n');
}

export function markdownSection(report: Report): string {
  const { machine, settings, startedAt, tookSeconds, figures } = report;
  const row = (columns: readonly string[]) => `| ${columns.join(' | ')} |`;
  const chosen = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  return [
    `Measured ${startedAt} in ${tookSeconds} s on ${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB, ` +
      `${machine.platform}, Node ${machine.node}; load of the machine before it began: ${machine.loadBefore}.`,
    '',
    `Settings: ${chosen.join(' · ')}.`,
    '',
    row(HEAD),
    row(HEAD.map(() => '---')),
    ...figures.map((figure) => row(cells(figure))),
  ].join('\n');
}

const BEGIN = '<!-- bench:begin (written by npm run bench -- --markdown; do not edit) -->';
const END = '<!-- bench:end -->';

/** Replaces what stands between the marks of a page; a file without them is written whole. */
export async function writeMarkdown(file: string, report: Report): Promise<void> {
  const section = `${BEGIN}\n\n${markdownSection(report)}\n\n${END}`;
  const page = readIfThere(file);
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  const text = after === undefined ? `${section}\n` : `${before ?? ''}${section}${after}`;
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

export function writeJson(file: string, report: Report): void {
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}
