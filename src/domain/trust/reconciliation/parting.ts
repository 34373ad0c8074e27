import type { Difference } from './difference.js';

/** The first day at whose end QuickBooks and our ledger are not the same, and what did it. */
export interface Parting {
  on: string;
  /** QuickBooks less our ledger at the end of that day, by measure. */
  offBy: Record<string, number>;
  /** The differences that moved it on that day. */
  by: Difference[];
}

/** Two differences that make up for each other on one day part nothing, and are still on the list. */
export function firstParting(differences: readonly Difference[]): Parting | undefined {
  const ofDay = new Map<string, Difference[]>();
  for (const difference of differences) {
    for (const on of new Set(difference.effects.map((effect) => effect.on))) {
      const others = ofDay.get(on);
      if (others) others.push(difference);
      else ofDay.set(on, [difference]);
    }
  }
  for (const [on, today] of [...ofDay].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const offBy: Record<string, number> = {};
    for (const { effects } of today) {
      for (const { measure, cents, on: day } of effects) {
        if (day === on) offBy[measure] = (offBy[measure] ?? 0) + cents;
      }
    }
    const parted = Object.entries(offBy).filter(([, cents]) => cents !== 0);
    if (parted.length === 0) continue;
    const measures = new Set(parted.map(([measure]) => measure));
    const by = today.filter(({ effects }) =>
      effects.some((effect) => effect.on === on && measures.has(effect.measure)),
    );
    return { on, offBy: Object.fromEntries(parted), by };
  }
  return undefined;
}
