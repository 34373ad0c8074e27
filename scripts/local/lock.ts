import { mkdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 500;
const BEAT_MS = 2_000;
const STALE_MS = 20_000;

/**
 * Runs `work` while holding the lock `path`, so that of several processes one works and the others wait.
 * `onWait` is called once if there is somebody to wait for.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, onWait: () => void): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  for (let tries = 0; !acquire(path); tries += 1) {
    if (tries === 0) onWait();
    await pause(POLL_MS);
  }
  // A process id would not tell a holder that died from a stranger who has inherited its number; a heartbeat does.
  const beat = setInterval(() => utimesSync(path, new Date(), new Date()), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(path, { recursive: true, force: true });
  }
}

function acquire(path: string): boolean {
  const heldSince = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (heldSince !== undefined && Date.now() - heldSince > STALE_MS)
    rmSync(path, { recursive: true, force: true });
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
