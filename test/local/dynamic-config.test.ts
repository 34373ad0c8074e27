import { expect, test } from 'vitest';
import { dynamicConfig } from '../../scripts/local/dynamic-config.js';

test("is production's, for whatever queue, with what is added", () => {
  expect(dynamicConfig({ 'limit.maxIDLength': 10 })).toEqual({
    'matching.enableFairness': true,
    'matching.numTaskqueueReadPartitions': 1,
    'matching.numTaskqueueWritePartitions': 1,
    'system.enableActivityEagerExecution': true,
    'limit.maxIDLength': 10,
  });
});

test('gives way to what is added', () => {
  expect(dynamicConfig({ 'matching.enableFairness': false })).toHaveProperty(
    ['matching.enableFairness'],
    false,
  );
});
