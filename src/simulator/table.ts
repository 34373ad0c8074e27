import { type Fields, refId, text } from './fields.js';
import { SortedList } from './sorted-list.js';

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

/** The place of an object, which stays the same while the object changes. */
interface Row {
  stored: Stored;
  txnDate: string;
}

function dateOf(stored: Stored): string {
  return text(stored.fields, 'TxnDate') ?? '';
}

const ZERO = 48;
const NINE = 57;

function isNumeric(id: string): boolean {
  const first = id.charCodeAt(0);
  return first >= ZERO && first <= NINE;
}

/** Ids count as numbers of any length; the few that are words, such as the tax codes TAX and NON, come first. */
export function compareIds(left: string, right: string): number {
  if (left === right) return 0;
  const order = Number(isNumeric(left)) - Number(isNumeric(right)) || left.length - right.length;
  return order === 0 ? (left < right ? -1 : 1) : order;
}

function byId(left: Row, right: Row): number {
  return compareIds(left.stored.id, right.stored.id);
}

/** Properties that are looked up by value often enough to be indexed. */
export const INDEXED = [
  'DocNumber',
  'DisplayName',
  'Name',
  'CustomerRef',
  'VendorRef',
  'ParentRef',
  'AccountSubType',
] as const;
export type IndexedProperty = (typeof INDEXED)[number];

function keyOf(stored: Stored, property: IndexedProperty): string | undefined {
  const value = property.endsWith('Ref') ? refId(stored.fields, property) : text(stored.fields, property);
  return value?.toLowerCase();
}

/** Most keys belong to one object, so only a shared one pays for a list. */
class Index {
  private readonly byKey = new Map<string, Row | SortedList<Row>>();

  add(key: string, row: Row): void {
    const present = this.byKey.get(key);
    if (present === undefined) this.byKey.set(key, row);
    else if (present instanceof SortedList) present.add(row);
    else {
      const shared = new SortedList<Row>(byId);
      shared.add(present);
      shared.add(row);
      this.byKey.set(key, shared);
    }
  }

  remove(key: string, row: Row): void {
    const present = this.byKey.get(key);
    if (present === row) this.byKey.delete(key);
    else if (present instanceof SortedList && present.remove(row) && present.size === 0)
      this.byKey.delete(key);
  }

  count(key: string): number {
    const present = this.byKey.get(key);
    return present instanceof SortedList ? present.size : Number(present !== undefined);
  }

  /** In order of the ids, so that it does not show who got the value first. */
  *get(key: string): Generator<Stored> {
    const present = this.byKey.get(key);
    if (!(present instanceof SortedList)) {
      if (present !== undefined) yield present.stored;
      return;
    }
    for (const row of present.slice()) yield row.stored;
  }
}

/** Properties whose order is kept, so that ranges and pages of them are found without a look at the rest. */
export const ORDERED = ['Id', 'TxnDate', 'MetaData.CreateTime', 'MetaData.LastUpdatedTime'] as const;
export type OrderedProperty = (typeof ORDERED)[number];

/** Ids decide between equals. */
const COMPARISONS: Readonly<Record<OrderedProperty, (left: Row, right: Row) => number>> = {
  Id: byId,
  TxnDate: (left, right) =>
    left.txnDate === right.txnDate ? byId(left, right) : left.txnDate < right.txnDate ? -1 : 1,
  'MetaData.CreateTime': (left, right) =>
    left.stored.createdAtMs - right.stored.createdAtMs || byId(left, right),
  'MetaData.LastUpdatedTime': (left, right) =>
    left.stored.updatedAtMs - right.stored.updatedAtMs || byId(left, right),
};

/** All objects of one entity in one company. */
export class Table {
  private readonly rows = new Map<string, Row>();
  private readonly indexes = new Map(INDEXED.map((property) => [property, new Index()] as const));
  /** Every object in each order, deleted ones too. */
  private readonly orders = new Map(
    ORDERED.map((property) => [property, new SortedList(COMPARISONS[property])] as const),
  );
  private deletedCount = 0;
  private inactiveCount = 0;

  constructor(private readonly onPut: (stored: Stored) => void) {}

  get(id: string): Stored | undefined {
    return this.rows.get(id)?.stored;
  }

  put(stored: Stored): void {
    this.onPut(stored);
    const row = this.rows.get(stored.id);
    if (row === undefined) this.insert({ stored, txnDate: dateOf(stored) });
    else this.replace(row, stored);
  }

