import { randomBytes } from 'node:crypto';
import { createKeyring, type Keyring } from '../../src/codec/keyring.js';

/** A keyring with fresh random keys; the first id is the current one. */
export const ringOf = (...ids: string[]): Keyring =>
  createKeyring(ids.map((id) => ({ id, key: randomBytes(32) })));
