import { type Fields, refId, text } from './fields.js';

/** One object of a company as it is kept; what a reader sees is made from it by `present`. */
export interface Stored {
  readonly id: string;
  readonly entity: string;
  readonly fields: Fields;
  readonly syncToken: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly deleted: boolean;
  /** Ids of lines are never reused, so the highest one ever given is remembered. */
  readonly lastLineId: number;
}

export interface TableState {
  /** In order of creation, deleted ones too. */
  readonly rows: readonly Stored[];
  /** Their ids, most recently changed last. */
  readonly byChange: readonly string[];
}

/** In order of their numbers, which may have more digits than a double holds. */
function compareIds(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : 1);
}

class Index {
  private readonly idsByKey = new Map<string, Set<string>>();

  add(key: string | undefined, id: string): void {
    if (key === undefined) return;
    const ids = this.idsByKey.get(key);
    if (ids === undefined) this.idsByKey.set(key, new Set([id]));
    else ids.add(id);
  }

  remove(key: string | undefined, id: string): void {
    if (key === undefined) return;
    const ids = this.idsByKey.get(key);
    ids?.delete(id);
    if (ids?.size === 0) this.idsByKey.delete(key);
  }

  /** In order of the ids, so that it does not show who got the value first. */
  get(key: string): readonly string[] {
    const ids = [...(this.idsByKey.get(key) ?? [])];
    return ids.length > 1 ? ids.sort(compareIds) : ids;
  }
}

/** Properties that are looked up by value often enough to be indexed. */
export const INDEXED = ['DocNumber', 'CustomerRef', 'ParentRef', 'TxnDate', 'DisplayName', 'Name'] as const;
export type IndexedProperty = (typeof INDEXED)[number];

function keyOf(stored: Stored, property: IndexedProperty): string | undefined {
  const value = property.endsWith('Ref') ? refId(stored.fields, property) : text(stored.fields, property);
  return value?.toLowerCase();
}

/** All objects of one entity in one company. */
export class Table {
  private readonly rows = new Map<string, Stored>();
  /** Re-inserted on every change, so that iteration runs from the least to the most recently changed. */
  private readonly byRecency = new Map<string, Stored>();
  private readonly indexes = new Map(INDEXED.map((property) => [property, new Index()] as const));

  constructor(private readonly onPut: (stored: Stored) => void) {}

  get(id: string): Stored | undefined {
    return this.rows.get(id);
  }

  put(stored: Stored): void {
    this.onPut(stored);
    const before = this.rows.get(stored.id);
    for (const [property, index] of this.indexes) {
      const oldKey = before === undefined || before.deleted ? undefined : keyOf(before, property);
      const newKey = stored.deleted ? undefined : keyOf(stored, property);
      if (oldKey === newKey) continue;
      index.remove(oldKey, stored.id);
      index.add(newKey, stored.id);
    }
    this.rows.set(stored.id, stored);
    if (before?.updatedAtMs === stored.updatedAtMs && this.byRecency.has(stored.id)) {
      this.byRecency.set(stored.id, stored);
      return;
    }
    this.byRecency.delete(stored.id);
    this.byRecency.set(stored.id, stored);
  }

  /** Live objects whose indexed property equals the key, ignoring case. */
  *find(property: IndexedProperty, key: string): Generator<Stored> {
    for (const id of this.indexes.get(property)?.get(key.toLowerCase()) ?? []) {
      const stored = this.rows.get(id);
      if (stored !== undefined) yield stored;
    }
  }

  /** Every object, deleted ones too, in order of creation. */
  all(): Iterable<Stored> {
    return this.rows.values();
  }

  /** Every object, deleted ones too, most recently changed last. */
  byChange(): Iterable<Stored> {
    return this.byRecency.values();
  }

  get size(): number {
    return this.rows.size;
  }

  save(): TableState {
    return { rows: [...this.rows.values()], byChange: [...this.byRecency.keys()] };
  }

  /** Fills an empty table of an entity. @throws Error when the state disagrees with itself */
  load(entity: string, { rows, byChange }: TableState): void {
    for (const stored of rows) {
      if (stored.entity !== entity)
        throw new Error(`${stored.entity} ${stored.id} lies among the ${entity}s`);
      this.put(stored);
    }
    this.byRecency.clear();
    for (const id of byChange) {
      const stored = this.rows.get(id);
      if (stored !== undefined) this.byRecency.set(id, stored);
    }
    const counts = new Set([rows.length, byChange.length, this.rows.size, this.byRecency.size]);
    if (counts.size > 1)
      throw new Error(`rows and byChange of ${entity} do not hold the same ids, each once`);
  }
}
