import type { Page } from '../src/db/page.js';

/** Reads a list to its end, page by page, and counts what was shown. */
export async function eachPage<T>(
  read: (paging: { after?: string; limit: number }) => Promise<Page<T>>,
  show: (item: T) => void,
): Promise<number> {
  let count = 0;
  let after: string | undefined;
  do {
    const { items, next } = await read({ limit: 200, ...(after !== undefined && { after }) });
    for (const item of items) show(item);
    count += items.length;
    after = next;
  } while (after !== undefined);
  return count;
}
