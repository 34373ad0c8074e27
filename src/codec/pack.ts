import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { defaultPayloadConverter, ValueError, type Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { CannotDecode, label } from './cannot-decode.js';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** Nothing larger is written, and no compressed data may grow beyond it. */
export const MAX_UNPACKED_BYTES = 32 * 1024 * 1024;

const SMALLEST_WORTH_COMPRESSING_BYTES = 256;
const BROTLI = 'binary/brotli';

/**
 * A payload that is compressed when that makes it smaller. Synchronous on purpose: quality 1 takes 20 µs for a
 * small bill and 3 ms for 3 MB, while one trip to the thread pool costs 500 µs on a busy machine.
 * Throws `ValueError` for one that `unpack` would refuse.
 */
export function pack(payload: Payload): Payload {
  const plain = serialise(payload);
  if (plain.length > MAX_UNPACKED_BYTES)
    throw new ValueError(`A value of ${plain.length} bytes is too large.`);
  if (plain.length < SMALLEST_WORTH_COMPRESSING_BYTES) return payload;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  const packed = { metadata: { encoding: Buffer.from(BROTLI) }, data: brotliCompressSync(plain, { params }) };
  return serialise(packed).length < plain.length ? packed : payload;
}

/** The reverse of `pack`; what is not compressed comes back as it is. Throws `CannotDecode`. */
export function unpack(payload: Payload): Payload {
  if (!isPacked(payload)) return payload;
  let plain: Buffer;
  try {
    plain = brotliDecompressSync(payload.data ?? new Uint8Array(), { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (cause) {
    throw new CannotDecode('Its compressed data is damaged or unpacks to more than 32 MiB.', { cause });
  }
  return deserialise(plain);
}

export const isPacked = (payload: Payload): boolean => label(payload.metadata?.['encoding']) === BROTLI;

export const serialise = (payload: Payload): Uint8Array => PayloadMessage.encode(payload).finish();

/** Throws `CannotDecode`. */
export function deserialise(bytes: Uint8Array): Payload {
  try {
    const { metadata, data } = PayloadMessage.decode(bytes);
    return { metadata, data };
  } catch (cause) {
    throw new CannotDecode('What is inside is not a Temporal payload.', { cause });
  }
}

/**
 * Bytes that a value takes in Temporal's history: JSON, compressed; beyond 32 MiB, where nothing is accepted anyway,
 * as it is. Encryption adds about a hundred. Throws `ValueError` for what is no JSON (a BigInt, a circle).
 */
export function measureSnapshot(value: unknown): number {
  const payload = defaultPayloadConverter.toPayload(value);
  const plainBytes = serialise(payload).length;
  return plainBytes > MAX_UNPACKED_BYTES ? plainBytes : serialise(pack(payload)).length;
}
