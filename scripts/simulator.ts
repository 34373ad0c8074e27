#!/usr/bin/env node
import { Command } from 'commander';
import { startSimulator } from '../src/simulator/server.js';

const program = new Command('simulator')
  .description('Runs a stateful QuickBooks Online on this machine. See src/simulator/README.md.')
  .option('--port <number>', 'port to listen on; 0 takes a free one', '8090')
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--seed <name>', 'what a new company holds: sandbox, law-firm or empty', 'sandbox')
  .option('--latency <ms>', 'milliseconds added to every answer; 0 by default')
  .option('--state <file>', 'keeps everything in this file, and begins with what it holds')
  .parse();

const options = program.opts<{
  port: string;
  host: string;
  seed: string;
  latency?: string;
  state?: string;
}>();
const simulator = await startSimulator({
  port: Number(options.port),
  host: options.host,
  seed: options.seed,
  ...(options.latency === undefined ? {} : { latencyMs: Number(options.latency) }),
  ...(options.state === undefined ? {} : { state: options.state }),
});
console.log(JSON.stringify({ ready: true, url: simulator.url, port: simulator.port }));

const stop = (): void => {
  void simulator.close().then(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
