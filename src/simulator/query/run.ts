import type { Company } from '../company.js';
import { ruleAt } from '../entity/registry.js';
import { Fault, finding, refuse } from '../fault.js';
import type { Fields } from '../fields.js';
import { present } from '../present.js';
import type { EntityRule } from '../rule.js';
import { type Stored, compareIds } from '../table.js';
import { type Comparable, compare, passes, testOf } from './condition.js';
import { type Ordering, type Query, parseQuery } from './parser.js';
import { type Target, planOf } from './plan.js';
import { propertyOf, valueOf } from './property.js';

/** Derived properties must be computed before they can be compared; the stored ones need no copy. */
const DERIVED = new Set(['Balance', 'BalanceWithJobs', 'CurrentBalance', 'UnappliedAmt', 'EmailStatus']);

interface Row {
  readonly stored: Stored;
  readonly keys: readonly Comparable[];
}

/** To the millisecond where nothing else decides, so that every way to a page gives the same order. */
function keysOf(company: Company, stored: Stored, orderings: readonly Target[]): Comparable[] {
  const [only] = orderings;
  if (orderings.length === 1 && only?.target.name === 'MetaData.LastUpdatedTime') return [stored.updatedAtMs];
  if (orderings.length === 1 && only?.target.name === 'MetaData.CreateTime') return [stored.createdAtMs];
  const isDerived = orderings.some(({ target }) => DERIVED.has(target.name));
  const fields = isDerived ? present(company, stored) : stored.fields;
  return orderings.map(({ target }) => valueOf(target, stored, fields) ?? '');
}

function compareRows(orderings: readonly Target[], left: Row, right: Row): number {
  for (const [index, { target, descending }] of orderings.entries()) {
    const order =
      target.type === 'id'
        ? compareIds(left.stored.id, right.stored.id)
        : compare(left.keys[index] ?? '', right.keys[index] ?? '');
    if (order !== 0) return descending ? -order : order;
  }
  const order = compareIds(left.stored.id, right.stored.id);
  return orderings.at(-1)?.descending === true ? -order : order;
}

function orderingsOf(rule: EntityRule, query: Query): Target[] {
  const orderings: readonly Ordering[] =
    query.orderings.length > 0
      ? query.orderings
      : rule.defaultOrder === undefined
        ? [{ property: 'MetaData.LastUpdatedTime', descending: true }]
        : [{ property: rule.defaultOrder, descending: false }];
  return orderings.map((ordering) => ({ ...ordering, target: propertyOf(rule, ordering.property) }));
}

interface Selection {
  /** The objects of the page, in order. */
  readonly page: readonly Stored[];
  /** All that match, where somebody wants to know. */
  readonly count: number;
}

/** Whether an object is in the answer; what must be derived is tested last, because it costs most. */
function filterOf(company: Company, rule: EntityRule, query: Query, orderings: readonly Target[]) {
  const tests = query.conditions.map((condition) => testOf(rule, condition));
  const plain = tests.filter((test) => !DERIVED.has(test.property.name));
  const derived = tests.filter((test) => DERIVED.has(test.property.name));
  const used = [...tests.map(({ property }) => property), ...orderings.map(({ target }) => target)];
  const asksActive = used.some(({ name }) => name === 'Active');
  const isIn = (stored: Stored): boolean => {
    if (stored.deleted || (!asksActive && stored.fields['Active'] === false)) return false;
    if (!plain.every((test) => passes(test, stored, stored.fields))) return false;
    if (derived.length === 0) return true;
    const fields = present(company, stored);
    return derived.every((test) => passes(test, stored, fields));
  };
  return { tests, isIn, isOpen: tests.length === 0 && !asksActive };
}

function select(company: Company, rule: EntityRule, query: Query): Selection {
  const table = company.table(rule.name);
  const orderings = orderingsOf(rule, query);
  const { tests, isIn, isOpen } = filterOf(company, rule, query, orderings);
  if (query.isCount && isOpen) {
    return { page: [], count: table.size - table.hidden.deleted - table.hidden.inactive };
  }
  const start = query.startPosition - 1;
  const end = query.isCount ? Number.POSITIVE_INFINITY : start + query.maxResults;
  const { rows, isInOrder } = planOf(table, tests, orderings, end);
  const found: Stored[] = [];
  for (const stored of rows) {
    if (isIn(stored)) found.push(stored);
    if (isInOrder && found.length >= end) break;
  }
  if (query.isCount) return { page: [], count: found.length };
  const sorted = isInOrder
    ? found
    : found
        .map((stored) => ({ stored, keys: keysOf(company, stored, orderings) }))
        .sort((left, right) => compareRows(orderings, left, right))
        .map(({ stored }) => stored);
  return { page: sorted.slice(start, end), count: found.length };
}

/** One bad row makes the whole page unreadable. */
function checkSound(company: Company, { entity, id }: Stored): void {
  const sentence = company.poisoned.get(`${entity}:${id}`);
  if (sentence === undefined) return;
  throw new Fault([finding('4002', `QueryProcessingError: ${sentence}`)], 'Service');
}

/** The body of `QueryResponse`. @throws Fault 4000 or 4001 */
export function runQuery(company: Company, statement: string): { response: Fields; entity: string } {
  const query = parseQuery(statement);
  const rule = ruleAt(query.entity);
  if (rule === undefined) {
    throw refuse('4001', `QueryValidationError: Metadata not found for Entity: ${query.entity}`);
  }
  const selection = select(company, rule, query);
  if (query.isCount) return { response: { totalCount: selection.count }, entity: rule.name };
  if (company.poisoned.size > 0) for (const stored of selection.page) checkSound(company, stored);
  const page = selection.page.map((stored) => present(company, stored));
  if (page.length === 0) return { response: {}, entity: rule.name };
  const response: Fields = { [rule.name]: page, startPosition: query.startPosition, maxResults: page.length };
  if (rule.countsTotal === true) response['totalCount'] = page.length;
  return { response, entity: rule.name };
}
