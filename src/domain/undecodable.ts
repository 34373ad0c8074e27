/**
 * What stands in for a message or value that could not be decoded. A payload that throws while it is decoded
 * fails the workflow task for ever, so the codec hands this value on in its place and handlers refuse it.
 */
export interface Undecodable {
  readonly $undecodable: {
    /** In plain words, for the person who sent it. Never holds any of the content. */
    readonly reason: string;
    /** The encoding that the payload named, shortened; empty when it named none. */
    readonly encoding: string;
    /** The id of the key that it was encrypted with, when it named one. */
    readonly keyId?: string;
  };
}

/** True for a value that the codec put in the place of something it could not decode. */
export function isUndecodable(value: unknown): value is Undecodable {
  if (typeof value !== 'object' || value === null || !('$undecodable' in value)) return false;
  const inner = value.$undecodable;
  return typeof inner === 'object' && inner !== null && 'reason' in inner && typeof inner.reason === 'string';
}
