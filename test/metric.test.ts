import { createServer, type AddressInfo } from 'node:net';
import { noopMetricMeter } from '@temporalio/common';
import { Runtime } from '@temporalio/worker';
import { describe, expect, it, vi } from 'vitest';
import { createLogger } from '../src/log.js';
import { createMetrics, runtimeOptions } from '../src/metric.js';

const freePort = async (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

describe('the metrics', () => {
  it('are what Prometheus scrapes, and Temporal’s log is ours', async () => {
    const lines: string[] = [];
    const log = createLogger(
      'worker',
      { level: 'info', format: 'json' },
      { write: (line) => lines.push(line) },
    );
    const bindAddress = `127.0.0.1:${await freePort()}`;
    const runtime = Runtime.install(runtimeOptions(log, { bindAddress }));
    const metrics = createMetrics(runtime.metricMeter);

    metrics.qboCall('ok', 120);
    metrics.qboCall('refused', 20);
    metrics.limiterWait(20);
    metrics.fault('duplicate-number');
    metrics.posting('posted');
    metrics.posting('posted');
    metrics.parked(7);
    const scraped = await vi.waitFor(async () => {
      const text = await (await fetch(`http://${bindAddress}/metrics`)).text();
      expect(text).toContain('counterfoil_parked');
      return text;
    });
    expect(scraped).toMatch(/counterfoil_qbo_calls_total\{[^}]*outcome="ok"[^}]*\} 1/);
    expect(scraped).toMatch(/counterfoil_qbo_call_seconds_bucket\{[^}]*outcome="refused"[^}]*le="0.025"\} 1/);
    expect(scraped).toMatch(/counterfoil_limiter_wait_seconds_bucket\{[^}]*le="0.025"\} 1/);
    expect(scraped).toMatch(/counterfoil_faults_total\{[^}]*key="duplicate-number"[^}]*\} 1/);
    expect(scraped).toMatch(/counterfoil_postings_total\{[^}]*outcome="posted"[^}]*\} 2/);
    expect(scraped).toMatch(/counterfoil_parked(\{[^}]*\})? 7/);

    runtime.logger.info('from the SDK', { taskQueue: 'qbo' });
    runtime.flushLogs();
    await vi.waitFor(() => expect(lines.join('')).toContain('"taskQueue":"qbo"'));
  });

  it('cost nothing where there is no meter', () => {
    expect(() => createMetrics(noopMetricMeter).parked(1)).not.toThrow();
  });
});
