import { type Fields, isFields } from '../fields.js';
import type { World } from '../world.js';

/** A request to the side door, its path already taken apart. */
export interface ControlRequest {
  readonly world: World;
  /** The variable parts of the path, in order. */
  readonly parts: readonly string[];
  readonly params: URLSearchParams;
  readonly body: Fields;
}

export type ControlHandler = (request: ControlRequest) => unknown;

/** A request that cannot be carried out. Its message is the answer. */
export class ControlError extends Error {
  override readonly name = 'ControlError';

  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

export function textOf(body: Fields, property: string): string | undefined {
  const value = body[property];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new ControlError(`${property} must be a string`);
  return value;
}

export function numberOf(body: Fields, property: string): number | undefined {
  const value = body[property];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number') throw new ControlError(`${property} must be a number`);
  return value;
}

/** @throws ControlError unless the text is a JSON object, or empty */
export function parseControlBody(raw: string): Fields {
  if (raw.trim() === '') return {};
  try {
    const parsed = JSON.parse(raw) as unknown;
    if (isFields(parsed)) return parsed;
  } catch {
    throw new ControlError('the body is not JSON');
  }
  throw new ControlError('the body must be a JSON object');
}
