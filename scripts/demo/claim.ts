import { within } from '../local/within.js';

/** Something the story asserts about QuickBooks, with what the simulator answered when it was asked. */
export interface Claim {
  text: string;
  holds: boolean;
  /** What was found instead, for a claim that does not hold. */
  found?: string;
}

export function claim(text: string, found: unknown, wanted: unknown): Claim {
  const holds = JSON.stringify(found) === JSON.stringify(wanted);
  return {
    text,
    holds,
    ...(!holds && { found: `${JSON.stringify(found)} in place of ${JSON.stringify(wanted)}` }),
  };
}

const PATIENCE_MS = 120_000;

/** Waits until a condition holds; says which one when it never does. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  if (await within(PATIENCE_MS, holds)) return;
  throw new Error(`Waited ${PATIENCE_MS / 1000} s in vain: ${what}.`);
}
