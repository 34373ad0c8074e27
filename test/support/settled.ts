import { expect } from 'vitest';
import type { CounterfoilClient } from '../../src/client.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import { eventually } from './eventually.js';

/** Goes on once nothing of it is left to do. */
export const settledOf = (
  client: Pick<CounterfoilClient, 'isSettled'>,
  ref: AggregateRef,
  timeoutMs?: number,
): Promise<void> =>
  eventually(async () => {
    expect(await client.isSettled(ref)).toBe(true);
  }, timeoutMs);
