import type { Payload } from '@temporalio/common';
import type { Undecodable } from '../domain/undecodable.js';

const LONGEST_LABEL = 80;

/** Why one payload cannot be decoded, in plain words. Stays inside the codec. */
export class CannotDecode extends Error {
  override readonly name = 'CannotDecode';
}

/** A metadata entry as text. It may be any bytes, so it is shortened and freed of control characters. */
export function label(bytes: Uint8Array | null | undefined): string {
  const text = Buffer.from(bytes?.subarray(0, LONGEST_LABEL) ?? []).toString();
  return text.replace(/[^\x20-\x7e]/g, '?');
}

/** A `json/plain` payload that says what was wrong with another one. */
export function undecodablePayload(reason: string, payload: Payload): Payload {
  const keyId = payload.metadata?.[KEY_ID];
  const value: Undecodable = {
    $undecodable: {
      reason,
      encoding: label(payload.metadata?.['encoding']),
      ...(keyId && { keyId: label(keyId) }),
    },
  };
  return { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(value)) };
}

export const KEY_ID = 'encryption-key-id';
