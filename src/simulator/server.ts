import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerControl } from './control/route.js';
import { answerPage, isPage } from './page/answer.js';
import { serve } from './serve.js';
import { StateFile } from './state-file.js';
import { targetOf } from './target.js';
import { World } from './world.js';

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** What companies are planted with when nothing else is asked for. */
  readonly seed?: string;
  /** A file that outlives the process. What it holds is loaded; every change is in it before it is answered. */
  readonly state?: string;
  /** The first values of the switches of these names; 0 by default. */
  readonly latencyMs?: number;
  readonly nameLatencyMs?: number;
}

export interface Simulator {
  readonly url: string;
  readonly port: number;
  /** Drops what is still held, closes every connection and frees the port. */
  close(): Promise<void>;
}

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

async function handle(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  const url = targetOf(request.url ?? '/');
  if (url.pathname.startsWith('/_control'))
    await answerControl(world, request, response, url, body.toString('utf8'));
  else if (isPage(request, url)) answerPage(world, request, response, url, body.toString('utf8'));
  else await serve(world, request, response, url, body);
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

/** Starts one simulator. Everything else is done over HTTP: see the README beside this file. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const host = options.host ?? '127.0.0.1';
  const world = new World(options.seed ?? 'law-firm', { latencyMs: options.latencyMs ?? 0 });
  const file = options.state === undefined ? undefined : new StateFile(options.state, world);
  if (file !== undefined) world.keep = () => file.write();
  const { latencyMs, nameLatencyMs } = options;
  if (latencyMs !== undefined) world.switches.latencyMs = latencyMs;
  if (nameLatencyMs !== undefined) world.switches.nameLatencyMs = nameLatencyMs;
  const server = createServer((request, response) => {
    handle(world, request, response).catch((error: unknown) => {
      // A caller that hung up cannot be answered; anything else is a bug of ours and is shown as one.
      if (response.headersSent || response.destroyed) return response.destroy();
      response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return undefined;
    });
  });
  server.keepAliveTimeout = 60_000;
  const { port } = await listen(server, options.port ?? 0, host);
  return {
    url: `http://${host}:${port}`,
    port,
    close: () =>
      new Promise((resolve, reject) => {
        world.releaseAll('drop');
        world.webhooks.clear();
        server.close((error) => {
          file?.close();
          if (error === undefined) resolve();
          else reject(error);
        });
        server.closeAllConnections();
      }),
  };
}
