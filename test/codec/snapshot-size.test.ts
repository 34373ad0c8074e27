import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { measureSnapshot } from '../../src/codec/pack.js';

describe('the size of a snapshot', () => {
  it('counts what is left after compression', () => {
    expect(measureSnapshot({ lines: Array<string>(10_000).fill('telephone conference') })).toBeLessThan(1000);
    const noise = randomBytes(300_000).toString('base64');
    expect(measureSnapshot({ noise })).toBeGreaterThan(300_000);
    expect(measureSnapshot({ noise })).toBeLessThan(noise.length);
  });

  it('counts a small one plainly', () => {
    expect(measureSnapshot({ version: 1 })).toBeGreaterThan(12);
    expect(measureSnapshot({ version: 1 })).toBeLessThan(100);
  });

  it('is an answer, not an error, for what is far too large', () => {
    expect(measureSnapshot('x'.repeat(33 * 1024 * 1024))).toBeGreaterThan(33 * 1024 * 1024);
  });

  it('refuses what is no JSON', () => {
    expect(() => measureSnapshot({ amount: 1n })).toThrow();
  });
});
