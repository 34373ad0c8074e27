import { defineConfig } from 'vitest/config';

// Files that need Postgres and a Temporal server. All others must not pay for starting them.
const REAL = ['activities', 'chaos', 'db', 'deploy', 'http', 'journeys', 'local', 'replay', 'workflows'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

/** Minutes of killing, of disasters, of building and of measuring, with a command of their own. */
const LONG = [
  'test/chaos/kill*.test.ts',
  'test/chaos/outage.test.ts',
  'test/chaos/runbook.test.ts',
  'test/journeys/stuck.test.ts',
  'test/journeys/trust-*kind.test.ts',
  'test/deploy/built.test.ts',
  'test/bench/bench.test.ts',
];

const real = { globalSetup: './test/support/global-setup.ts', setupFiles: './test/support/quiet.ts' };

export default defineConfig({
  test: {
    pool: 'forks',
    // One more than the machine of the checks has cores: half of these files wait for servers most of the time.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    reporters: ['default', './test/support/counted-reporter.ts'],
    projects: [
      {
        extends: true,
        // Nothing of theirs outlives a test, so they may share what they import.
        test: { name: 'pure', include: ['test/**/*.test.ts'], exclude: [...REAL, ...LONG], isolate: false },
      },
      { extends: true, test: { ...real, name: 'real', include: REAL, exclude: LONG } },
      { extends: true, test: { ...real, name: 'long', include: LONG } },
    ],
  },
});
