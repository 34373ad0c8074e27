import type { Company } from '../company.js';
import { ruleAt } from '../entity/registry.js';
import { Fault, finding, refuse } from '../fault.js';
import type { Fields } from '../fields.js';
import { present } from '../present.js';
import type { EntityRule } from '../rule.js';
import { INDEXED, type IndexedProperty, type Stored } from '../table.js';
import { type Condition, type Ordering, type Query, parseQuery } from './parser.js';
import { type QueryProperty, propertyOf, valueOf } from './property.js';

type Comparable = string | number | boolean;

interface Row {
  readonly stored: Stored;
  readonly fields: Fields;
}

interface Test {
  readonly property: QueryProperty;
  readonly condition: Condition;
  readonly wanted: readonly (Comparable | undefined)[];
  readonly pattern: RegExp | undefined;
}

/** A lone space is how a query says null. */
function convert(property: QueryProperty, value: string): Comparable | undefined {
  if (value === ' ') return undefined;
  if (property.type === 'number') return Number(value);
  if (property.type === 'boolean') return value.toLowerCase() === 'true';
  if (property.type !== 'instant') return value.toLowerCase();
  const instant = Date.parse(value.length === 10 ? `${value}T00:00:00-08:00` : value);
  if (Number.isNaN(instant)) throw refuse('4001', `QueryValidationError: Invalid date value ${value}`);
  return instant;
}

function testOf(rule: EntityRule, condition: Condition): Test {
  const property = propertyOf(rule, condition.property);
  if (property.type === 'id' && condition.operator !== '=' && condition.operator !== 'IN') {
    throw refuse(
      '4001',
      `QueryValidationError: Operator ${condition.operator} is not supported for property Id`,
    );
  }
  const wanted = condition.values.map((value) => convert(property, value));
  const like = condition.operator === 'LIKE' ? (condition.values[0] ?? '').toLowerCase() : undefined;
  const escaped = like?.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/%/g, '[^]*');
  return {
    property,
    condition,
    wanted,
    pattern: escaped === undefined ? undefined : new RegExp(`^${escaped}$`),
  };
}

function compare(left: Comparable, right: Comparable): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function passes(test: Test, row: Row): boolean {
  const actual = valueOf(test.property, row.stored, row.fields);
  const [wanted] = test.wanted;
  if (test.pattern !== undefined) return typeof actual === 'string' && test.pattern.test(actual);
  if (test.condition.operator === 'IN' || test.condition.operator === '=')
    return test.wanted.includes(actual);
  if (actual === undefined || wanted === undefined) return false;
  const order = compare(actual, wanted);
  if (test.condition.operator === '<') return order < 0;
  if (test.condition.operator === '>') return order > 0;
  return test.condition.operator === '<=' ? order <= 0 : order >= 0;
}

function isExact(test: Test): boolean {
  return test.condition.operator === '=' || test.condition.operator === 'IN';
}

/** As few objects as an index can give; every condition is still tested on each. */
function candidates(company: Company, rule: EntityRule, tests: readonly Test[]): Iterable<Stored> {
  const table = company.table(rule.name);
  const byId = tests.find((test) => test.property.name === 'Id' && isExact(test));
  if (byId !== undefined) {
    return byId.condition.values.map((id) => table.get(id)).filter((stored) => stored !== undefined);
  }
  const isIndexed = (test: Test): boolean => (INDEXED as readonly string[]).includes(test.property.name);
  const indexed = tests.find((test) => isExact(test) && isIndexed(test) && !test.wanted.includes(undefined));
  if (indexed === undefined) return table.byChange();
  const property = indexed.property.name as IndexedProperty;
  const found = new Set<Stored>();
  for (const value of indexed.condition.values)
    for (const stored of table.find(property, value)) found.add(stored);
  return found;
}

/** Derived properties must be computed before they can be compared; the stored ones need no copy. */
const DERIVED = new Set(['Balance', 'BalanceWithJobs', 'CurrentBalance', 'UnappliedAmt', 'EmailStatus']);

function rowOf(company: Company, stored: Stored, needsDerived: boolean): Row {
  return { stored, fields: needsDerived ? present(company, stored) : stored.fields };
}

/** Ids count as numbers; the few that are words, such as the tax codes TAX and NON, come first. */
function compareIds(left: string, right: string): number {
  const isNumeric = /^\d+$/;
  if (!isNumeric.test(left) || !isNumeric.test(right))
    return compare(isNumeric.test(left), isNumeric.test(right));
  return left.length === right.length ? compare(left, right) : left.length - right.length;
}

function compareRows(
  orderings: readonly (Ordering & { target: QueryProperty })[],
  left: Row,
  right: Row,
): number {
  for (const { target, descending } of orderings) {
    const order =
      target.type === 'id'
        ? compareIds(left.stored.id, right.stored.id)
        : compare(
            valueOf(target, left.stored, left.fields) ?? '',
            valueOf(target, right.stored, right.fields) ?? '',
          );
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

function defaultOrderings(rule: EntityRule): Ordering[] {
  if (rule.defaultOrder !== undefined) return [{ property: rule.defaultOrder, descending: false }];
  return [{ property: 'MetaData.LastUpdatedTime', descending: true }];
}

function select(company: Company, rule: EntityRule, query: Query): Row[] {
  const tests = query.conditions.map((condition) => testOf(rule, condition));
  const orderings = (query.orderings.length > 0 ? query.orderings : defaultOrderings(rule)).map(
    (ordering) => ({
      ...ordering,
      target: propertyOf(rule, ordering.property),
    }),
  );
  const used = [
    ...tests.map((test) => test.property.name),
    ...orderings.map((ordering) => ordering.target.name),
  ];
  const needsDerived = used.some((name) => DERIVED.has(name));
  const asksActive = used.includes('Active');
  const rows: Row[] = [];
  for (const stored of candidates(company, rule, tests)) {
    if (stored.deleted || (!asksActive && stored.fields['Active'] === false)) continue;
    const row = rowOf(company, stored, needsDerived);
    if (tests.every((test) => passes(test, row))) rows.push(row);
  }
  // The most recently changed comes first among equals, where the order is by change at all.
  const newestFirst = query.orderings.length === 0 && rule.defaultOrder === undefined;
  return (newestFirst ? rows.reverse() : rows).sort((left, right) => compareRows(orderings, left, right));
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
  const rows = select(company, rule, query);
  if (query.isCount) return { response: { totalCount: rows.length }, entity: rule.name };
  const start = query.startPosition - 1;
  const chosen = rows.slice(start, start + query.maxResults);
  if (company.poisoned.size > 0) for (const { stored } of chosen) checkSound(company, stored);
  const page = chosen.map((row) => present(company, row.stored));
  if (page.length === 0) return { response: {}, entity: rule.name };
  const response: Fields = { [rule.name]: page, startPosition: query.startPosition, maxResults: page.length };
  if (rule.countsTotal === true) response['totalCount'] = page.length;
  return { response, entity: rule.name };
}
