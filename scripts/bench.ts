import { InvalidArgumentError, Option } from 'commander';
import { plainTable, writeJson, writeMarkdown } from './bench/report.js';
import { PARTS, runBenchmark, type Part } from './bench/benchmark.js';
import type { ServerKind } from './bench/world.js';
import { EXIT, runScript } from './command.js';

interface Flags {
  server: ServerKind;
  runs?: number;
  inFlight?: number;
  qboLatency: number;
  window?: number;
  only: Part[];
  quick: boolean;
  json?: string;
  markdown?: string;
}

const FULL = { runs: 200, inFlight: 30, window: 60 };
const QUICK = { runs: 5, inFlight: 8, window: 4 };

await runScript('bench', (command) =>
  command
    .description('Measures Counterfoil against its budgets, and against a bare workflow on the same server.')
    .addOption(
      new Option('--server <kind>', "Temporal's storage: a SQLite file, or the production server on Postgres")
        .choices(['sqlite', 'postgres'])
        .default('sqlite'),
    )
    .option('--runs <n>', `runs of each kind for latency (default: ${FULL.runs})`, whole)
    .option('--in-flight <n>', `runs at the same time for throughput (default: ${FULL.inFlight})`, whole)
    .option('--qbo-latency <ms>', 'added to each call to QuickBooks in the latency comparison', whole, 0)
    .option('--window <seconds>', `how long the backfill is watched (default: ${FULL.window})`, whole)
    .addOption(
      new Option('--only <parts...>', 'measure these parts alone').choices(PARTS).default([...PARTS]),
    )
    .option('--quick', 'a short run whose counts are right and whose times mean nothing', false)
    .option('--json <file>', 'keep the figures as JSON')
    .option('--markdown <file>', 'write the table into a page')
    .action(async (flags: Flags) => {
      const begunAt = performance.now();
      const preset = flags.quick ? QUICK : FULL;
      const report = await runBenchmark(
        {
          server: flags.server,
          runs: flags.runs ?? preset.runs,
          inFlight: flags.inFlight ?? preset.inFlight,
          qboLatencyMs: flags.qboLatency,
          windowMs: (flags.window ?? preset.window) * 1000,
          only: flags.only,
          quick: flags.quick,
        },
        (line) =>
          console.error(`${((performance.now() - begunAt) / 1000).toFixed(1).padStart(6)} s  ${line}`),
      );
      console.log(plainTable(report.figures));
      if (flags.json !== undefined) writeJson(flags.json, report);
      if (flags.markdown !== undefined) await writeMarkdown(flags.markdown, report);
      process.exitCode = report.holds ? EXIT.done : EXIT.refused;
    }),
);

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}
