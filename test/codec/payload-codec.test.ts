import { brotliCompressSync } from 'node:zlib';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyring, type Keyring } from '../../src/codec/keyring.js';
import { serialise } from '../../src/codec/pack.js';
import { createPayloadCodec, decodePayload, encodePayload } from '../../src/codec/payload-codec.js';
import { seal } from '../../src/codec/seal.js';
import { isUndecodable } from '../../src/domain/undecodable.js';
import { ringOf } from './ring.js';

const ring = ringOf('2026-11', '2025-11');
const off = createKeyring([], { encrypt: false });

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const payloadOf = (encoding: string, data?: Uint8Array): Payload => ({
  metadata: { encoding: bytes(encoding) },
  ...(data && { data }),
});
const convert = (payload: Payload): unknown => defaultPayloadConverter.fromPayload<unknown>(payload);
const roundTrip = (keyring: Keyring, value: unknown): unknown =>
  convert(decodePayload(keyring, encodePayload(keyring, defaultPayloadConverter.toPayload(value))));
const reasonOf = (keyring: Keyring, payload: Payload): string => {
  const value = convert(decodePayload(keyring, payload));
  if (!isUndecodable(value)) throw new Error(`was decoded to ${JSON.stringify(value)}`);
  return value.$undecodable.reason;
};

describe('what we wrote ourselves', () => {
  it.each([
    ['encrypted', ring],
    ['with encryption off', off],
  ])('comes back as it was, %s', (_, keyring) => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(JSON.stringify(roundTrip(keyring, value))).toBe(JSON.stringify(value));
      }),
    );
  });

  it.each([null, undefined, '', 0, false, {}, []])('keeps %j apart from nothing', (value) => {
    expect(roundTrip(ring, value)).toStrictEqual(value);
    expect(roundTrip(off, value)).toStrictEqual(value);
  });

  it('comes back when it is bytes', () => {
    expect(roundTrip(ring, new Uint8Array([1, 2, 3]))).toEqual(new Uint8Array([1, 2, 3]));
    expect(roundTrip(ring, new Uint8Array(5000))).toEqual(new Uint8Array(5000));
  });

  it('cannot be read on the wire, however small or large', () => {
    for (const value of [{ client: 'Acme' }, { clients: Array<string>(500).fill('Acme') }]) {
      const encoded = encodePayload(ring, defaultPayloadConverter.toPayload(value));
      expect(Buffer.from(serialise(encoded)).includes('Acme')).toBe(false);
    }
  });

  it('is smaller when it repeats itself, and readable with encryption off when it is small', () => {
    const large = encodePayload(off, defaultPayloadConverter.toPayload('A'.repeat(100_000)));
    expect(large.data?.length).toBeLessThan(1000);
    expect(
      Buffer.from(encodePayload(off, payloadOf('json/plain', bytes('{"a":1}'))).data ?? []).toString(),
    ).toBe('{"a":1}');
  });

  it('is encrypted once only', () => {
    const once = encodePayload(ring, payloadOf('json/plain', bytes('1')));
    expect(encodePayload(ring, once)).toBe(once);
  });

  it('is never the same ciphertext twice', () => {
    const payload = payloadOf('json/plain', bytes('1'));
    expect(encodePayload(ring, payload).data).not.toEqual(encodePayload(ring, payload).data);
  });

  it('is refused when encoding if it could not be decoded again', async () => {
    const tooLarge = payloadOf('binary/plain', new Uint8Array(33 * 1024 * 1024));
    await expect(createPayloadCodec(ring).encode([tooLarge])).rejects.toThrow('too large');
  });
});

