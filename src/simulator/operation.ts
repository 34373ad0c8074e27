import { ruleAt } from './entity/registry.js';
import { isFields } from './fields.js';

export type OperationKind =
  | 'batch'
  | 'cdc'
  | 'create'
  | 'delete'
  | 'pdf'
  | 'query'
  | 'read'
  | 'report'
  | 'send'
  | 'unknown'
  | 'update'
  | 'upload'
  | 'void';

/** What a data call asks for, read from its path, its parameters and (to tell create from update) its body. */
export interface Operation {
  readonly realm: string;
  readonly kind: OperationKind;
  /** Intuit's name of the entity, where there is one. For a report, the report's name. */
  readonly entity?: string;
  readonly id?: string;
  readonly include: ReadonlySet<string>;
}

const PATH = /^\/v3\/company\/([^/]*)(?:\/(.*))?$/;

/** `include=a,b` and `include=a&include=b` both occur. */
function includes(params: URLSearchParams): ReadonlySet<string> {
  return new Set(params.getAll('include').flatMap((value) => value.toLowerCase().split(',')));
}

/** Read without parsing where the word does not occur; an escape could hide it. */
const MAY_HAVE_ID = /"Id"|\\u/;

function hasId(body: string): boolean {
  if (!MAY_HAVE_ID.test(body)) return false;
  try {
    const parsed = JSON.parse(body) as unknown;
    return isFields(parsed) && parsed['Id'] !== undefined && parsed['Id'] !== null && parsed['Id'] !== '';
  } catch {
    return false;
  }
}

function writeKind(params: URLSearchParams, include: ReadonlySet<string>, body: string): OperationKind {
  const operation = params.get('operation')?.toLowerCase();
  if (operation === 'delete') return 'delete';
  if (operation === 'void' || include.has('void')) return 'void';
  return hasId(body) ? 'update' : 'create';
}

function entityOperation(
  method: string,
  segments: readonly string[],
  params: URLSearchParams,
  body: string,
): Omit<Operation, 'realm' | 'include'> {
  const [first = '', id, action] = segments;
  const entity = first.toLowerCase() === 'taxservice' ? 'TaxService' : ruleAt(first)?.name;
  if (entity === undefined || segments.length > 3) return { kind: 'unknown' };
  if (action === 'send' && id !== undefined && method === 'POST') return { kind: 'send', entity, id };
  if (action === 'pdf' && id !== undefined && method === 'GET') return { kind: 'pdf', entity, id };
  if (entity === 'TaxService' && method === 'POST') return { kind: 'create', entity };
  if (action !== undefined) return { kind: 'unknown', entity };
  if (method === 'GET') return id === undefined ? { kind: 'read', entity } : { kind: 'read', entity, id };
  if (method !== 'POST' || id !== undefined) return { kind: 'unknown', entity };
  return { kind: writeKind(params, includes(params), body), entity };
}

/** Undefined when the path is not one of a company's. */
export function parseOperation(
  method: string,
  path: string,
  params: URLSearchParams,
  body: string,
): Operation | undefined {
  const match = PATH.exec(path);
  if (match === null) return undefined;
  const realm = match[1] ?? '';
  const segments = (match[2] ?? '').split('/').filter((segment) => segment !== '');
  const include = includes(params);
  const first = segments[0]?.toLowerCase() ?? '';
  if (['query', 'cdc', 'batch', 'upload'].includes(first) && segments.length === 1) {
    return { realm, include, kind: first as OperationKind };
  }
  if (first === 'reports') return { realm, include, kind: 'report', entity: segments[1] ?? '' };
  return { realm, include, ...entityOperation(method, segments, params, body) };
}
