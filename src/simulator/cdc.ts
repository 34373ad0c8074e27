import { formatDate } from './clock.js';
import type { Company } from './company.js';
import { ruleAt } from './entity/registry.js';
import { Fault, refuse, unsupported } from './fault.js';
import type { Fields } from './fields.js';
import { present, presentDeletedChange } from './present.js';
import type { Stored } from './table.js';

const LOOK_BACK_MS = 30 * 86_400_000;
const MAX_OBJECTS = 1000;

/** Live objects by change, then what is left of deleted ones. */
function group(company: Company, entity: string, changed: readonly Stored[]): Fields {
  if (changed.length === 0) return {};
  const live = changed.filter((stored) => !stored.deleted).map((stored) => present(company, stored));
  const dead = changed.filter((stored) => stored.deleted).map((stored) => presentDeletedChange(stored));
  const response: Fields = { [entity]: [...live, ...dead], startPosition: 1, maxResults: changed.length };
  if (ruleAt(entity)?.countsTotal === true) response['totalCount'] = changed.length;
  return response;
}

/** @throws Fault when an entity is unknown, or the instant is missing, unreadable or too long ago */
export function runCdc(company: Company, params: URLSearchParams, nowMs: number): Fields {
  const names = (params.get('entities') ?? '').split(',').map((name) => name.trim());
  const since = params.get('changedSince') ?? '';
  const sinceMs = Date.parse(since.length === 10 ? `${since}T00:00:00-08:00` : since);
  if (Number.isNaN(sinceMs)) throw refuse('4001', `QueryValidationError: Invalid date value ${since}`);
  if (sinceMs < nowMs - LOOK_BACK_MS) {
    throw unsupported(`cdc with changedSince date ${formatDate(sinceMs)} which is older than fixed days`);
  }
  let left = MAX_OBJECTS;
  const groups = names.map((name) => {
    const rule = ruleAt(name);
    if (rule === undefined)
      throw refuse('4001', `QueryValidationError: Metadata not found for Entity: ${name}`);
    if (rule.excludedFromCdc === true) throw new Fault(unsupported(`cdc for entity ${name}`).findings);
    const wholeSecondMs = Math.floor(sinceMs / 1000) * 1000;
    const changed: Stored[] = [];
    for (const stored of company.table(rule.name).changedSince(wholeSecondMs)) {
      if (changed.length >= left) break;
      changed.push(stored);
    }
    left -= changed.length;
    return group(company, rule.name, changed);
  });
  return { CDCResponse: [{ QueryResponse: groups }] };
}
