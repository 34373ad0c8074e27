import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { codecRoutes, type CodecRouteOptions } from '../../src/http/codec.js';
import { Secret } from '../../src/secret.js';
import { ringOf } from './ring.js';

const TOKEN = 'token-token-token-token';
const UI = 'http://localhost:8233';
const bearer = { authorization: `Bearer ${TOKEN}` };
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const jsonPayload = (json: string) => ({ metadata: { encoding: base64('json/plain') }, data: base64(json) });

let app: FastifyInstance;
const start = (options: Partial<CodecRouteOptions> = {}): FastifyInstance => {
  app = fastify();
  app.register(codecRoutes, {
    keyring: ringOf('k'),
    token: new Secret(TOKEN),
    allowLoopback: false,
    allowedOrigins: [UI],
    ...options,
  });
  return app;
};
const post = async (
  url: string,
  payload: object,
  headers: Record<string, string> = bearer,
  remoteAddress = '127.0.0.1',
) =>
  app.inject({
    method: 'POST',
    url,
    payload,
    headers: { host: 'localhost:8080', ...headers },
    remoteAddress,
  });

afterEach(async () => app.close());

describe('the codec endpoint', () => {
  it('encrypts what a person typed and decrypts it again', async () => {
    start();
    const typed = jsonPayload('{"action":"retry"}');
    const encoded = await post('/codec/encode', { payloads: [typed] });
    expect(encoded.statusCode).toBe(200);
    expect(encoded.body).not.toContain(typed.data);
    expect(encoded.json()).toMatchObject({
      payloads: [{ metadata: { encoding: base64('binary/encrypted') } }],
    });
    const decoded = await post('/codec/decode', encoded.json());
    expect(decoded.json()).toEqual({ payloads: [typed] });
  });

  it('also answers under a namespace', async () => {
    start();
    const encoded = await post('/codec/books.prod/encode', { payloads: [jsonPayload('1')] });
    const decoded = await post('/codec/books.prod/decode', encoded.json());
    expect(decoded.json()).toEqual({ payloads: [jsonPayload('1')] });
  });

  it.each([{}, { payloads: null }, { payloads: [] }])('takes %j as no payloads', async (body) => {
    start();
    expect((await post('/codec/encode', body)).json()).toEqual({ payloads: [] });
  });

  it('shows what cannot be decoded, with the reason', async () => {
    start();
    const foreign = { metadata: { encoding: base64('binary/encrypted') }, data: base64('x') };
    const response = await post('/codec/decode', { payloads: [foreign] });
    const [payload] = response.json<{ payloads: { data: string }[] }>().payloads;
    expect(Buffer.from(payload!.data, 'base64').toString()).toContain('$undecodable');
  });

  it('refuses to encrypt what a workflow could not read afterwards', async () => {
    start();
    const protobuf = { metadata: { encoding: base64('json/protobuf') }, data: base64('{}') };
    for (const payload of [jsonPayload('{bad'), jsonPayload(''), protobuf, {}]) {
      const response = await post('/codec/encode', { payloads: [payload] });
      expect(response.statusCode).toBe(400);
      expect(response.json<{ message: string }>().message).not.toBe('');
    }
  });

  it('leaves alone what is encrypted already', async () => {
    start();
    const once = (await post('/codec/encode', { payloads: [jsonPayload('1')] })).json<object>();
    expect((await post('/codec/encode', once)).json()).toEqual(once);
  });

  it.each([
    [[]],
    [{ payloads: {} }],
    [{ payloads: [1] }],
    [{ payloads: [{ data: 1 }] }],
    [{ payloads: [{ metadata: { encoding: 1 } }] }],
  ])('answers 400 to %j', async (body) => {
    start();
    expect((await post('/codec/decode', body)).statusCode).toBe(400);
  });
});

describe('who may use it', () => {
  it.each([
    ['nothing', {}],
    ['another token', { authorization: `Bearer ${TOKEN}x` }],
    ['the token alone', { authorization: TOKEN }],
  ])('nobody with %s', async (_, headers) => {
    start();
    expect((await post('/codec/decode', {}, headers)).statusCode).toBe(401);
  });

  it('nobody at all from elsewhere when there is no token', async () => {
    start({ token: undefined, allowLoopback: true });
    expect(
      (await post('/codec/decode', {}, { authorization: 'Bearer undefined' }, '10.0.0.7')).statusCode,
    ).toBe(401);
    expect((await post('/codec/decode', {}, {}, '10.0.0.7')).statusCode).toBe(401);
  });

  it('a caller on this machine when that is allowed', async () => {
    start({ token: undefined, allowLoopback: true });
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      expect((await post('/codec/decode', {}, {}, address)).statusCode).toBe(200);
    }
    expect((await post('/codec/decode', {}, { origin: UI })).statusCode).toBe(200);
  });

  it.each([
    ['a proxy on this machine', { 'x-forwarded-for': '10.0.0.7' }],
    ['a web site that named itself localhost', { host: 'rebound.example' }],
  ])('not %s in its name', async (_, headers) => {
    start({ token: undefined, allowLoopback: true });
    expect((await post('/codec/decode', {}, headers)).statusCode).toBe(401);
  });

  it('no other web site, even with the token', async () => {
    start({ allowLoopback: true });
    const response = await post('/codec/decode', {}, { ...bearer, origin: 'https://evil.example' });
    expect(response.statusCode).toBe(403);
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('the Temporal UI from its own origin, after asking', async () => {
    start();
    const asked = await app.inject({
      method: 'OPTIONS',
      url: '/codec/decode',
      headers: {
        origin: UI,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-namespace',
      },
    });
    expect(asked.statusCode).toBe(204);
    expect(asked.headers).toMatchObject({
      'access-control-allow-origin': UI,
      'access-control-allow-headers': 'authorization, content-type, x-namespace',
    });
    const answer = await post('/codec/decode', {}, { ...bearer, origin: UI, 'x-namespace': 'default' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe(UI);
  });

  it('guards its own routes only', async () => {
    start().get('/health', async () => Promise.resolve('ok'));
    expect((await app.inject('/health')).statusCode).toBe(200);
  });
});
