import { isUndecodable } from './undecodable.js';

/** What every snapshot has in common; the rest is checked by the schema before it is recorded. */
export interface Versioned {
  version: number;
}

/** One version means one state; two are a mistake of the sender that must not be settled by chance. */
export const CONTRADICTION =
  'This version was sent before with other contents; send the change under a higher version.';

/** Shallow and total: enough to put a message in order. The full schema is applied where it is recorded. */
export function readSnapshot(typed: unknown): { snapshot: Versioned } | { refused: string } {
  if (isUndecodable(typed)) return { refused: `The payload could not be read: ${typed.$undecodable.reason}` };
  if (typed === null || typeof typed !== 'object' || Array.isArray(typed)) {
    return { refused: 'Expected one JSON object, the whole snapshot.' };
  }
  const { version } = typed as { version?: unknown };
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) {
    return { refused: 'The snapshot needs "version", a whole number from 1 that only grows.' };
  }
  return { snapshot: { ...typed, version } };
}
