import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { callQbo, QboError, QboUnreachable, type QboCall } from '../../src/qbo/client.js';

interface Received {
  method: string | undefined;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A peer that answers as told and keeps what it was sent. */
async function peer(answer: RequestListener): Promise<{ apiUrl: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method, headers } = request;
      received.push({ method, headers, body, url: new URL(request.url ?? '', 'http://peer') });
      answer(request, response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const saying =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);

const READ: QboCall = { method: 'GET', path: 'invoice/145', realmId: '91303', accessToken: 'token-1' };
const WRITE: QboCall = { ...READ, method: 'POST', path: 'invoice', query: { requestid: 'r-1' }, body: '{}' };

const call = (apiUrl: string, request: QboCall = READ, timeoutMs = 5000) =>
  callQbo({ apiUrl, timeoutMs }, request);

async function failure(answer: Promise<unknown>): Promise<unknown> {
  return await answer.then(
    (value) => expect.fail(`answered ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
}

describe('what is sent', () => {
  test('a read asks for JSON, carries the token, and has no body', async () => {
    const { apiUrl, received } = await peer(saying(200, '{}'));
    await call(apiUrl);
    expect(received).toHaveLength(1);
    const { method, url, headers, body } = received[0]!;
    expect([method, url.pathname, url.search]).toEqual([
      'GET',
      '/v3/company/91303/invoice/145',
      '?minorversion=75',
    ]);
    expect(headers).toMatchObject({ authorization: 'Bearer token-1', accept: 'application/json' });
    expect(headers).not.toHaveProperty('content-type');
    expect(body).toBe('');
  });

  test('a write sends the very bytes it was given, and the request id in the query', async () => {
    const { apiUrl, received } = await peer(saying(200, '{}'));
    const bytes = '{ "Notes":"Müller \\u00fc 💶" ,"Amount":1.50}';
    await call(apiUrl, { ...WRITE, body: bytes });
    expect(received[0]!.body).toBe(bytes);
    expect(received[0]!.headers['content-type']).toBe('application/json');
    expect(Object.fromEntries(received[0]!.url.searchParams)).toEqual({
      requestid: 'r-1',
      minorversion: '75',
    });
  });

  test('a statement arrives as it was written', async () => {
    const { apiUrl, received } = await peer(saying(200, '{}'));
    const query = "select * from Customer where DisplayName = 'A+B & Söhne, 100% \\'x\\''";
    await call(apiUrl, { ...READ, path: 'query', query: { query } });
    expect(received[0]!.url.searchParams.get('query')).toBe(query);
  });

  test('neither a realm nor a query leads to another place', async () => {
    const { apiUrl, received } = await peer(saying(200, '{}'));
    await call(apiUrl, { ...READ, realmId: '../7?x=', query: { minorversion: '1' } });
    expect(received[0]!.url.pathname).toBe('/v3/company/..%2F7%3Fx%3D/invoice/145');
    expect(received[0]!.url.search).toBe('?minorversion=75');
  });
});

describe('an answer', () => {
  test('is handed on whole', async () => {
    const body = '{"Invoice":{"Id":"145"},"time":"2026-11-10T08:00:00-08:00"}';
    const { apiUrl } = await peer(saying(200, body, { intuit_tid: 'tid-1' }));
    const json = { Invoice: { Id: '145' }, time: '2026-11-10T08:00:00-08:00' };
    expect(await call(apiUrl)).toEqual({ httpStatus: 200, body, json, intuitTid: 'tid-1' });
  });

  test('may lack a tid and begin with a byte order mark', async () => {
    const { apiUrl } = await peer(saying(200, '\uFEFF{"Invoice":{}}'));
    expect(await call(apiUrl)).toMatchObject({ json: { Invoice: {} }, intuitTid: undefined });
  });
});

describe('a refusal', () => {
  const fault = JSON.stringify({
    Fault: { Error: [{ Message: 'Stale', Detail: 'Stale object', code: '5010' }], type: 'ValidationFault' },
  });

  // QuickBooks also refuses with 200: the fault decides, not the status.
  test.each([200, 400, 429, 503])('with HTTP %i keeps the fault, the body and the tid', async (status) => {
    const { apiUrl, received } = await peer(saying(status, fault, { intuit_tid: 'tid-2' }));
    const error = await failure(call(apiUrl, WRITE));
    expect(error).toBeInstanceOf(QboError);
    expect(error).toMatchObject({
      message: 'Stale',
      body: fault,
      intuitTid: 'tid-2',
      fault: { httpStatus: status, shape: 'service', type: 'ValidationFault', errors: [{ code: '5010' }] },
    });
    expect(received, 'only Temporal may try again').toHaveLength(1);
  });

  const inAMinute = new Date(Date.now() + 60_000).toUTCString();
  test.each([
    ['30', 30_000, 30_000],
    [inAMinute, 50_000, 60_000],
    ['0', 0, 0],
    ['86400', 600_000, 600_000],
  ])('is told how long to wait by Retry-After: %s', async (header, leastMs, mostMs) => {
    const { apiUrl } = await peer(saying(429, fault, { 'retry-after': header }));
    const { retryAfterMs } = (await failure(call(apiUrl, WRITE))) as QboError;
    expect(retryAfterMs).toBeGreaterThanOrEqual(leastMs);
    expect(retryAfterMs).toBeLessThanOrEqual(mostMs);
  });

  test.each([[{}], [{ 'retry-after': 'soon' }]])('is told nothing by %j', async (headers) => {
    const { apiUrl } = await peer(saying(429, fault, headers));
    expect(((await failure(call(apiUrl, WRITE))) as QboError).retryAfterMs).toBeUndefined();
  });

  test.each([
    [401, '', 'application/json', 'empty'],
    [200, '', 'application/json', 'empty'],
    [502, '<html>Bad gateway</html>', 'text/html', 'html'],
    [200, 'Sign in', 'text/html', 'html'],
    [200, '{"Invoice":{"Id":"14', 'application/json', 'unreadable'],
    [404, '{"Invoice":{}}', 'application/json', 'unreadable'],
  ])('with HTTP %i and %j names the status', async (status, body, contentType, shape) => {
    const { apiUrl } = await peer(saying(status, body, { 'content-type': contentType }));
    const error = await failure(call(apiUrl));
    expect(error).toBeInstanceOf(QboError);
    const message = `QuickBooks answered ${status}`;
    expect(error).toMatchObject({ message, body, fault: { httpStatus: status, shape, errors: [] } });
  });
});

describe('no answer', () => {
  test('when nobody listens, with the reason of the network', async () => {
    const { apiUrl } = await peer(saying(200, '{}'));
    await new Promise((closed) => servers.pop()!.close(closed));
    const error = await failure(call(apiUrl));
    expect(error).toBeInstanceOf(QboUnreachable);
    expect((error as Error).message).toMatch(/^No answer from QuickBooks: .*ECONNREFUSED/);
    expect((error as Error).cause).toBeInstanceOf(Error);
  });

  test.each<[string, RequestListener]>([
    ['the line drops before the answer', (request) => void request.socket.destroy()],
    [
      'the line drops within the answer',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"Invoice":', () => void request.socket.destroy());
      },
    ],
  ])('when %s', async (_name, answer) => {
    const { apiUrl, received } = await peer(answer);
    expect(await failure(call(apiUrl, WRITE))).toBeInstanceOf(QboUnreachable);
    expect(received).toHaveLength(1);
  });

  test.each<[string, RequestListener]>([
    ['at all', () => undefined],
    ['to its end', (_request, response) => void response.writeHead(200).write('{"Invoice":')],
  ])('when it does not come %s in time', async (_name, answer) => {
    const { apiUrl } = await peer(answer);
    const startedAt = performance.now();
    const error = await failure(call(apiUrl, WRITE, 100));
    expect(performance.now() - startedAt).toBeLessThan(2500);
    expect(error).toBeInstanceOf(QboUnreachable);
    expect((error as Error).message).toMatch(/timeout/i);
  });

  test.each([301, 302, 307, 308])(
    'when HTTP %i sends it elsewhere, where no token may go',
    async (status) => {
      const elsewhere = await peer(saying(200, '{"Invoice":{}}'));
      const { apiUrl } = await peer(saying(status, '', { location: `${elsewhere.apiUrl}/v3` }));
      expect(await failure(call(apiUrl, WRITE))).toBeInstanceOf(QboUnreachable);
      expect(elsewhere.received).toEqual([]);
    },
  );
});
