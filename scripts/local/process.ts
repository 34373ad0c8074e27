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
  /** Runs before each start, the first one and those of `restart()`. */
  beforeStart?: () => Promise<void>;
  /** Asked again and again until it answers true. A throw means "not yet" and becomes the cause on timeout. */
  isReady: () => Promise<boolean>;
  readyTimeoutMs: number;
  /** Asks the process to end in good order. Default SIGTERM. */
  stopSignal?: NodeJS.Signals;
  /** How long a good order may take before SIGKILL. Default 10 s. */
  stopTimeoutMs?: number;
}

export interface LocalProcess {
  /** Another one after `restart()`. */
  readonly pid: number;
  isRunning(): boolean;
  /** Ends in good order, or by SIGKILL when that takes too long. Returns once the process is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** SIGKILL, as a crash would be. Returns once the process is gone. */
  kill(): Promise<void>;
  /** Starts it again with the same arguments, stopping it first if need be, and returns when it is ready. */
  restart(): Promise<void>;
}

type Run = Omit<LocalProcess, 'restart'> & { spawnFailure(): Error | undefined };

const STOP_TIMEOUT_MS = 10_000;
const POLL_MS = 25;
const LOG_TAIL_LINES = 15;

/** Starts a process of its own group (Ctrl-C does not reach it) and returns when it is ready. */
export async function startProcess(options: ProcessOptions): Promise<LocalProcess> {
  const start = async (): Promise<Run> => {
    await options.beforeStart?.();
    const run = spawnRun(options);
    await untilReady(options, run);
    return run;
  };
  let current = await start();
  return {
    get pid() {
      return current.pid;
    },
    isRunning: () => current.isRunning(),
    stop: (signal) => current.stop(signal),
    kill: () => current.kill(),
    restart: async () => {
      await current.stop();
      current = await start();
    },
  };
}

function spawnRun(options: ProcessOptions): Run {
  const stopSignal = options.stopSignal ?? 'SIGTERM';
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

  const { pid = 0 } = child;
  let failure: Error | undefined;
  let running = true;
  const exited = new Promise<void>((resolve) => {
    const ended = (error?: Error) => {
      failure = error;
      running = false;
      resolve();
    };
    child.once('error', ended);
    child.once('exit', () => {
      releaseFromGuard(pid);
      ended();
    });
  });
  if (pid !== 0) guardAgainstOrphan(pid, stopSignal);

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!running) return;
    // An unref'd child does not keep the event loop alive, and somebody is waiting for its end.
    child.ref();
    child.kill(signal);
    const patience = setTimeout(() => child.kill('SIGKILL'), options.stopTimeoutMs ?? STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(patience);
  };
  return {
    pid,
    isRunning: () => running,
    stop: (signal = stopSignal) => end(signal),
    kill: () => end('SIGKILL'),
    spawnFailure: () => failure,
  };
}

async function untilReady(options: ProcessOptions, run: Run): Promise<void> {
  const deadline = Date.now() + options.readyTimeoutMs;
  let cause: unknown;
  while (run.isRunning() && Date.now() < deadline) {
    try {
      if (await options.isReady()) return;
    } catch (error) {
      cause = error;
    }
    await pause(POLL_MS);
  }
  const what = run.isRunning() ? `was not ready within ${options.readyTimeoutMs} ms` : 'ended while starting';
  await run.stop();
  throw new Error(`${options.name} ${what}. Log ${options.logFile}:\n${tailOf(options.logFile)}`, {
    cause: run.spawnFailure() ?? cause,
  });
}

function tailOf(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
}
