import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import type { Keyring } from './keyring.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed text that cannot be opened: its key is not in the ring, or it was changed. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/** AES-256-GCM with a random nonce: nonce, ciphertext, tag. */
export function seal(key: KeyObject, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The reverse of `seal`. Throws `SealError` when a byte was changed or the key is another one. */
export function open(key: KeyObject, box: Uint8Array): Buffer {
  if (box.length < NONCE_BYTES + TAG_BYTES) throw new SealError('The encrypted data is cut short.');
  const decipher = createDecipheriv(CIPHER, key, box.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(box.subarray(box.length - TAG_BYTES));
  try {
    return Buffer.concat([
      decipher.update(box.subarray(NONCE_BYTES, box.length - TAG_BYTES)),
      decipher.final(),
    ]);
  } catch (cause) {
    throw new SealError('The encrypted data is damaged, or its key is not the one it was encrypted with.', {
      cause,
    });
  }
}

/** A text at rest, such as a token: `keyId.base64url`. Throws `SealError` when the ring has no current key. */
export function sealText(keyring: Keyring, text: string): string {
  const id = keyring.currentId;
  const key = id === undefined ? undefined : keyring.keys.get(id);
  if (id === undefined || key === undefined) throw new SealError('There is no key to encrypt with.');
  return `${id}.${seal(key, Buffer.from(text)).toString('base64url')}`;
}

/** The reverse of `sealText`. Throws `SealError`. */
export function openText(keyring: Keyring, sealed: string): string {
  const dot = sealed.lastIndexOf('.');
  const id = sealed.slice(0, Math.max(dot, 0));
  const key = keyring.keys.get(id);
  if (key === undefined) throw new SealError(`Key "${id}" is not configured.`);
  return open(key, Buffer.from(sealed.slice(dot + 1), 'base64url')).toString();
}

/** Whether text was sealed with a key other than the current one, and is worth sealing anew. */
export function isSealedWithOldKey(keyring: Keyring, sealed: string): boolean {
  return !sealed.startsWith(`${keyring.currentId ?? ''}.`);
}
