import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Stage } from '../storm/stage.js';

export interface Told {
  firmId: string;
  cause: string;
  /** By `Date.now`. */
  at: number;
  /** From when it stood until the message was here. */
  afterMs: number;
}

/** Somebody who is told of everything, by webhook, in every firm. */
export async function listen(stage: Stage): Promise<{ told: Told[]; close(): Promise<void> }> {
  const told: Told[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => (body += text));
    request.on('end', () => {
      const { type, data } = JSON.parse(body) as {
        type: string;
        data: { firmId: string; cause: string; since: string };
      };
      const { firmId, cause, since } = data;
      if (type === 'cause.opened') {
        const at = Date.now();
        told.push({ firmId, cause, at, afterMs: at - Date.parse(since) });
      }
      response.writeHead(204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  for (const { firmId } of stage.firms) {
    await stage.call('POST', '/v1/subscriptions', { firmId, person: 'Pager', channel: 'webhook', address });
  }
  return {
    told,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}
