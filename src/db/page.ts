/** A list is read from where the last page ended: an offset would show rows twice, or never, while others are added. */
export interface Page<T> {
  items: T[];
  /** What to ask for next, as `after`; absent on the last page. */
  next?: string;
}

export interface Paging {
  /** The `next` of the page before. */
  after?: string;
  /** 1 to 200. */
  limit?: number;
}

export const DEFAULT_LIMIT = 50;

/** The columns that a list is ordered by, as text: instants to the microsecond, which a Date cannot hold. */
export type Key = readonly string[];

export const writeCursor = (key: Key): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Undefined for what was not made by `writeCursor`. */
export function readCursor(cursor: string, columns: number): Key | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const isKey = Array.isArray(key) && key.length === columns && key.every((one) => typeof one === 'string');
    return isKey ? key : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** A cursor that is none of ours. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
  constructor() {
    super(
      '"after" is not where a page of this list ended: give the "next" of an earlier answer, or leave it out.',
    );
  }
}

/** Throws `CursorError`. */
export function keyOf({ after }: Paging, columns: number): Key | undefined {
  if (after === undefined) return undefined;
  const key = readCursor(after, columns);
  if (!key || !(columns === 1 || /^\d{4}-\d\d-\d\d /.test(key[0] ?? ''))) throw new CursorError();
  return key;
}

/** Rows are asked for one more than wanted: whether that one came says whether there is a next page. */
export function toPage<R, T>(
  rows: readonly R[],
  limit: number,
  key: (row: R) => Key,
  item: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(item),
    ...(rows.length > limit && last !== undefined && { next: writeCursor(key(last)) }),
  };
}
