import { live, type DocumentKey, type Documents, type PostedDocument } from '../../src/domain/document.js';

/** A document on its way: as it was, as it shall be, or not in the books. */
type Place = 'old' | 'new' | 'none';

/**
 * The fewest writes from one state of the books to another, found by trying all orders: each write brings one document
 * to where it shall be, or takes it out, and after each the books are such as QuickBooks takes them.
 */
export function fewestWrites(
  from: Documents,
  to: Documents,
  wrongIn: (books: Documents) => string | undefined,
): number {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((key) =>
    /^(bill|payment)\//.test(key),
  );
  const same = (key: DocumentKey) =>
    JSON.stringify(asBooked(from[key])) === JSON.stringify(asBooked(to[key]));
  const moving = keys.filter((key) => !same(key));
  const start = moving.map((key): Place => (live(from[key]) ? 'old' : 'none'));
  const end = moving.map((key): Place => (live(to[key]) ? 'new' : 'none'));
  const booksOf = (places: readonly Place[]): Documents => {
    const books: Record<DocumentKey, PostedDocument | undefined> = { ...from, ...pickSame(keys, moving, to) };
    moving.forEach((key, index) => {
      books[key] = places[index] === 'old' ? from[key] : places[index] === 'new' ? to[key] : undefined;
    });
    return Object.fromEntries(Object.entries(books).flatMap(([key, one]) => (one ? [[key, one]] : [])));
  };
  let reached = new Set([start.join()]);
  const seen = new Set(reached);
  for (let writes = 0; ; writes += 1) {
    if (reached.has(end.join())) return writes;
    const next = new Set<string>();
    for (const state of reached) {
      const places = state === '' ? [] : (state.split(',') as Place[]);
      places.forEach((place, index) => {
        for (const other of ['new', 'none'] as const) {
          const target = places.with(index, other);
          const isPossible = other !== place && (other === 'none' || end[index] === 'new');
          if (!isPossible || seen.has(target.join()) || wrongIn(booksOf(target)) !== undefined) continue;
          seen.add(target.join());
          next.add(target.join());
        }
      });
    }
    if (next.size === 0) throw new Error('there is no way');
    reached = next;
  }
}

const pickSame = (keys: readonly string[], moving: readonly string[], to: Documents): Documents =>
  Object.fromEntries(
    keys
      .filter((key) => !moving.includes(key))
      .flatMap((key) => {
        const one = to[key];
        return one ? [[key, one]] : [];
      }),
  );

/** Ids are given by QuickBooks, and terms are kept for later. */
function asBooked(posted: PostedDocument | undefined): unknown {
  const present = live(posted);
  return present && { ...present.intent, terms: undefined, creditQboId: present.qboId === '' };
}