  private insert(row: Row): void {
    this.rows.set(row.stored.id, row);
    for (const order of this.orders.values()) order.add(row);
    this.admit(row);
  }

  private replace(row: Row, stored: Stored): void {
    const before = row.stored;
    const txnDate = before.fields === stored.fields ? row.txnDate : dateOf(stored);
    const moved: OrderedProperty[] = [];
    if (txnDate !== row.txnDate) moved.push('TxnDate');
    if (before.createdAtMs !== stored.createdAtMs) moved.push('MetaData.CreateTime');
    if (before.updatedAtMs !== stored.updatedAtMs) moved.push('MetaData.LastUpdatedTime');
    for (const property of moved) this.orders.get(property)?.remove(row);
    // A balance that moved changes nothing but the instant, and happens with every posting.
    const isReindexed = before.fields !== stored.fields || before.deleted !== stored.deleted;
    if (isReindexed) this.dismiss(row);
    row.stored = stored;
    row.txnDate = txnDate;
    for (const property of moved) this.orders.get(property)?.add(row);
    if (isReindexed) this.admit(row);
  }

  private admit(row: Row): void {
    if (row.stored.deleted) this.deletedCount += 1;
    else if (row.stored.fields['Active'] === false) this.inactiveCount += 1;
    if (row.stored.deleted) return;
    for (const [property, index] of this.indexes) {
      const key = keyOf(row.stored, property);
      if (key !== undefined) index.add(key, row);
    }
  }

  private dismiss(row: Row): void {
    if (row.stored.deleted) this.deletedCount -= 1;
    else if (row.stored.fields['Active'] === false) this.inactiveCount -= 1;
    if (row.stored.deleted) return;
    for (const [property, index] of this.indexes) {
      const key = keyOf(row.stored, property);
      if (key !== undefined) index.remove(key, row);
    }
  }

  /** Live objects whose indexed property equals the key, ignoring case. */
  find(property: IndexedProperty, key: string): Iterable<Stored> {
    return this.indexes.get(property)?.get(key.toLowerCase()) ?? [];
  }

  /** How many `find` would give. */
  count(property: IndexedProperty, key: string): number {
    return this.indexes.get(property)?.count(key.toLowerCase()) ?? 0;
  }

  /** How many objects come before the first that passes, for a test that fails up to some place in the order. */
  rankWhere(property: OrderedProperty, passes: (stored: Stored) => boolean): number {
    return this.orders.get(property)?.rankWhere((row) => passes(row.stored)) ?? 0;
  }

  /** Objects in an order, deleted ones too: those of the ranks from `start` up to, and without, `end`. */
  *inOrder(property: OrderedProperty, start = 0, end = this.size, isReversed = false): Generator<Stored> {
    const rows = this.orders.get(property);
    for (const row of (isReversed ? rows?.backwards(start, end) : rows?.slice(start, end)) ?? [])
      yield row.stored;
  }

  /** Every object, deleted ones too, in order of creation. */
  *all(): Generator<Stored> {
    for (const row of this.rows.values()) yield row.stored;
  }

  /** Objects changed at an instant or later, deleted ones too, most recently changed last. */
  changedSince(sinceMs: number): Iterable<Stored> {
    const isNew = (stored: Stored): boolean => stored.updatedAtMs >= sinceMs;
    return this.inOrder('MetaData.LastUpdatedTime', this.rankWhere('MetaData.LastUpdatedTime', isNew));
  }

  get size(): number {
    return this.rows.size;
  }

  /** Objects that a query never shows, and those that it shows only when it asks about `Active`. */
  get hidden(): { deleted: number; inactive: number } {
    return { deleted: this.deletedCount, inactive: this.inactiveCount };
  }

  save(): TableState {
    const byChange = [...this.inOrder('MetaData.LastUpdatedTime')].map((stored) => stored.id);
    return { rows: [...this.all()], byChange };
  }

  /** Fills an empty table of an entity. @throws Error when the state disagrees with itself */
  load(entity: string, { rows, byChange }: TableState): void {
    for (const stored of rows) {
      if (stored.entity !== entity)
        throw new Error(`${stored.entity} ${stored.id} lies among the ${entity}s`);
      this.put(stored);
    }
    const known = new Set(byChange.filter((id) => this.rows.has(id)));
    const counts = new Set([rows.length, byChange.length, this.rows.size, known.size]);
    if (counts.size > 1)
      throw new Error(`rows and byChange of ${entity} do not hold the same ids, each once`);
  }
}
