import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

export interface Mortal {
  /** The recovery points it has passed, in order. */
  passed: string[];
  /** Resolves when it works. */
  ready: Promise<void>;
  /** Resolves when it is dead, with the last recovery point it came to. */
  death: Promise<string | undefined>;
  kill(): Promise<void>;
}

const SCRIPT = fileURLToPath(new URL('./mortal-worker.ts', import.meta.url));

/** Starts a worker process that dies at its n-th recovery point, or lives until it is killed when n is 0. */
export function startMortalWorker(env: Record<string, string>, diesAt = 0): Mortal {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', SCRIPT, inject('workflowBundle'), String(diesAt)],
    {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const passed: string[] = [];
  child.stdout
    .setEncoding('utf8')
    .on('data', (text: string) => passed.push(...text.split('\n').filter(Boolean)));
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', () => {
      if (passed.includes('ready')) resolve();
    });
    child.once('exit', () => {
      resolve();
    });
  });
  return {
    passed,
    ready,
    death: died(child).then(() => passed.at(-1)),
    async kill() {
      child.kill('SIGKILL');
      await died(child);
    },
  };
}

async function died(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