describe('keys', () => {
  it('decrypts with an old key, encrypts with the current one', () => {
    const before = createKeyring([{ id: 'old', key: new Uint8Array(32).fill(1) }]);
    const after = createKeyring([
      { id: 'new', key: new Uint8Array(32).fill(2) },
      { id: 'old', key: new Uint8Array(32).fill(1) },
    ]);
    const encoded = encodePayload(before, payloadOf('json/plain', bytes('"hello"')));
    expect(convert(decodePayload(after, encoded))).toBe('hello');
    expect(
      Buffer.from(
        encodePayload(after, payloadOf('json/plain', bytes('1'))).metadata?.['encryption-key-id'] ?? [],
      ).toString(),
    ).toBe('new');
  });

  it('still decrypts after encryption was switched off', () => {
    const key = new Uint8Array(32).fill(1);
    const encoded = encodePayload(
      createKeyring([{ id: 'a', key }]),
      payloadOf('json/plain', bytes('"hello"')),
    );
    expect(convert(decodePayload(createKeyring([{ id: 'a', key }], { encrypt: false }), encoded))).toBe(
      'hello',
    );
  });

  it('names the key that is missing', () => {
    const encoded = encodePayload(ringOf('elsewhere'), payloadOf('json/plain', bytes('1')));
    expect(convert(decodePayload(ring, encoded))).toEqual({
      $undecodable: {
        reason: 'It is encrypted with a key that this service does not have.',
        encoding: 'binary/encrypted',
        keyId: 'elsewhere',
      },
    });
  });

  it('notices another key of the same name', () => {
    const encoded = encodePayload(ringOf('2026-11'), payloadOf('json/plain', bytes('1')));
    expect(reasonOf(ring, encoded)).toMatch(/damaged/);
  });

  it.each([
    [[{ id: 'a', key: new Uint8Array(16) }], '16 bytes'],
    [
      [
        { id: 'a', key: new Uint8Array(32) },
        { id: 'a', key: new Uint8Array(32) },
      ],
      'twice',
    ],
  ])('refuses a ring that cannot be right', (entries, message) => {
    expect(() => createKeyring(entries)).toThrow(message);
  });
});

