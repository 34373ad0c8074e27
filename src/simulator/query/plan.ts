import {
  INDEXED,
  type IndexedProperty,
  ORDERED,
  type OrderedProperty,
  type Stored,
  type Table,
} from '../table.js';
import { type Test, compare, isExact } from './condition.js';
import type { Ordering } from './parser.js';
import { type QueryProperty, valueOf } from './property.js';

export type Target = Ordering & { readonly target: QueryProperty };

/** Objects to test, all that can pass and maybe others, deleted ones too. */
export interface Plan {
  readonly rows: Iterable<Stored>;
  /** Whether they come in the order that the query wants, so that a page is full as soon as it is. */
  readonly isInOrder: boolean;
}

interface Source {
  readonly count: number;
  readonly rows: () => Iterable<Stored>;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function orderedName({ name }: QueryProperty): OrderedProperty | undefined {
  return ORDERED.find((property) => property === name);
}

/** What the conditions on one property leave of its order. */
function rangeOf(table: Table, property: OrderedProperty, tests: readonly Test[]): Range {
  let start = 0;
  let end = table.size;
  for (const { property: tested, condition, wanted } of tests) {
    const [value] = wanted;
    if (tested.name !== property || tested.type === 'id' || value === undefined || wanted.length > 1)
      continue;
    const orderOf = (stored: Stored): number => compare(valueOf(tested, stored, stored.fields) ?? '', value);
    const first = (): number => table.rankWhere(property, (stored) => orderOf(stored) >= 0);
    const past = (): number => table.rankWhere(property, (stored) => orderOf(stored) > 0);
    const { operator } = condition;
    if (operator === '=' || operator === 'IN' || operator === '>=') start = Math.max(start, first());
    if (operator === '>') start = Math.max(start, past());
    if (operator === '=' || operator === 'IN' || operator === '<=') end = Math.min(end, past());
    if (operator === '<') end = Math.min(end, first());
  }
  return { start, end: Math.max(start, end) };
}

function byIds(table: Table, test: Test): Source {
  const ids = [...new Set(test.condition.values)];
  return {
    count: ids.length,
    rows: () => ids.map((id) => table.get(id)).filter((stored) => stored !== undefined),
  };
}

function byKeys(table: Table, property: IndexedProperty, keys: readonly string[]): Source {
  return {
    count: keys.reduce((sum, key) => sum + table.count(property, key), 0),
    *rows() {
      for (const key of keys) yield* table.find(property, key);
    },
  };
}

function sourcesOf(table: Table, tests: readonly Test[]): Source[] {
  const sources = tests.flatMap((test) => {
    if (!isExact(test)) return [];
    if (test.property.name === 'Id') return [byIds(table, test)];
    const property = INDEXED.find((indexed) => indexed === test.property.name);
    // A question for null is answered by no index.
    if (property === undefined || test.wanted.includes(undefined)) return [];
    return [byKeys(table, property, [...new Set(test.wanted.map(String))])];
  });
  const asked = new Set(tests.flatMap((test) => orderedName(test.property) ?? []));
  const ranges = [...asked].map((property) => {
    const { start, end } = rangeOf(table, property, tests);
    return { count: end - start, rows: () => table.inOrder(property, start, end) };
  });
  return [...sources, ...ranges, { count: table.size, rows: () => table.all() }];
}

/**
 * The cheaper of two ways to a page that ends with the row `wanted`: the fewest objects that an index gives, to be
 * sorted afterwards, or the objects in the order of the answer, until there are enough.
 */
export function planOf(
  table: Table,
  tests: readonly Test[],
  orderings: readonly Target[],
  wanted: number,
): Plan {
  const best = sourcesOf(table, tests).reduce((least, source) =>
    source.count < least.count ? source : least,
  );
  const [ordering] = orderings;
  const property = ordering === undefined ? undefined : orderedName(ordering.target);
  if (ordering !== undefined && property !== undefined && orderings.length === 1) {
    const { start, end } = rangeOf(table, property, tests);
    const tried = Math.min(end - start, (wanted * (end - start)) / Math.max(1, best.count));
    if (tried < best.count || end - start <= best.count)
      return { rows: table.inOrder(property, start, end, ordering.descending), isInOrder: true };
  }
  return { rows: best.rows(), isInOrder: false };
}
