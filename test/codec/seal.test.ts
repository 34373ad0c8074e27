import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isSealedWithOldKey, openText, sealText, SealError } from '../../src/codec/seal.js';
import { createKeyring } from '../../src/codec/keyring.js';
import { inspect } from 'node:util';
import { ringOf } from './ring.js';

describe('a sealed text', () => {
  const ring = ringOf('k.2', 'k.1');

  it('opens to what it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(openText(ring, sealText(ring, text))).toBe(text);
      }),
    );
  });

  it('does not open once a character was changed', () => {
    const sealed = sealText(ring, 'refresh-token');
    for (let at = 0; at < sealed.length - 1; at++) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(() => openText(ring, changed)).toThrow(SealError);
    }
  });

  it.each(['', '.', 'k.2', 'k.2.', 'plain text'])('refuses %j', (text) => {
    expect(() => openText(ring, text)).toThrow(SealError);
  });

  it('says when it is sealed with an old key', () => {
    const old = { ...ring, currentId: 'k.1' };
    expect(isSealedWithOldKey(ring, sealText(old, 'x'))).toBe(true);
    expect(isSealedWithOldKey(ring, sealText(ring, 'x'))).toBe(false);
  });

  it('cannot be made without a key', () => {
    expect(() => sealText(createKeyring([]), 'x')).toThrow(SealError);
  });

  it('leaves no key in a log', () => {
    const key = new TextEncoder().encode('0123456789abcdef0123456789abcdef');
    const shown = inspect(createKeyring([{ id: 'a', key }]), { depth: 9 });
    expect(shown).not.toContain('0123');
    expect(shown).not.toContain('30 31 32');
  });
});
