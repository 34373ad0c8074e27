/** One line of the result. `over` alone makes the benchmark fail; `info` has no budget. */
export interface Figure {
  /** Stable, for programs that read the JSON. */
  id: string;
  title: string;
  measured: string;
  /** Empty where there is none. */
  budget: string;
  verdict: 'ok' | 'over' | 'info';
  /** Counts are the same on every machine; times depend on it. */
  kind: 'count' | 'time';
}

interface About {
  id: string;
  title: string;
}

/** At most `budget`. */
export const ratioFigure = (about: About, ratio: number, budget: number): Figure => ({
  ...about,
  measured: `${ratio.toFixed(2)} ×`,
  budget: `≤ ${budget} ×`,
  verdict: ratio <= budget ? 'ok' : 'over',
  kind: 'time',
});

/** At most `budget` of a unit. */
export const atMostFigure = (about: About, value: number, budget: number, unit: string): Figure => ({
  ...about,
  measured: `${value.toFixed(1)} ${unit}`,
  budget: `≤ ${budget} ${unit}`,
  verdict: value <= budget ? 'ok' : 'over',
  kind: 'time',
});

/** At least `budgetPercent`. */
export const shareFigure = (about: About, share: number, budgetPercent: number): Figure => ({
  ...about,
  measured: `${(share * 100).toFixed(1)} %`,
  budget: `≥ ${budgetPercent} %`,
  verdict: share * 100 >= budgetPercent ? 'ok' : 'over',
  kind: 'time',
});

/** Exactly as the budget says, word for word. */
export const exactFigure = (about: About, measured: string, budget: string): Figure => ({
  ...about,
  measured,
  budget,
  verdict: measured === budget ? 'ok' : 'over',
  kind: 'count',
});

export const infoFigure = (about: About, measured: string): Figure => ({
  ...about,
  measured,
  budget: '',
  verdict: 'info',
  kind: 'time',
});

/** Holds when the same count was found in every situation. */
export function constantFigure(about: About, counts: Readonly<Record<string, number>>): Figure {
  const found = Object.values(counts);
  const isConstant = new Set(found).size === 1;
  const each = Object.entries(counts).map(([situation, count]) => `${situation} ${count}`);
  return {
    ...about,
    measured: isConstant ? String(found[0]) : each.join(', '),
    budget: 'constant',
    verdict: isConstant ? 'ok' : 'over',
    kind: 'count',
  };
}

export const allHold = (figures: readonly Figure[]): boolean =>
  figures.every((figure) => figure.verdict !== 'over');
