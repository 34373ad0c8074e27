import { Command } from 'commander';
import { Walk } from './walk.js';

const command = new Command('simulator:walk')
  .description(
    "A random life of one company in the simulator's engine. Every balance is worked out anew on the way.",
  )
  .option('--steps <n>', 'how many things are done', '100000')
  .option('--seed <company>', 'law-firm, canada, multicurrency, sandbox or empty', 'law-firm')
  .option('--random <seed>', 'the same seed does the same things', '1')
  .option('--recount <n>', 'steps between two counts of everything from the beginning', '5000')
  .option('--reports <n>', 'steps between two comparisons of the reports', '2000')
  .option(
    '--schema <n>',
    "one of so many answers is held against Intuit's schema, where that is at hand",
    '5',
  )
  .parse();

const flags = command.opts<Record<'seed' | 'steps' | 'random' | 'recount' | 'reports' | 'schema', string>>();
const startedMs = performance.now();
const walk = new Walk({
  company: flags.seed,
  steps: Number(flags.steps),
  seed: Number(flags.random),
  recountEvery: Number(flags.recount),
  reportsEvery: Number(flags.reports),
  schemaEvery: Number(flags.schema),
});
const { done, counts } = walk.run();
for (const [name, count] of Object.entries(counts).sort())
  console.log(`${String(count).padStart(8)}  ${name}`);
console.log(`${done} steps, and everything agreed; ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
