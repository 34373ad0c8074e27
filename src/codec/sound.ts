import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { CannotDecode, label } from './cannot-decode.js';

/** Deeper JSON can be parsed, but not turned into JSON again: that recursion overflows the stack. */
const DEEPEST_JSON = 500;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Returns the payload unchanged when the payload converter is sure to turn it into a value. Throws `CannotDecode`
 * otherwise. Parses the JSON, so it is for payloads from outside; those that we encrypted need no such check.
 */
export function requireSound(payload: Payload): Payload {
  const encoding = label(payload.metadata?.['encoding']);
  switch (encoding) {
    case 'binary/null':
    case 'binary/plain':
      return payload;
    case 'json/plain':
      requireJson(payload);
      return payload;
    case '':
      throw new CannotDecode('It names no encoding. Send plain JSON.');
    default:
      throw new CannotDecode('This service cannot read its encoding. Send plain JSON.');
  }
}

function requireJson(payload: Payload): void {
  if (!payload.data?.length) throw new CannotDecode('It is marked as JSON but is empty.');
  let text: string;
  try {
    text = strictUtf8.decode(payload.data);
  } catch (cause) {
    throw new CannotDecode('It is marked as JSON but is not UTF-8 text.', { cause });
  }
  try {
    defaultPayloadConverter.fromPayload(payload);
  } catch (cause) {
    throw new CannotDecode('It is marked as JSON but is not valid JSON.', { cause });
  }
  if (depthOf(text) > DEEPEST_JSON)
    throw new CannotDecode(`Its JSON is nested more than ${DEEPEST_JSON} deep.`);
}

function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth);
    else if (char === ']' || char === '}') depth--;
  }
  return deepest;
}
