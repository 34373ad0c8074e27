import type { MetricMeter } from '@temporalio/common';
import type { RuntimeOptions } from '@temporalio/worker';
import { temporalLogger, type Logger } from './log.js';

const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Our own measurements. Their labels are codes from closed lists, never a firm or a document. */
export interface Metrics {
  /** One HTTP call to QuickBooks; the outcome is `ok`, `refused`, `throttled` or `unreachable`. */
  qboCall(outcome: QboOutcome, tookMs: number): void;
  /** How long a call had to wait for its turn within its company's limit. */
  limiterWait(waitMs: number): void;
  /** A document was refused, or a company stopped, with this fault of the catalogue. */
  fault(key: string): void;
  /** A posting was settled, or was found to be unknown. */
  posting(outcome: PostingOutcome): void;
  /** How many documents and companies wait for a person now. Counted in Postgres by whoever records it. */
  parked(count: number): void;
  /** How many trust accounts do not agree with QuickBooks by their newest reconciliation. */
  parted(count: number): void;
}

export type QboOutcome = 'ok' | 'refused' | 'throttled' | 'unreachable';
export type PostingOutcome = 'posted' | 'refused' | 'unknown';

/**
 * For a worker the meter is `Runtime.instance().metricMeter`; where there is none, `noopMetricMeter` of
 * `@temporalio/common`. Not for workflow code, where a replay would count twice.
 */
export function createMetrics(meter: MetricMeter): Metrics {
  const calls = meter.createCounter('counterfoil_qbo_calls', 'call', 'HTTP calls to QuickBooks by outcome');
  const took = meter.createHistogram('counterfoil_qbo_call_seconds', 'float', 's', 'How long a call took');
  const waits = meter.createHistogram('counterfoil_limiter_wait_seconds', 'float', 's', 'Wait for a turn');
  const faults = meter.createCounter('counterfoil_faults', 'fault', 'Faults by key of the catalogue');
  const postings = meter.createCounter('counterfoil_postings', 'posting', 'Settled postings by outcome');
  const parked = meter.createGauge('counterfoil_parked', 'int', 'item', 'What waits for a person');
  const parted = meter.createGauge(
    'counterfoil_trust_parted',
    'int',
    'account',
    'Trust accounts that part from QuickBooks',
  );
  return {
    qboCall: (outcome, tookMs) => {
      calls.add(1, { outcome });
      took.record(tookMs / 1000, { outcome });
    },
    limiterWait: (waitMs) => waits.record(waitMs / 1000),
    fault: (key) => faults.add(1, { key }),
    posting: (outcome) => postings.add(1, { outcome }),
    parked: (count) => parked.set(count),
    parted: (count) => parted.set(count),
  };
}

/** What to give `Runtime.install`, before any connection is made. Without an address nothing is exported. */
export function runtimeOptions(
  log: Logger,
  metrics: { readonly bindAddress: string | undefined },
): RuntimeOptions {
  return {
    logger: temporalLogger(log),
    telemetryOptions: {
      logging: { forward: {}, filter: { core: 'INFO', other: 'WARN' } },
      ...(metrics.bindAddress !== undefined && {
        metrics: {
          prometheus: {
            bindAddress: metrics.bindAddress,
            countersTotalSuffix: true,
            useSecondsForDurations: true,
            histogramBucketOverrides: {
              counterfoil_qbo_call_seconds: SECONDS,
              counterfoil_limiter_wait_seconds: SECONDS,
            },
          },
        },
      }),
    },
  };
}
