import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { withLock } from '../../scripts/local/lock.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder('lock');

test('two do not work at once, and the one that waits is told', async () => {
  const path = join(folder, 'build.lock');
  const order: string[] = [];
  const onWait = vi.fn(() => finish());
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));

  const first = withLock(
    path,
    async () => {
      order.push('first begins');
      await finished;
      order.push('first ends');
    },
    onWait,
  );
  const second = withLock(path, () => Promise.resolve(order.push('second')), onWait);
  await Promise.all([first, second]);
  expect(order).toEqual(['first begins', 'first ends', 'second']);
  expect(onWait).toHaveBeenCalledOnce();
});

test('a lock is released when the work fails', async () => {
  const path = join(folder, 'failing.lock');
  await expect(withLock(path, () => Promise.reject(new Error('no compiler')), vi.fn())).rejects.toThrow(
    'no compiler',
  );
  expect(await withLock(path, () => Promise.resolve('done'), vi.fn())).toBe('done');
});

test('a lock whose holder died is taken over', async () => {
  const path = join(folder, 'stale.lock');
  mkdirSync(path);
  const aMinuteAgo = new Date(Date.now() - 60_000);
  utimesSync(path, aMinuteAgo, aMinuteAgo);
  const onWait = vi.fn();
  expect(await withLock(path, () => Promise.resolve('done'), onWait)).toBe('done');
  expect(onWait).not.toHaveBeenCalled();
});
