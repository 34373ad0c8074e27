import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { guardAgainstOrphan, releaseFromGuard } from './orphan-guard.js';

export interface ProcessOptions {
  /** What error messages call it. */
  name: string;
  command: string;
  args: readonly string[];
  /** Added to this process's environment. */
  env?: Record<string, string>;
  cwd?: string;
  /** The account it runs as; needs root. */
  account?: { uid: number; gid: number };
  /** Output of this and earlier runs is appended here. */
  logFile: string;
  /** Asked again and again until it answers true. A throw means "not yet" and becomes the cause on timeout. */
  isReady: () => Promise<boolean>;
  readyTimeoutMs: number;
  /** Asks the process to end in good order. Default SIGTERM. */
  stopSignal?: NodeJS.Signals;
  /** How long a good order may take before SIGKILL. Default 10 s. */
  stopTimeoutMs?: number;
}

export interface LocalProcess {
  readonly pid: number;
  isRunning(): boolean;
  /** Ends in good order, or by SIGKILL when that takes too long. Returns once the process is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** SIGKILL, as a crash would be. Returns once the process is gone. */
  kill(): Promise<void>;
}

const POLL_MS = 25;
const LOG_TAIL_LINES = 15;

/** Starts a process of its own group (Ctrl-C does not reach it) and returns when it is ready. */
export async function startProcess(options: ProcessOptions): Promise<LocalProcess> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  const child = spawn(options.command, options.args, {
    ...options.account,
    ...(options.cwd ? { cwd: options.cwd } : {}),
    env: { ...process.env, ...options.env },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  child.unref();

  let spawnFailure: Error | undefined;
  let running = true;
  const exited = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      spawnFailure = error;
      running = false;
      resolve();
    });
    child.once('exit', () => {
      running = false;
      if (child.pid) releaseFromGuard(child.pid);
      resolve();
    });
  });
  const pid = child.pid ?? 0;
  if (pid) guardAgainstOrphan(pid, options.stopSignal ?? 'SIGTERM');

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!running) return;
    // An unref'd child does not keep the event loop alive, and somebody is waiting for its end.
    child.ref();
    child.kill(signal);
    const patience = new AbortController();
    const timeout = pause(options.stopTimeoutMs ?? 10_000, undefined, { signal: patience.signal }).then(
      () => child.kill('SIGKILL'),
      () => false,
    );
    await exited;
    patience.abort();
    await timeout;
  };

  const local: LocalProcess = {
    pid,
    isRunning: () => running,
    stop: (signal) => end(signal ?? options.stopSignal ?? 'SIGTERM'),
    kill: () => end('SIGKILL'),
  };
  await untilReady(options, local, () => spawnFailure);
  return local;
}

async function untilReady(
  options: ProcessOptions,
  local: LocalProcess,
  spawnFailure: () => Error | undefined,
): Promise<void> {
  const deadline = Date.now() + options.readyTimeoutMs;
  let cause: unknown;
  while (local.isRunning() && Date.now() < deadline) {
    try {
      if (await options.isReady()) return;
    } catch (error) {
      cause = error;
    }
    await pause(POLL_MS);
  }
  const what = local.isRunning()
    ? `was not ready within ${options.readyTimeoutMs} ms`
    : 'ended while starting';
  await local.stop();
  throw new Error(`${options.name} ${what}. Log ${options.logFile}:\n${tailOf(options.logFile)}`, {
    cause: spawnFailure() ?? cause,
  });
}

function tailOf(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
}
