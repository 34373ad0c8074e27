import { createSecretKey, type KeyObject } from 'node:crypto';

export const KEY_BYTES = 32;

/**
 * AES-256 keys by id. New data is encrypted with the current one, the others only decrypt. Without a current id
 * nothing is encrypted. `KeyObject` never shows its bytes when it is logged or turned into JSON.
 */
export interface Keyring {
  readonly currentId: string | undefined;
  readonly keys: ReadonlyMap<string, KeyObject>;
}

export interface KeyEntry {
  readonly id: string;
  /** Exactly 32 bytes. */
  readonly key: Uint8Array;
}

/** The first entry becomes the current key. Throws `RangeError` for a key of the wrong length or a repeated id. */
export function createKeyring(entries: readonly KeyEntry[], options: { encrypt?: boolean } = {}): Keyring {
  const keys = new Map<string, KeyObject>();
  for (const { id, key } of entries) {
    if (key.length !== KEY_BYTES)
      throw new RangeError(`Key "${id}" has ${key.length} bytes, not ${KEY_BYTES}.`);
    if (keys.has(id)) throw new RangeError(`Key "${id}" is listed twice.`);
    keys.set(id, createSecretKey(key));
  }
  return { currentId: options.encrypt === false ? undefined : entries[0]?.id, keys };
}
