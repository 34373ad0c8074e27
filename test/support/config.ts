import { readConfig, type Config } from '../../src/config.js';

/** Production's defaults, with the clocks of people turned up so that a test need not wait for them. */
export function quickConfig(env: Record<string, string>, over: Partial<Config['timing']> = {}): Config {
  const config = readConfig(env);
  return {
    ...config,
    log: { ...config.log, level: 'warn' },
    limits: { perMinute: 60_000, perSecond: 1000, atOnce: 40 },
    timing: { ...config.timing, throttlePauseMs: 50, absenceMs: 200, ...over },
  };
}
