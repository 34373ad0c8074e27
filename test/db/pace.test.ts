import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pace } from '../../src/db/limiter.js';

const limits = fc.record({
  perMinute: fc.integer({ min: 1, max: 6000 }),
  perSecond: fc.integer({ min: 1, max: 100 }),
  atOnce: fc.constant(1),
});

test('the default limits make an even pace without a burst', () => {
  expect(pace({ perMinute: 485, perSecond: 9, atOnce: 8 })).toEqual({ spacingUs: 123_712, burst: 1 });
});

test('room in a second costs half a percent for a burst of three', () => {
  expect(pace({ perMinute: 480, perSecond: 10, atOnce: 8 })).toEqual({ spacingUs: 125_524, burst: 3 });
});

test('never allows more than either limit, whatever the limits', () => {
  fc.assert(
    fc.property(limits, (given) => {
      const { spacingUs, burst } = pace(given);
      const most = (windowUs: number) => burst - 1 + Math.ceil(windowUs / spacingUs);
      return most(1_000_000) <= given.perSecond && most(60_000_000) <= given.perMinute;
    }),
  );
});

test('keeps 95 % of the tighter limit, whatever the limits', () => {
  fc.assert(
    fc.property(limits, (given) => {
      const perMinute = 60_000_000 / pace(given).spacingUs;
      return perMinute >= 0.95 * Math.min(given.perMinute, given.perSecond * 60);
    }),
  );
});
