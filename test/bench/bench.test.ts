import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../scripts/bench/report.js';

const SCRIPT = fileURLToPath(new URL('../../scripts/bench.ts', import.meta.url));
const TIMEOUT_MS = 300_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'counterfoil-bench-test-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Times depend on whatever else the machine does: the benchmark judges them, this test does not. */
test(
  'the benchmark runs through, ends by itself, and its counts hold',
  async () => {
    const file = join(folder, 'report.json');
    const { exitCode, stdout, stderr } = await run(['--quick', '--json', file]);
    expect(stderr).not.toMatch(/^\s+at /m);
    const report = JSON.parse(await readFile(file, 'utf8')) as Report;
    const counts = report.figures.filter(({ kind }) => kind === 'count');
    expect(counts.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
    expect(counts.map(({ id }) => id)).toEqual([
      'calls-new-client',
      'calls-known-client',
      'calls-same-again',
      'calls-edit',
      'calls-lost-answer',
      'calls-edit-after-replay',
      'calls-edit-in-outage',
      'calls-edit-paid',
      'calls-trust-deposit',
      'calls-trust-same-again',
      'calls-trust-disbursement',
      'calls-trust-transfer',
      'calls-trust-reversal',
      'history-new',
      'round-trips-new',
      'history-edit',
      'round-trips-edit',
      'reconciliation-found',
    ]);
    expect(exitCode).toBe(report.holds ? 0 : 1);
    for (const { title } of report.figures) expect(stdout).toContain(title);
  },
  TIMEOUT_MS,
);

test('a command line that makes no sense is refused before anything is started', async () => {
  const { exitCode, stderr } = await run(['--runs', 'many']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('whole number');
});

interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

async function run(args: string[]): Promise<Ended> {
  try {
    const ended = await promisify(execFile)(process.execPath, ['--import', 'tsx', SCRIPT, ...args]);
    return { exitCode: 0, ...ended };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, stdout, stderr };
  }
}
