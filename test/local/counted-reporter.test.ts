import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.js';

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const reporter = join(import.meta.dirname, '..', 'support', 'counted-reporter.ts');

const folder = temporaryFolder('reporter');

/** Runs vitest on these files, alone in a folder, and answers its last line of output and exit code. */
function lastLineOf(files: Record<string, string>, ...flags: string[]): [string | undefined, number | null] {
  const root = mkdtempSync(join(folder, 'run-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  const reporters = ['--reporter', 'default', '--reporter', reporter];
  const { stdout, status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--root', root, '--globals', ...reporters, ...flags],
    { encoding: 'utf8' },
  );
  expect(stdout.endsWith('\n')).toBe(true);
  return [stdout.split('\n').at(-2), status];
}

const PASSING = `test('one', () => {}); test('two', () => {});`;

test('passed and failed tests are counted', () => {
  const files = { 'a.test.js': PASSING, 'b.test.js': `test('three', () => { throw new Error('no'); });` };
  expect(lastLineOf(files)).toEqual(['2 passed, 1 failed', 1]);
});

test('all passed', () => {
  expect(lastLineOf({ 'a.test.js': PASSING })).toEqual(['2 passed, 0 failed', 0]);
});

test.each([
  ['a file that does not load', `throw new Error('no');`],
  [
    'a hook that throws',
    `describe('s', () => { beforeAll(() => { throw new Error('no'); }); test('t', () => {}); });`,
  ],
  ['a hook of the whole file', `beforeAll(() => { throw new Error('no'); }); test('t', () => {});`],
  ['an unhandled error', `test.skip('t', () => {}); Promise.reject(new Error('no'));`],
])('%s is a failure', (_, text) => {
  expect(lastLineOf({ 'a.test.js': PASSING, 'b.test.js': text })).toEqual(['2 passed, 1 failed', 1]);
});

test('a set-up that throws is a failure', () => {
  const config = `export default { test: { globalSetup: './setup.mjs' } };`;
  const files = { 'a.test.js': PASSING, 'vitest.config.mjs': config, 'setup.mjs': `throw new Error('no');` };
  expect(lastLineOf(files)).toEqual(['0 passed, 1 failed', 1]);
});

test('no test at all is a failure', () => {
  expect(lastLineOf({})).toEqual(['0 passed, 1 failed', 1]);
});
