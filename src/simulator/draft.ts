import type { Company } from './company.js';
import type { Stored } from './table.js';

/**
 * The changes of one write, invisible to everybody else until they are committed. A refusal thrown on the way
 * leaves the company as it was.
 */
export class Draft {
  private readonly changes = new Map<string, Stored>();

  constructor(
    readonly company: Company,
    readonly nowMs: number,
  ) {}

  get(entity: string, id: string): Stored | undefined {
    return this.changes.get(`${entity}:${id}`) ?? this.company.table(entity).get(id);
  }

  put(stored: Stored): void {
    this.changes.set(`${stored.entity}:${stored.id}`, stored);
  }

  /** Counts an accepted change of an object that another one caused, such as a payment on its invoice. */
  touch(stored: Stored, fields = stored.fields): void {
    const current = this.get(stored.entity, stored.id) ?? stored;
    this.put({ ...current, fields, syncToken: current.syncToken + 1, updatedAtMs: this.nowMs });
  }

  all(): Iterable<Stored> {
    return this.changes.values();
  }
}
