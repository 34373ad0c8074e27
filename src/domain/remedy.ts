/** What a person may do about a fault. The catalogue names which of them a fault allows. */
export const REMEDY_NAMES = [
  'retry',
  'new-prefix',
  'renumber',
  'allow-duplicate-number',
  'adopt',
  'clear-link',
  'resync',
  'reactivate',
  'recreate',
  'remap',
  'move-date',
  'reverse-in-open-period',
  'exclude',
  'include',
  'reconnect',
  'wait',
] as const;

export type RemedyName = (typeof REMEDY_NAMES)[number];
