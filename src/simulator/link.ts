/** A transaction that uses part of another: a payment its invoice, a deposit its payment. */
export interface Link {
  readonly byEntity: string;
  readonly byId: string;
  readonly toEntity: string;
  readonly toId: string;
  readonly cents: number;
}

function keyOf(entity: string, id: string): string {
  return `${entity}:${id}`;
}

/** Which transactions use which, looked up from the one that is used. */
export class LinkIndex {
  private readonly byTarget = new Map<string, Link[]>();
  private readonly bySource = new Map<string, readonly Link[]>();

  replace(entity: string, id: string, links: readonly Link[]): void {
    const source = keyOf(entity, id);
    for (const old of this.bySource.get(source) ?? []) {
      const target = keyOf(old.toEntity, old.toId);
      const kept = (this.byTarget.get(target) ?? []).filter((link) => link !== old);
      if (kept.length === 0) this.byTarget.delete(target);
      else this.byTarget.set(target, kept);
    }
    this.bySource.delete(source);
    if (links.length > 0) this.bySource.set(source, links);
    for (const link of links) {
      const target = keyOf(link.toEntity, link.toId);
      const present = this.byTarget.get(target);
      if (present === undefined) this.byTarget.set(target, [link]);
      else present.push(link);
    }
  }

  /** Keys such as `Payment:12` of the transactions that use others, the last to have changed last. */
  sources(): Iterable<string> {
    return this.bySource.keys();
  }

  to(entity: string, id: string): readonly Link[] {
    return this.byTarget.get(keyOf(entity, id)) ?? [];
  }

  /** Cents of a transaction that others have used, leaving one user out. */
  usedCents(entity: string, id: string, exceptById?: string): number {
    let used = 0;
    for (const link of this.to(entity, id)) if (link.byId !== exceptById) used += link.cents;
    return used;
  }
}
