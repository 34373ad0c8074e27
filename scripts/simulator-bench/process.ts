import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own, so that its CPU time is nobody else's. */
export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

export interface Usage {
  readonly cpuMs: number;
  readonly heapBytes: number;
  readonly rssBytes: number;
}

/** What a request costs that does nothing at all: the yardstick of a machine, and of its mood today. */
const BARE_SERVER = `
const server = require('node:http').createServer((request, response) => {
  if (request.url === '/usage') {
    const { user, system } = process.cpuUsage();
    return response.end(JSON.stringify({ cpuMs: (user + system) / 1000, heapBytes: 0, rssBytes: 0 }));
  }
  request.on('data', () => {}).on('end', () => {
    const body = 'x'.repeat(1500);
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: 'http://127.0.0.1:' + server.address().port }));
});
process.once('SIGTERM', () => process.exit(0));
`;

async function start(args: readonly string[]): Promise<Server> {
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('the server has no output');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return {
    url,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export function startBareServer(): Promise<Server> {
  return start(['-e', BARE_SERVER]);
}

/** With the loader that runs the bench itself. */
export function startSimulator(): Promise<Server> {
  const script = fileURLToPath(new URL('../simulator.ts', import.meta.url));
  return start([...process.execArgv, script, '--port', '0', '--seed', 'law-firm', '--name-latency', '0']);
}
