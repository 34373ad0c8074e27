import { afterAll, beforeAll } from 'vitest';
import { Bench } from './company.js';

/** A simulator for the tests of one file: it opens before the first of them, and closes after the last. */
export function openBench(seed?: string): Bench {
  const bench = new Bench();
  beforeAll(() => bench.open(seed));
  afterAll(() => bench.close());
  return bench;
}
