import type { Step } from './measure.js';

export interface Limits {
  /** Invoices per second. */
  readonly floor: number;
  /** Milliseconds of the server's CPU for an invoice. */
  readonly ceiling?: number;
  /** How much dearer things may get while the company grows. */
  readonly growth: number;
}

/** A busy machine makes any one query so much slower, whatever it asks. */
const NOISE_MS = 3;

const WIDTHS = [8, 11, 10, 10, 8, 7];

function line(cells: readonly string[]): string {
  return cells.map((cell, index) => cell.padStart(WIDTHS[index] ?? 16)).join('');
}

export function header({ queriesMs }: Step): string {
  const queries = Object.keys(queriesMs).map((name) => `${name} ms`);
  return line(['invoices', 'invoices/s', 'server ms', 'client ms', 'heap MB', 'RSS MB', ...queries]);
}

export function row(step: Step): string {
  return line([
    String(step.invoices),
    step.perSecond.toFixed(0),
    step.serverMs.toFixed(3),
    step.clientMs.toFixed(3),
    step.heapMb.toFixed(0),
    step.rssMb.toFixed(0),
    ...Object.values(step.queriesMs).map((ms) => ms.toFixed(2)),
  ]);
}

/** The first step warms up the compiler, so the second is what the last is measured against. */
export function judge(steps: readonly Step[], { floor, ceiling, growth }: Limits): string[] {
  const failures: string[] = [];
  const slowest = Math.min(...steps.map((step) => step.perSecond));
  if (slowest < floor) failures.push(`the slowest step makes ${slowest.toFixed(0)} invoices/s, not ${floor}`);
  const dearest = Math.max(...steps.map((step) => step.serverMs));
  if (ceiling !== undefined && dearest > ceiling)
    failures.push(`an invoice costs up to ${dearest.toFixed(3)} ms of CPU, not ${ceiling}`);
  const [, second] = steps;
  const last = steps.at(-1);
  if (second === undefined || last === undefined) return failures;
  const ratio = last.serverMs / second.serverMs;
  if (ratio > growth) failures.push(`an invoice costs ${ratio.toFixed(2)} times as much at the end`);
  for (const [name, ms] of Object.entries(last.queriesMs)) {
    const early = second.queriesMs[name] ?? 0;
    if (ms > early * growth + NOISE_MS)
      failures.push(`a query by ${name} takes ${ms.toFixed(1)} ms at the end, ${early.toFixed(1)} before`);
  }
  return failures;
}
