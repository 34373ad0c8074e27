import type { KeyObject } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { CannotDecode, KEY_ID, label, undecodablePayload } from './cannot-decode.js';
import type { Keyring } from './keyring.js';
import { deserialise, pack, serialise, unpack } from './pack.js';
import { open, seal, SealError } from './seal.js';
import { requireSound } from './sound.js';

const ENCRYPTED = 'binary/encrypted';
const CIPHER = 'AES/GCM';

/** What our payload converter writes. It wrote what is inside a payload that we encrypted: no second look. */
const OWN_ENCODINGS = new Set(['json/plain', 'binary/null', 'binary/plain']);

/**
 * Compresses and encrypts every payload. Decoding never throws: a workflow task would fail on it for ever. Plain
 * JSON passes through, since people paste it; what cannot be decoded becomes an `Undecodable` (domain/undecodable).
 * Nothing of the workflow goes into the ciphertext, because the CLI encodes the input of a whole batch once.
 */
export function createPayloadCodec(keyring: Keyring): PayloadCodec {
  return {
    encode: async (payloads) => Promise.resolve(payloads.map((payload) => encodePayload(keyring, payload))),
    decode: async (payloads) => Promise.resolve(payloads.map((payload) => decodePayload(keyring, payload))),
  };
}

/** Throws `ValueError` beyond 32 MiB. What is encrypted already comes back as it is. */
export function encodePayload(keyring: Keyring, payload: Payload): Payload {
  const keyId = keyring.currentId;
  const key = keyId === undefined ? undefined : keyring.keys.get(keyId);
  if (isEncrypted(payload)) return payload;
  const packed = pack(payload);
  if (keyId === undefined || key === undefined) return packed;
  return {
    metadata: {
      encoding: Buffer.from(ENCRYPTED),
      'encryption-cipher': Buffer.from(CIPHER),
      [KEY_ID]: Buffer.from(keyId),
    },
    data: seal(key, serialise(packed)),
  };
}

/** Never throws, and never returns a payload that the default payload converter throws on. */
export function decodePayload(keyring: Keyring, payload: Payload): Payload {
  try {
    if (!isEncrypted(payload)) return requireSound(unpack(payload));
    const inner = unpack(deserialise(open(keyOf(keyring, payload), payload.data ?? new Uint8Array())));
    return isOurs(inner) ? inner : requireSound(inner);
  } catch (error) {
    if (error instanceof CannotDecode || error instanceof SealError)
      return undecodablePayload(error.message, payload);
    return undecodablePayload('It is not a payload that Temporal could have made.', payload);
  }
}

export const isEncrypted = (payload: Payload): boolean => label(payload.metadata?.['encoding']) === ENCRYPTED;

/** The converter writes a function or a symbol as JSON of no length, and cannot read that back. */
function isOurs(inner: Payload): boolean {
  const encoding = label(inner.metadata?.['encoding']);
  return OWN_ENCODINGS.has(encoding) && !(encoding === 'json/plain' && !inner.data?.length);
}

function keyOf(keyring: Keyring, payload: Payload): KeyObject {
  const cipher = label(payload.metadata?.['encryption-cipher']);
  if (cipher !== CIPHER)
    throw new CannotDecode(`It is encrypted in a way this service does not know ("${cipher}").`);
  const keyId = Buffer.from(payload.metadata?.[KEY_ID] ?? []).toString();
  const key = keyring.keys.get(keyId);
  if (key) return key;
  throw new CannotDecode('It is encrypted with a key that this service does not have.');
}
