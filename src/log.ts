import type { Logger as TemporalLogger, LogLevel } from '@temporalio/common';
import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

export interface LogOptions {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  readonly format: 'json' | 'text';
}

/** Never printed at the top or two levels down, whoever logs them. */
const SECRET_KEYS = [
  'authorization',
  'password',
  'token',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'clientSecret',
  'apiKey',
  'cookie',
];
const SECRET_PATHS = SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
const DEEPEST_CAUSE = 5;

/** One JSON object a line, or a readable line; to standard output unless told otherwise. */
export function createLogger(
  service: string,
  { level, format }: LogOptions,
  to: DestinationStream = process.stdout,
): Logger {
  return pino(
    {
      level,
      base: { service },
      messageKey: 'message',
      errorKey: 'error',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describeError, err: describeError },
      redact: { paths: SECRET_PATHS, censor: '[secret]' },
    },
    format === 'text' ? { write: (line) => to.write(toText(line)) } : to,
  );
}

/** For `Runtime.install`: what Temporal's SDK and Core say becomes lines of the same log. */
export function temporalLogger(log: Logger): TemporalLogger {
  const write = (level: LogLevel, message: string, meta: object = {}): void => {
    log[level.toLowerCase() as Lowercase<LogLevel>](meta, message);
  };
  return {
    log: write,
    trace: (message, meta) => write('TRACE', message, meta),
    debug: (message, meta) => write('DEBUG', message, meta),
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
}

/**
 * Only what helps to find the place. Errors of libraries carry requests with their tokens, rows of Postgres and
 * bodies of QuickBooks in further properties, and none of those belong in a log.
 */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const isDeeper = cause !== undefined && depth < DEEPEST_CAUSE;
  return { name, message, ...code, stack, ...(isDeeper && { cause: describeError(cause, depth + 1) }) };
}

/** `07:12:01.123 WARN  message  key=value`, then the stack of an error on lines of its own. */
function toText(line: string): string {
  const { level, time, message, error, service, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const clock = String(time).slice(11, 23);
  const fields = Object.entries(rest).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  const stack =
    typeof error === 'object' && error !== null && 'stack' in error ? `\n${String(error.stack)}` : '';
  const text = typeof message === 'string' ? message : '';
  const head = `${clock} ${String(level).toUpperCase().padEnd(5)} ${String(service)}:`;
  return `${head} ${text}${fields.join('')}${stack}\n`;
}
