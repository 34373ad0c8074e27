#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { SEEDS } from '../src/simulator/seed/plant.js';
import { startSimulator } from '../src/simulator/server.js';

const HIGHEST_PORT = 65_535;

const wholeUpTo =
  (highest: number) =>
  (given: string): number => {
    const value = Number(given);
    if (/^\d+$/.test(given) && value <= highest) return value;
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${highest}.`);
  };

const program = new Command('counterfoil-simulator')
  .description(
    'Runs a stateful QuickBooks Online on this machine, with a page for the browser at its address. ' +
      'It prints one line of JSON when it is ready, and ends on SIGINT or SIGTERM.',
  )
  .option('--port <number>', 'port to listen on; 0 takes a free one', wholeUpTo(HIGHEST_PORT), 8090)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .addOption(new Option('--seed <name>', 'what a new company holds').choices(SEEDS).default('sandbox'))
  .option('--latency <ms>', 'milliseconds added to every answer; 0 by default', wholeUpTo(3_600_000))
  .option(
    '--name-latency <ms>',
    'milliseconds added to the creation of customers, accounts, items and the like, as QuickBooks is slow there; ' +
      'clients that name things by the second count on it',
    wholeUpTo(3_600_000),
    1000,
  )
  .option('--state <file>', 'keeps everything in this file, and begins with what it holds')
  .showHelpAfterError('(--help shows what there is)')
  .allowExcessArguments(false)
  .parse();

const { port, host, seed, latency, nameLatency, state } = program.opts<{
  port: number;
  host: string;
  seed: string;
  latency?: number;
  nameLatency: number;
  state?: string;
}>();

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not use it',
  EADDRINUSE: 'something else listens there',
  EADDRNOTAVAIL: 'this machine does not have that address',
};

/** Why it could not start, for a person; a stack would help nobody. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, syscall } = error as NodeJS.ErrnoException;
  const reason = syscall === 'listen' ? REASONS[code ?? ''] : undefined;
  return reason === undefined ? error.message : `cannot listen on ${host}:${port}: ${reason}`;
}

try {
  const simulator = await startSimulator({
    port,
    host,
    seed,
    nameLatencyMs: nameLatency,
    ...(latency === undefined ? {} : { latencyMs: latency }),
    ...(state === undefined ? {} : { state }),
  });
  console.log(JSON.stringify({ ready: true, url: simulator.url, port: simulator.port }));
  const stop = (): void => {
    void simulator.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  console.error(`error: ${explain(error)}`);
  process.exitCode = 1;
}
