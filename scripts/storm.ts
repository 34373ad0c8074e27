import { InvalidArgumentError, Option } from 'commander';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript } from './command.js';
import { noEnd } from './storm/deadline.js';
import { playBills } from './storm/main.js';
import { playFaults } from './storm-faults/main.js';
import { playTrust } from './storm-trust/main.js';

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
      const play = { bills: playBills, faults: playFaults, trust: playTrust }[what];
      const options = { dir, size, seed, firms, progress, patience: PATIENCE, deadlineMs: DEADLINE_MS };
      // Before anything else: what hangs may fail by its end, and would hide what happened.
      const { code, lastLine } = await play(options).catch((error: unknown) => {
        console.error(error);
        return noEnd(size);
      });
      console.error(`seed ${seed}${keep ? `, logs in ${dir}` : ''}`);
      console.log(lastLine);
      if (!keep) rmSync(dir, { recursive: true, force: true });
      // What was left behind would keep this process alive.
      process.exit(code);
    }),
);

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}
