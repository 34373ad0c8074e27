import type { FaultMatch } from '../entry.js';

const LIMITS = [
  // Newer answers write the figures with a thousands comma.
  String.raw`Max: ?(?<max>[\d,]+) .*?Supplied length: ?(?<supplied>[\d,]+)`,
  String.raw`exceeds (?<max>[\d,]+) char`,
  '',
];

/** A text that is too long (2050) in a field known by its element, or by an older text that names it. */
export function lengthMatches(element: RegExp, named: RegExp): FaultMatch[] {
  return LIMITS.flatMap((limit) => [
    { code: '2050', element, text: new RegExp(limit, 'i') },
    { code: '2050', text: new RegExp(`${named.source}.*?${limit}`, 'i') },
  ]);
}

/** The same in a field that the answer does not name. */
export const LENGTH_OF_SOME_FIELD: FaultMatch[] = LIMITS.map((limit) => ({
  code: '2050',
  text: new RegExp(limit, 'i'),
}));
