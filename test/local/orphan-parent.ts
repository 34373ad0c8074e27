import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess } from '../../scripts/local/process.js';

// The program whose sudden death process.test.ts arranges: it starts a process, prints its id, and stays.
const logFile = join(process.argv[2] ?? '', 'orphan.log');
const child = await startProcess({
  name: 'Orphan',
  command: 'sh',
  args: ['-c', 'echo ready; exec sleep 600'],
  logFile,
  isReady: () => Promise.resolve(readFileSync(logFile, 'utf8').includes('ready')),
  readyTimeoutMs: 10_000,
});
console.log(child.pid);
setInterval(() => undefined, 60_000);
