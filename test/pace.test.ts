import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EvenPace } from '../src/pace.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The instants, in milliseconds from now, at which callers that come together are let through. */
async function instants(pace: EvenPace, keys: readonly string[]): Promise<[string, number][]> {
  const begunAtMs = performance.now();
  const passed: [string, number][] = [];
  const all = keys.map(async (key) => {
    await pace.turn(key);
    passed.push([key, performance.now() - begunAtMs]);
  });
  await vi.runAllTimersAsync();
  await Promise.all(all);
  return passed;
}

test('callers of one key go at even distances, in their order', async () => {
  expect(await instants(new EvenPace(10), ['a', 'a', 'a'])).toEqual([
    ['a', 0],
    ['a', 100],
    ['a', 200],
  ]);
});

test('another key does not wait for them', async () => {
  expect(await instants(new EvenPace(10), ['a', 'a', 'b'])).toEqual([
    ['a', 0],
    ['b', 0],
    ['a', 100],
  ]);
});

test('whoever comes after a rest goes at once, and saves nothing up by resting', async () => {
  const pace = new EvenPace(10);
  await instants(pace, ['a']);
  await vi.advanceTimersByTimeAsync(5000);
  expect(await instants(pace, ['a', 'a'])).toEqual([
    ['a', 0],
    ['a', 100],
  ]);
});
