import { describe, expect, test } from 'vitest';
import {
  dueOn,
  jurisdictionOf,
  JURISDICTION_KEYS,
  JURISDICTIONS,
} from '../../../src/domain/trust/jurisdiction.js';

describe('jurisdictions', () => {
  test('each has a source, and says how sure it is', () => {
    expect(JURISDICTION_KEYS).toEqual([
      'aba-model',
      'california',
      'new-york',
      'ontario',
      'england-and-wales',
      'new-south-wales',
    ]);
    for (const { source, yearsKept } of JURISDICTIONS) {
      expect(source).not.toBe('');
      expect(yearsKept).toBeGreaterThanOrEqual(5);
    }
  });

  test.each([
    ['aba-model', '2026-11-30', undefined],
    ['ontario', '2026-11-30', '2026-12-25'],
    ['ontario', '2026-12-31', '2027-01-25'],
    ['england-and-wales', '2026-11-30', '2027-01-04'],
    // A Monday: three weeks of working days.
    ['new-south-wales', '2026-11-30', '2026-12-21'],
    // A Saturday: the first working day is the Monday after it.
    ['new-south-wales', '2026-10-31', '2026-11-20'],
  ] as const)('%s: that of %s is due on %s', (key, on, due) => {
    expect(dueOn(jurisdictionOf(key), on)).toBe(due);
  });
});
