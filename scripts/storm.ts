import { InvalidArgumentError, Option } from 'commander';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, runScript } from './command.js';
import { openStage } from './storm/open.js';
import { playFaults } from './storm-faults/main.js';
import { playTrust } from './storm-trust/main.js';
import { runStorm } from './storm/run.js';
import { summary } from './storm/verdict.js';

interface Flags {
  what: 'bills' | 'faults' | 'trust';
  size: number;
  random: number;
  firms?: number;
  keep: boolean;
}

/** No storm is played for longer, whatever hangs: judging it has a bound of its own. */
const DEADLINE_MS = 90 * 60_000;

/** Absence takes two minutes to count, and what is missed by a signal the sweep of the minute finds. */
const PATIENCE = { withoutProgressMs: 200_000, inAllMs: 30 * 60_000 };

await runScript('storm', (command) =>
  command
    .description(
      'Random lives of bills or of client money in bad weather, against the real parts, and whether QuickBooks ends right.',
    )
    .addOption(
      new Option(
        '--what <kind>',
        'what comes: lives of bills in bad weather, faults of all kinds, or matters with client money',
      )
        .choices(['bills', 'faults', 'trust'])
        .default('bills'),
    )
    .option('--size <n>', 'how many', whole, 1000)
    .option('--random <seed>', 'the same seed gives the same lives', whole, Date.now() % 1_000_000)
    .option(
      '--firms <n>',
      'over how many firms they are spread, each with its own company (default: 8; 2 for trust)',
      whole,
    )
    .option('--keep', 'leave the logs and the data for a look', false)
    .action(async ({ what, size, random: seed, firms = what === 'trust' ? 2 : 8, keep }: Flags) => {
      const begunAt = performance.now();
      const progress = (line: string) =>
        console.error(`${((performance.now() - begunAt) / 1000).toFixed(0).padStart(5)} s  ${line}`);
      console.error(`seed ${seed}`);
      const dir = mkdtempSync(join(tmpdir(), 'counterfoil-storm-'));
      if (what !== 'bills') {
        const options = { dir, size, seed, firms, progress, patience: PATIENCE, deadlineMs: DEADLINE_MS };
        const { code, lastLine } = await (what === 'trust' ? playTrust(options) : playFaults(options));
        console.error(`seed ${seed}${keep ? `, logs in ${dir}` : ''}`);
        console.log(lastLine);
        if (!keep) rmSync(dir, { recursive: true, force: true });
        process.exitCode = code;
        return;
      }
      const stage = await openStage({ dir, firms, progress });
      const late = setTimeout(() => {
        console.error('It has no end.');
        void stage.close().then(() => process.exit(EXIT.refused));
      }, DEADLINE_MS);
      try {
        const verdict = await runStorm(stage, { size, seed, atOnce: 30, patience: PATIENCE });
        for (const complaint of verdict.complaints) console.error(complaint);
        const { duplicates, lost, unexplained } = verdict;
        process.exitCode = duplicates + lost + unexplained === 0 ? EXIT.done : EXIT.refused;
        console.error(`seed ${seed}${keep ? `, logs in ${dir}` : ''}`);
        console.log(summary(verdict));
      } catch (error) {
        // Before anything is closed: calls that are under way fail by that, and would hide what happened.
        console.error(error);
        process.exitCode = EXIT.refused;
      } finally {
        clearTimeout(late);
        await stage.close();
        if (!keep) rmSync(dir, { recursive: true, force: true });
      }
    }),
);

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}