describe('what others wrote', () => {
  it('passes plain JSON through unchanged', () => {
    const pasted = payloadOf('json/plain', bytes('{"action":"retry"}'));
    expect(decodePayload(ring, pasted)).toBe(pasted);
  });

  it('understands "nothing" and bytes', () => {
    expect(convert(decodePayload(ring, payloadOf('binary/null')))).toBeUndefined();
    expect(convert(decodePayload(ring, payloadOf('binary/plain')))).toBeUndefined();
    expect(convert(decodePayload(ring, payloadOf('binary/plain', bytes('x'))))).toEqual(bytes('x'));
  });

  it.each<[string, Payload, RegExp]>([
    ['no metadata', {}, /names no encoding/],
    ['metadata that is null', { metadata: null, data: null }, /names no encoding/],
    ['an unknown encoding', payloadOf('json/yaml', bytes('a: 1')), /cannot read its encoding/],
    ['protobuf as JSON', payloadOf('json/protobuf', bytes('{}')), /cannot read its encoding/],
    ['protobuf', payloadOf('binary/protobuf', bytes('')), /cannot read its encoding/],
    ['an encoding with a tail', payloadOf('json/plain\0', bytes('1')), /cannot read its encoding/],
    ['JSON that is none', payloadOf('json/plain', bytes('{bad')), /not valid JSON/],
    ['JSON after a byte order mark', payloadOf('json/plain', bytes('\ufeff{}')), /not valid JSON/],
    ['empty JSON', payloadOf('json/plain', bytes('')), /empty/],
    ['JSON without data', payloadOf('json/plain'), /empty/],
    ['text in another character set', payloadOf('json/plain', new Uint8Array([0x22, 0xe9, 0x22])), /UTF-8/],
    [
      'JSON too deep to be written again',
      payloadOf('json/plain', bytes('['.repeat(501) + ']'.repeat(501))),
      /nested/,
    ],
    [
      'ciphertext without a cipher',
      payloadOf('binary/encrypted', bytes('x')),
      /in a way this service does not know/,
    ],
    ['compressed garbage', payloadOf('binary/brotli', bytes('x')), /damaged/],
    ['compressed nothing', payloadOf('binary/brotli'), /damaged/],
    [
      'a compressed bomb',
      payloadOf('binary/brotli', brotliCompressSync(Buffer.alloc(64 << 20))),
      /more than 32 MiB/,
    ],
    [
      'compressed data that is no payload',
      payloadOf('binary/brotli', brotliCompressSync('\xff\xff')),
      /not a Temporal payload/,
    ],
    [
      'compressed JSON that is none',
      payloadOf('binary/brotli', brotliCompressSync(serialise(payloadOf('json/plain', bytes('{'))))),
      /not valid JSON/,
    ],
  ])('says what is wrong with %s', (_, payload, reason) => {
    expect(reasonOf(ring, payload)).toMatch(reason);
    expect(reasonOf(off, payload)).toMatch(reason);
  });

  it('counts brackets outside of texts only', () => {
    const deep = '['.repeat(600);
    const value = { texts: [`"${deep}`, `\\${deep}`, deep], list: Array.from({ length: 600 }, () => [[]]) };
    expect(convert(decodePayload(ring, defaultPayloadConverter.toPayload(value)))).toEqual(value);
  });

  it('never repeats the content, and keeps a hostile encoding name short and printable', () => {
    const payload = payloadOf(`\n\u001b[31m${'x'.repeat(5000)}`, bytes('secret'));
    const text = JSON.stringify(convert(decodePayload(ring, payload)));
    expect(text.length).toBeLessThan(300);
    expect(text).not.toMatch(/secret|\\u001b|\\n/);
  });

  it('never lets anything throw, whatever it is', () => {
    const encoding = fc.oneof(
      fc.constantFrom(
        'json/plain',
        'binary/encrypted',
        'binary/brotli',
        'json/protobuf',
        'binary/null',
        'binary/plain',
      ),
      fc.string(),
    );
    const payload = fc.record(
      {
        metadata: fc.option(
          fc.record(
            {
              encoding: fc.option(encoding.map(bytes)),
              'encryption-cipher': fc.option(fc.constantFrom('AES/GCM', 'ROT13').map(bytes)),
              'encryption-key-id': fc.option(fc.constantFrom('2026-11', '__proto__', '').map(bytes)),
            },
            { requiredKeys: [] },
          ),
        ),
        data: fc.option(
          fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string().map(bytes), fc.json().map(bytes)),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(payload, (garbage) => {
        for (const keyring of [ring, off])
          JSON.stringify(convert(decodePayload(keyring, garbage as Payload)));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('what was changed on the way', () => {
  const encoded = encodePayload(
    ring,
    defaultPayloadConverter.toPayload({ amountCents: 1000, memo: 'x'.repeat(400) }),
  );

  it('is noticed at every single byte of the data, and at every length', () => {
    const data = encoded.data ?? new Uint8Array();
    for (let at = 0; at < data.length; at++) {
      const changed = Uint8Array.from(data, (byte, index) => (index === at ? byte ^ 1 : byte));
      expect(reasonOf(ring, { ...encoded, data: changed })).toMatch(/damaged/);
      expect(reasonOf(ring, { ...encoded, data: data.slice(0, at) })).toMatch(/damaged|cut short/);
    }
  });

  it('is noticed at every single byte of the metadata', () => {
    for (const [name, value] of Object.entries(encoded.metadata ?? {})) {
      for (let at = 0; at < value.length; at++) {
        const changed = Uint8Array.from(value, (byte, index) => (index === at ? byte ^ 1 : byte));
        expect(
          reasonOf(ring, { ...encoded, metadata: { ...encoded.metadata, [name]: changed } }),
        ).toBeTruthy();
      }
    }
  });
});

describe('what was encrypted with our key but not by our converter', () => {
  const key = ring.keys.get('2026-11');
  const sealed = (inside: Uint8Array): Payload => ({
    metadata: { ...encodePayload(ring, payloadOf('binary/null')).metadata },
    data: seal(key!, inside),
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['no payload', bytes('\xff'), /not a Temporal payload/],
    ['an unknown encoding', serialise(payloadOf('x/y')), /cannot read its encoding/],
    [
      'a second encryption',
      serialise(encodePayload(ring, payloadOf('binary/null'))),
      /cannot read its encoding/,
    ],
    ['a bomb', serialise(payloadOf('binary/brotli', brotliCompressSync(Buffer.alloc(64 << 20)))), /32 MiB/],
  ])('is looked into: %s', (_, inside, reason) => {
    expect(reasonOf(ring, sealed(inside))).toMatch(reason);
  });

  it('is not parsed when it is JSON, because a second parse of all results would cost too much', () => {
    const trusted = decodePayload(ring, sealed(serialise(payloadOf('json/plain', bytes('{bad')))));
    expect(() => convert(trusted)).toThrow('JSON');
  });

  it('is caught when our converter wrote what it cannot read: a function', () => {
    expect(isUndecodable(roundTrip(ring, () => 1))).toBe(true);
  });
});
