import { InvalidArgumentError } from 'commander';
import { EXIT, runScript } from './command.js';
import { type Step, fill, measureBare } from './simulator-bench/measure.js';
import { type Limits, header, judge, row } from './simulator-bench/table.js';

interface Flags extends Limits {
  readonly invoices: number;
  readonly step: number;
}

await runScript('simulator:bench', (command) =>
  command
    .description(
      'Fills one company of the simulator by a single caller, and asks for what is indexed at every step.',
    )
    .option('--invoices <n>', 'how many are made', number, 200_000)
    .option('--step <n>', 'figures are printed after each so many', number, 20_000)
    .option('--floor <n>', 'fail when a step makes fewer invoices per second', number, 0)
    .option('--ceiling <ms>', "fail when an invoice costs more of the server's CPU time, in any step", number)
    .option(
      '--growth <ratio>',
      'fail when the last step costs so many times the CPU of the second',
      number,
      1.5,
    )
    .action(async (flags: Flags) => {
      const bare = await measureBare();
      console.log(
        `a call that does nothing takes ${bare.wallMs.toFixed(3)} ms here, ${bare.serverMs.toFixed(3)} ms of it the server's CPU`,
      );
      const steps: Step[] = [];
      for await (const step of fill(flags.invoices, flags.step)) {
        if (steps.length === 0) console.log(header(step));
        steps.push(step);
        console.log(row(step));
      }
      const failures = judge(steps, flags);
      for (const failure of failures) console.error(failure);
      process.exitCode = failures.length === 0 ? EXIT.done : EXIT.refused;
    }),
);

function number(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('It must be a number.');
  return value;
}
