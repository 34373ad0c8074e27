import type { Call } from './call.js';

/** Which calls a fault or a hold is meant for. Every given part must fit. */
export interface Match {
  readonly method?: string;
  /** A part of the path, such as `/invoice` or `/oauth2/`. */
  readonly path?: string;
  readonly entity?: string;
  readonly operation?: string;
  readonly realm?: string;
  /** A part of the request body. */
  readonly body?: string;
  readonly requestid?: string;
}

export const MATCH_PARTS = ['method', 'path', 'entity', 'operation', 'realm', 'body', 'requestid'] as const;

function same(wanted: string | undefined, actual: string | undefined): boolean {
  return wanted === undefined || wanted.toLowerCase() === actual?.toLowerCase();
}

/** Without a path or an operation, only calls of the data API are meant: tokens go on being issued. */
export function fits(match: Match, call: Call): boolean {
  const isNamed = match.path !== undefined || match.operation !== undefined;
  if (!isNamed && call.data === undefined) return false;
  return (
    same(match.method, call.method) &&
    same(match.entity, call.entity) &&
    same(match.operation, call.operation) &&
    same(match.realm, call.realm) &&
    same(match.requestid, call.params.get('requestid') ?? undefined) &&
    (match.path === undefined || call.path.includes(match.path)) &&
    (match.body === undefined || call.body.includes(match.body))
  );
}
