const LONGEST_CHUNK = 512;

/**
 * A list that is always in order, by a comparison that never finds two different items equal. Adding, removing and
 * finding cost next to nothing at any size, because the items lie in short chunks.
 */
export class SortedList<T> {
  private readonly chunks: T[][] = [];
  private length = 0;

  constructor(private readonly compare: (left: T, right: T) => number) {}

  get size(): number {
    return this.length;
  }

  /** The first chunk whose last item passes, for a test that fails up to some item and passes from there on. */
  private chunkWhere(passes: (item: T) => boolean): number {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const chunk = this.chunks[middle] ?? [];
      const last = chunk[chunk.length - 1];
      if (last !== undefined && passes(last)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  add(item: T): void {
    this.length += 1;
    const newest = this.chunks[this.chunks.length - 1];
    const last = newest?.[newest.length - 1];
    // Most of what is added is newer than all that is there.
    if (newest === undefined || last === undefined || this.compare(last, item) < 0) {
      if (newest === undefined || newest.length >= LONGEST_CHUNK) this.chunks.push([item]);
      else newest.push(item);
      return;
    }
    const at = this.chunkFor(item);
    const chunk = this.chunks[at] ?? [];
    chunk.splice(this.placeFor(chunk, item), 0, item);
    if (chunk.length > LONGEST_CHUNK) this.chunks.splice(at + 1, 0, chunk.splice(LONGEST_CHUNK / 2));
  }

  /** False when the item is not in the list. */
  remove(item: T): boolean {
    const at = this.chunkFor(item);
    const chunk = this.chunks[at];
    if (chunk === undefined) return false;
    const place = this.placeFor(chunk, item);
    if (chunk[place] !== item) return false;
    chunk.splice(place, 1);
    if (chunk.length === 0) this.chunks.splice(at, 1);
    this.length -= 1;
    return true;
  }

  // The next two repeat the searches by a test, because a closure for each call is what adding would mostly cost.

  /** The first chunk that does not end before the item. */
  private chunkFor(item: T): number {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const chunk = this.chunks[middle] ?? [];
      const last = chunk[chunk.length - 1];
      if (last !== undefined && this.compare(last, item) >= 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The first place in a chunk that is not before the item. */
  private placeFor(chunk: readonly T[], item: T): number {
    let low = 0;
    let high = chunk.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = chunk[middle];
      if (other !== undefined && this.compare(other, item) >= 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** How many items come before the first that passes, for a test that fails up to some item and passes after. */
  rankWhere(passes: (item: T) => boolean): number {
    const at = this.chunkWhere(passes);
    let rank = 0;
    for (let before = 0; before < at; before += 1) rank += this.chunks[before]?.length ?? 0;
    const chunk = this.chunks[at];
    return chunk === undefined ? rank : rank + placeIn(chunk, passes);
  }

  /** The items of the ranks from `start` up to, and without, `end`. */
  *slice(start = 0, end = this.length): Generator<T> {
    let rank = 0;
    for (const chunk of this.chunks) {
      if (rank >= end) return;
      const stop = Math.min(chunk.length, end - rank);
      for (let place = Math.max(0, start - rank); place < stop; place += 1) {
        const item = chunk[place];
        if (item !== undefined) yield item;
      }
      rank += chunk.length;
    }
  }

  /** The same items, the last first. */
  *backwards(start = 0, end = this.length): Generator<T> {
    let rank = this.length;
    for (let at = this.chunks.length - 1; at >= 0 && rank > start; at -= 1) {
      const chunk = this.chunks[at] ?? [];
      rank -= chunk.length;
      for (
        let place = Math.min(chunk.length, end - rank) - 1;
        place >= Math.max(0, start - rank);
        place -= 1
      ) {
        const item = chunk[place];
        if (item !== undefined) yield item;
      }
    }
  }
}

function placeIn<T>(chunk: readonly T[], passes: (item: T) => boolean): number {
  let low = 0;
  let high = chunk.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = chunk[middle];
    if (item !== undefined && passes(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
