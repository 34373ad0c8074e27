import type { LockChoice } from '../domain/firm.js';
import type { RemedyName } from '../domain/remedy.js';

/** What becomes of a bill or payment that closed books or a deposit stand in the way of. */
export const LOCK_CHOICE: Partial<Record<RemedyName, LockChoice>> = {
  wait: 'wait',
  'reverse-in-open-period': 'reverse',
  'move-date': 'reverse',
};
