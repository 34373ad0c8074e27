import './quiet.js';
import { readFile } from 'node:fs/promises';
import { startWorker } from '../../src/worker.js';
import { quickConfig } from './config.js';

/** A worker process that dies by SIGKILL at the n-th recovery point it comes to; 0 = only when it is killed. */
const [bundleFile = '', diesAt = '0'] = process.argv.slice(2);
const env = Object.fromEntries(
  Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
);
let passed = 0;
const worker = await startWorker(quickConfig(env), {
  workflowBundle: { code: await readFile(bundleFile, 'utf8') },
  checkpoint: (name) => {
    passed += 1;
    process.stdout.write(`${passed} ${name}\n`);
    if (passed === Number(diesAt)) process.kill(process.pid, 'SIGKILL');
    return Promise.resolve();
  },
});
process.stdout.write('ready\n');
await worker.done;
