import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  allHold,
  constantFigure,
  exactFigure,
  infoFigure,
  ratioFigure,
  shareFigure,
} from '../../scripts/bench/figure.js';
import { createReport, describeMachine, plainTable, writeMarkdown } from '../../scripts/bench/report.js';
import { percentile } from '../../scripts/bench/statistic.js';

const about = { id: 'x', title: 'a figure' };

describe('percentiles are values that were measured', () => {
  const hundred = Array.from({ length: 100 }, (_value, index) => 100 - index);
  test.each([
    [50, 50],
    [90, 90],
    [99, 99],
  ])('p%i of 1 to 100', (percent, expected) => {
    expect(percentile(hundred, percent)).toBe(expected);
  });
  test('of few values the last one stands for the rare ones', () => {
    expect(percentile([3, 1, 2], 99)).toBe(3);
  });
  test('of no values there is none', () => {
    expect(() => percentile([], 50)).toThrow('Nothing was measured.');
  });
});

describe('verdicts', () => {
  test.each([
    ['a ratio at its budget', ratioFigure(about, 1.5, 1.5), 'ok'],
    ['a ratio above it', ratioFigure(about, 1.51, 1.5), 'over'],
    ['a share at its budget', shareFigure(about, 0.7, 70), 'ok'],
    ['a share below it', shareFigure(about, 0.699, 70), 'over'],
    ['what was asked for', exactFigure(about, '1 write, 0 reads', '1 write, 0 reads'), 'ok'],
    ['a read too many', exactFigure(about, '1 write, 1 read', '1 write, 0 reads'), 'over'],
    ['the same everywhere', constantFigure(about, { short: 31, long: 31 }), 'ok'],
    ['growing', constantFigure(about, { short: 31, long: 328 }), 'over'],
  ] as const)('%s', (_title, figure, verdict) => {
    expect(figure.verdict).toBe(verdict);
    expect(allHold([figure, infoFigure(about, '12 ms')])).toBe(verdict === 'ok');
  });

  test('what is not constant is shown with where it was found', () => {
    expect(constantFigure(about, { '3 lines': 31, '300 lines': 328 }).measured).toBe(
      '3 lines 31, 300 lines 328',
    );
  });
});

test('the table has a column for each part of a figure', () => {
  const table = plainTable([ratioFigure(about, 1.25, 1.5), infoFigure({ id: 'y', title: 'other' }, '7 ms')]);
  expect(table.split('\n')).toEqual([
    'figure    measured  budget   verdict',
    '--------  --------  -------  -------',
    'a figure  1.25 ×    ≤ 1.5 ×  ok',
    'other     7 ms',
  ]);
});

describe('the page', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'counterfoil-report-test-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const reportOf = (ratio: number) =>
    createReport({ at: new Date(), machine: describeMachine() }, { server: 'sqlite' }, [
      ratioFigure(about, ratio, 1.5),
    ]);

  test('is written whole where there is none', async () => {
    const file = join(folder, 'page.md');
    await writeMarkdown(file, reportOf(1.1));
    expect(await readFile(file, 'utf8')).toContain('1.10 ×');
  });

  test('keeps what people wrote around the table', async () => {
    const file = join(folder, 'page.md');
    await writeMarkdown(file, reportOf(1.1));
    await writeFile(file, `# Title\n\n${await readFile(file, 'utf8')}\nThe end.\n`);
    await writeMarkdown(file, reportOf(1.2));
    const page = await readFile(file, 'utf8');
    expect(page).toMatch(/^# Title\n/);
    expect(page).toMatch(/\nThe end\.\n$/);
    expect(page).toContain('1.20 ×');
    expect(page).not.toContain('1.10 ×');
  });
});
