import type { Payload } from '@temporalio/common';
import { CannotDecode } from './cannot-decode.js';
import type { Keyring } from './keyring.js';
import { decodePayload, encodePayload, isEncrypted } from './payload-codec.js';
import { requireSound } from './sound.js';

export type CodecOperation = 'encode' | 'decode';

/** A payload as proto3 JSON: metadata values and data are base64. */
export interface JsonPayload {
  readonly metadata: Readonly<Record<string, string>>;
  readonly data: string;
}

export interface JsonPayloads {
  readonly payloads: readonly JsonPayload[];
}

/** A request to the codec endpoint that cannot be carried out; the message is for the person who made it. */
export class CodecRequestError extends Error {
  override readonly name = 'CodecRequestError';
}

/**
 * The codec as the Temporal UI and CLI call it: the operation and the parsed JSON body in, the JSON body out.
 * A body without `payloads` means none, since proto3 JSON leaves empty lists out. Throws `CodecRequestError`.
 */
export function codecHandler(keyring: Keyring) {
  return (operation: CodecOperation, body: unknown): JsonPayloads => {
    const payloads = readPayloads(body);
    const convert = operation === 'encode' ? encodeForeign : decodePayload;
    return { payloads: payloads.map((payload) => toJson(convert(keyring, payload))) };
  };
}

/** Once encrypted, a payload counts as ours and is not looked into again: so what is wrong is refused here. */
function encodeForeign(keyring: Keyring, payload: Payload): Payload {
  if (isEncrypted(payload)) return payload;
  try {
    return encodePayload(keyring, requireSound(payload));
  } catch (error) {
    if (error instanceof CannotDecode) throw new CodecRequestError(error.message, { cause: error });
    throw error;
  }
}

function readPayloads(body: unknown): Payload[] {
  if (!isRecord(body)) throw new CodecRequestError('The body is not a JSON object.');
  const { payloads } = body;
  if (payloads === undefined || payloads === null) return [];
  if (!Array.isArray(payloads)) throw new CodecRequestError('"payloads" is not a list.');
  return payloads.map(readPayload);
}

function readPayload(payload: unknown): Payload {
  if (!isRecord(payload)) throw new CodecRequestError('A payload is not a JSON object.');
  const { metadata = {}, data = '' } = payload;
  if (!isRecord(metadata)) throw new CodecRequestError('The metadata of a payload is not a JSON object.');
  const entries = Object.entries(metadata).map(([key, value]) => [key, fromBase64(value)] as const);
  return { metadata: Object.fromEntries(entries), data: fromBase64(data) };
}

function fromBase64(value: unknown): Uint8Array {
  if (typeof value !== 'string')
    throw new CodecRequestError('The data or metadata of a payload is not base64 text.');
  return Buffer.from(value, 'base64');
}

function toJson({ metadata, data }: Payload): JsonPayload {
  const entries = Object.entries(metadata ?? {}).map(([key, value]) => [key, toBase64(value)] as const);
  return { metadata: Object.fromEntries(entries), data: toBase64(data) };
}

const toBase64 = (bytes: Uint8Array | null | undefined): string =>
  Buffer.from(bytes ?? []).toString('base64');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
