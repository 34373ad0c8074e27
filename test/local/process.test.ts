import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startProcess, type ProcessOptions } from '../../scripts/local/process.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder('process');

function options(script: string, overrides: Partial<ProcessOptions> = {}): ProcessOptions {
  const logFile = join(folder, `${crypto.randomUUID()}.log`);
  return {
    name: 'Example',
    command: 'sh',
    args: ['-c', script],
    logFile,
    isReady: () => Promise.resolve(readFileSync(logFile, 'utf8').includes('ready')),
    readyTimeoutMs: 10_000,
    ...overrides,
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('returns when the process is ready, and stops it', async () => {
  const example = await startProcess(options('echo ready; exec sleep 600'));
  expect(isAlive(example.pid)).toBe(true);
  await example.stop();
  expect(example.isRunning()).toBe(false);
  expect(isAlive(example.pid)).toBe(false);
});

test('a process that ends while starting is an error that shows its log', async () => {
  await expect(startProcess(options('echo the port is taken; exit 1'))).rejects.toThrow(
    /Example ended while starting[^]*the port is taken/,
  );
});

test('a process that never gets ready is an error, and is not left behind', async () => {
  const logFile = join(folder, 'never.log');
  const never = options('echo $$; exec sleep 600', { logFile, readyTimeoutMs: 300 });
  await expect(startProcess({ ...never, isReady: () => Promise.resolve(false) })).rejects.toThrow(
    /was not ready within 300 ms/,
  );
  expect(isAlive(Number(readFileSync(logFile, 'utf8')))).toBe(false);
});

test('a program that does not exist is named', async () => {
  await expect(startProcess(options('', { command: '/no/such/program' }))).rejects.toMatchObject({
    cause: { code: 'ENOENT' },
  });
});

test('a process that ignores the order to stop is killed', async () => {
  const stubborn = options(`trap '' TERM; echo ready; while :; do sleep 1; done`, { stopTimeoutMs: 200 });
  const example = await startProcess(stubborn);
  await example.stop();
  expect(isAlive(example.pid)).toBe(false);
});

test('restart brings it back as another process, also after a kill', async () => {
  const example = await startProcess(options('echo ready; exec sleep 600'));
  const first = example.pid;
  await example.kill();
  await example.restart();
  expect(example.pid).not.toBe(first);
  expect(example.isRunning()).toBe(true);
  await example.stop();
});

test('what a program started ends with it, even when it was killed', async () => {
  const parent = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'orphan-parent.ts'), folder],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const pid = await new Promise<number>((resolve) => {
    parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())));
  });
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await vi.waitUntil(() => !isAlive(pid), { timeout: 20_000 });
});
