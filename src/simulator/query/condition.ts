import { refuse } from '../fault.js';
import type { Fields } from '../fields.js';
import type { EntityRule } from '../rule.js';
import type { Stored } from '../table.js';
import type { Condition } from './parser.js';
import { type QueryProperty, propertyOf, valueOf } from './property.js';

export type Comparable = string | number | boolean;

/** One condition of a query, ready to be tested on objects. */
export interface Test {
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

/** @throws Fault 4001 for a property, an operator or a value that cannot be asked for */
export function testOf(rule: EntityRule, condition: Condition): Test {
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

export function compare(left: Comparable, right: Comparable): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

export function passes(test: Test, stored: Stored, fields: Fields): boolean {
  const actual = valueOf(test.property, stored, fields);
  const [wanted] = test.wanted;
  if (test.pattern !== undefined) return typeof actual === 'string' && test.pattern.test(actual);
  if (isExact(test)) return test.wanted.includes(actual);
  if (actual === undefined || wanted === undefined) return false;
  const order = compare(actual, wanted);
  if (test.condition.operator === '<') return order < 0;
  if (test.condition.operator === '>') return order > 0;
  return test.condition.operator === '<=' ? order <= 0 : order >= 0;
}

export function isExact(test: Test): boolean {
  return test.condition.operator === '=' || test.condition.operator === 'IN';
}
