import { describe, expect, it } from 'vitest';
import { createLogger, temporalLogger, type LogOptions } from '../src/log.js';
import { Secret } from '../src/secret.js';

const start = (options: Partial<LogOptions> = {}) => {
  const lines: string[] = [];
  const log = createLogger(
    'worker',
    { level: 'info', format: 'json', ...options },
    { write: (line) => lines.push(line) },
  );
  return { log, lines, first: () => JSON.parse(lines[0]!) as Record<string, unknown> };
};

describe('the log', () => {
  it('is one JSON object a line', () => {
    const { log, lines, first } = start();
    log.info({ billId: 'B42' }, 'Bill posted');
    expect(lines).toHaveLength(1);
    expect(first()).toMatchObject({
      level: 'info',
      service: 'worker',
      message: 'Bill posted',
      billId: 'B42',
    });
    expect(first()['time']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('leaves out what is below its level', () => {
    const { log, lines } = start({ level: 'warn' });
    log.info('x');
    expect(lines).toEqual([]);
  });

  it('shows no secret, at the top or within', () => {
    const { log, lines } = start();
    log.info(
      { accessToken: 's1', headers: { authorization: 's2' }, request: { headers: { cookie: 's3' } } },
      'x',
    );
    log.info({ key: new Secret('s4') }, 'x');
    expect(lines.join('')).not.toMatch(/s\d/);
    expect(lines.join('')).toContain('[secret]');
  });

  it('shows of an error where and why, and nothing that a library hung on it', () => {
    const { log, lines, first } = start();
    const cause = Object.assign(new Error('duplicate key'), {
      code: '23505',
      detail: 'Key (name)=(Acme) exists',
    });
    const error = Object.assign(new Error('not saved', { cause }), {
      body: '{"DisplayName":"Acme"}',
      request: { token: 't' },
    });
    log.error(error);
    log.error({ error }, 'x');
    log.error({ err: error }, 'x');
    expect(first()).toMatchObject({
      message: 'not saved',
      error: { message: 'not saved', cause: { code: '23505' } },
    });
    expect(JSON.stringify(first())).toContain('log.test.ts');
    expect(lines.join('')).not.toContain('Acme');
  });

  it('ends at a cause that is its own cause', () => {
    const { log, lines } = start();
    const error: Error & { cause?: unknown } = new Error('round');
    error.cause = error;
    log.error(error);
    expect(lines).toHaveLength(1);
  });

  it('can be read by a person', () => {
    const { log, lines } = start({ format: 'text' });
    log.warn({ billId: 'B42' }, 'Bill parked');
    log.error({ error: new Error('broken') }, 'Stopped');
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN {2}worker: Bill parked billId="B42"\n$/);
    expect(lines[1]).toMatch(/ERROR worker: Stopped\nError: broken\n +at /);
  });

  it('takes what Temporal says', () => {
    const { log, lines, first } = start();
    const temporal = temporalLogger(log);
    temporal.log('WARN', 'Worker state changed', { taskQueue: 'qbo', error: new Error('x') });
    temporal.debug('not this');
    temporal.info('without more');
    expect(lines).toHaveLength(2);
    expect(first()).toMatchObject({
      level: 'warn',
      message: 'Worker state changed',
      taskQueue: 'qbo',
      error: { message: 'x' },
    });
  });
});
