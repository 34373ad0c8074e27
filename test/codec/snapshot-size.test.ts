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

  it('refuses what is no JSON or too large for anything', () => {
    expect(() => measureSnapshot({ amount: 1n })).toThrow();
    expect(() => measureSnapshot('x'.repeat(33 * 1024 * 1024))).toThrow('too large');
  });
});
