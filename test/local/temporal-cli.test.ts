import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { findTemporalCli, TEMPORAL_CLI_VERSION } from '../../scripts/local/temporal-cli.js';
import { TEMPORAL_SERVER_VERSION } from '../../scripts/local/temporal-production.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder('cli');
const emptyCache = join(folder, 'empty-cache');
const told: string[] = [];
const progress = (line: string) => told.push(line);

afterEach(() => {
  vi.unstubAllEnvs();
  told.length = 0;
});

function program(path: string, script: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

function machine(environment: { cli?: string; path?: string; cache?: string }): void {
  vi.stubEnv('TEMPORAL_CLI_PATH', environment.cli ?? '');
  vi.stubEnv('PATH', environment.path ?? join(folder, 'nothing'));
  vi.stubEnv('XDG_CACHE_HOME', environment.cache ?? emptyCache);
}

const named = program(join(folder, 'named', 'temporal'), 'echo "temporal version 1.9.9 (Server 1.40.0)"');
const installed = program(
  join(folder, 'installed', 'temporal'),
  'echo "temporal version 1.6.0 (Server 1.30.0)"',
);
const old = program(join(folder, 'old', 'temporal'), 'echo "temporal version 1.2.0 (Server 1.26.0)"');
const cache = join(folder, 'cache');
const cached = program(
  join(cache, 'counterfoil', 'temporal-cli', TEMPORAL_CLI_VERSION, 'temporal'),
  'exit 1',
);

test('the one that TEMPORAL_CLI_PATH names comes first', async () => {
  machine({ cli: named, path: dirname(installed), cache });
  expect(await findTemporalCli(progress)).toEqual({
    path: named,
    version: '1.9.9',
    source: 'TEMPORAL_CLI_PATH',
  });
});

test('a wrong TEMPORAL_CLI_PATH is an error, not a reason to take another', async () => {
  machine({ cli: program(join(folder, 'other', 'temporal'), 'echo something else'), cache });
  await expect(findTemporalCli(progress)).rejects.toThrow(/is not a Temporal CLI that runs here/);
});

test('then the installed one', async () => {
  machine({ path: `${join(folder, 'nothing')}:${dirname(installed)}`, cache });
  expect(await findTemporalCli(progress)).toEqual({ path: installed, version: '1.6.0', source: 'PATH' });
});

test('one that is too old is passed over, aloud', async () => {
  machine({ path: dirname(old), cache });
  expect(await findTemporalCli(progress)).toMatchObject({ path: cached, source: 'cache' });
  expect(told.join()).toContain('is version 1.2.0, older than');
});

test('without Go, and where nothing can be downloaded, the error says what to do', async () => {
  machine({});
  // The proxy refuses, so that the download fails on every machine.
  vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:9');
  await expect(findTemporalCli(progress)).rejects.toThrow(
    /Go is not installed\. Install the Temporal CLI, set TEMPORAL_CLI_PATH/,
  );
  expect(told.join()).toContain('The download is not possible here');
});

test('with a Go that is too old, its own words are passed on', async () => {
  const go = program(
    join(folder, 'go', 'go'),
    'echo "go.mod requires go >= 1.26.4 (running go 1.24)" >&2; exit 1',
  );
  symlinkSync('/bin/sh', join(dirname(go), 'sh'));
  machine({ path: dirname(go) });
  vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:9');
  await expect(findTemporalCli(progress)).rejects.toThrow(/requires go >= 1\.26\.4/);
});

test('what is built is what the cache folders are named after', () => {
  const goMod = readFileSync(
    join(import.meta.dirname, '..', '..', 'scripts', 'temporal-cli', 'go.mod'),
    'utf8',
  );
  expect(goMod).toContain(`github.com/temporalio/cli v${TEMPORAL_CLI_VERSION} `);
  expect(goMod).toContain(`go.temporal.io/server v${TEMPORAL_SERVER_VERSION} `);
});
