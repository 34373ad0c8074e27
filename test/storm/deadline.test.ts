import { expect, test } from 'vitest';
import { inTime, noEnd, onStage, withHanging } from '../../scripts/storm/deadline.js';

const never = () => new Promise<string>(() => undefined);

test('what comes in time is answered, what hangs is given up, and a failure is one', async () => {
  expect(await inTime(60_000, Promise.resolve(7))).toBe(7);
  expect(await inTime(1, never())).toBeUndefined();
  await expect(inTime(60_000, Promise.reject(new Error('It fell.')))).rejects.toThrow('It fell.');
});

test('a storm without an end counts as lost, and its stage is taken down all the same', async () => {
  let closed = 0;
  const stage = { close: () => Promise.resolve(void (closed += 1)) };
  expect(await onStage(stage, { deadlineMs: 1 }, never)).toBeUndefined();
  expect(await onStage(stage, { deadlineMs: 60_000 }, () => Promise.resolve('a verdict'))).toBe('a verdict');
  const fall = () => Promise.reject(new Error('It fell.'));
  await expect(onStage(stage, { deadlineMs: 60_000 }, fall)).rejects.toThrow('It fell.');
  expect(closed).toBe(3);
  expect(noEnd(40).lastLine).toBe('posted 0 parked 0 duplicates 0 lost 40 unexplained 0');
  expect(noEnd(40).code).not.toBe(0);
});

test('lives that were given up are lost, each with a sentence', () => {
  const verdict = { posted: 3, lost: 1, complaints: ['lost: one'] };
  expect(withHanging(verdict, ['life 4 does not end'])).toEqual({
    posted: 3,
    lost: 2,
    complaints: ['lost: one', 'lost: life 4 does not end'],
  });
});
