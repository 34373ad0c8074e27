import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  id: string;
}

/** A real receiver of webhooks. */
export interface WebhookReceiver {
  url: string;
  received: Received[];
  /** What it answers from now on; a promise is waited for. */
  answer: (status: number | Promise<number>) => void;
  close(): Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  let status: number | Promise<number> = 204;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => (body += text));
    request.on('end', () => {
      received.push({ headers: request.headers, body, id: String(request.headers['webhook-id']) });
      void Promise.resolve(status).then((code) => response.writeHead(code, { location: '/elsewhere' }).end());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: (next) => {
      status = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A real mail server, and the letters that it took, as they came over the line. */
export interface MailServer {
  url: string;
  letters: { to: string; raw: string }[];
  /** Refuses what comes from now on. */
  refuse: (isRefusing: boolean) => void;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const letters: MailServer['letters'] = [];
  let isRefusing = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let raw = '';
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => (raw += text));
      stream.on('end', () => {
        if (isRefusing) {
          done(Object.assign(new Error('The box is full.'), { responseCode: 452 }));
          return;
        }
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), raw });
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    letters,
    refuse: (next) => {
      isRefusing = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
