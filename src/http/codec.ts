import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginCallback, FastifyRequest } from 'fastify';
import { codecHandler, CodecRequestError, type CodecOperation } from '../codec/endpoint.js';
import type { Keyring } from '../codec/keyring.js';
import type { Secret } from '../secret.js';

const LARGEST_BODY_BYTES = 16 * 1024 * 1024;

export interface CodecRouteOptions {
  readonly keyring: Keyring;
  /** Without one, only this machine can use the routes, and only with `allowLoopback`. */
  readonly token: Secret<string> | undefined;
  /** Lets a caller on this machine in without the token: the development server's UI cannot send one. */
  readonly allowLoopback: boolean;
  /** Origins of the Temporal UI, such as `http://localhost:8233`. */
  readonly allowedOrigins: readonly string[];
}

/**
 * `POST /codec/encode` and `/codec/decode`, also as `/codec/{namespace}/…`, for the Temporal UI and CLI.
 * Answers 400 for a malformed body, 401 without the token, 403 to another web site.
 */
export const codecRoutes: FastifyPluginCallback<CodecRouteOptions> = (app, options, done) => {
  const handle = codecHandler(options.keyring);

  app.addHook('onRequest', async (request, reply) => {
    const origin = request.headers.origin;
    if (origin !== undefined && !options.allowedOrigins.includes(origin)) {
      return reply.code(403).send({ message: `Origin ${origin} is not allowed to use the codec.` });
    }
    if (origin !== undefined) {
      reply.headers({
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        vary: 'Origin',
      });
    }
    if (request.method !== 'OPTIONS' && !isAllowed(request, options)) {
      return reply.code(401).send({ message: 'The codec needs its token: "Authorization: Bearer …".' });
    }
  });

  for (const path of ['/codec', '/codec/:namespace']) {
    for (const operation of ['encode', 'decode'] satisfies CodecOperation[]) {
      app.options(`${path}/${operation}`, async (_request, reply) =>
        reply
          .headers({
            'access-control-allow-methods': 'POST',
            'access-control-allow-headers': 'authorization, content-type, x-namespace',
            'access-control-max-age': '600',
          })
          .code(204)
          .send(),
      );
      app.post(`${path}/${operation}`, { bodyLimit: LARGEST_BODY_BYTES }, async (request, reply) => {
        try {
          return await reply.send(handle(operation, request.body));
        } catch (error) {
          if (!(error instanceof CodecRequestError)) throw error;
          return reply.code(400).send({ message: error.message });
        }
      });
    }
  }
  done();
};

function isAllowed(request: FastifyRequest, options: CodecRouteOptions): boolean {
  if (
    options.token !== undefined &&
    isSame(request.headers.authorization ?? '', `Bearer ${options.token.reveal()}`)
  ) {
    return true;
  }
  return options.allowLoopback && isFromThisMachine(request);
}

/** Hashing makes both sides the same length, which the comparison in constant time needs. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/**
 * A proxy on this machine also connects from the loopback address, and a web site can point its own name there:
 * the forwarding headers give the first away and the host header the second.
 */
function isFromThisMachine(request: FastifyRequest): boolean {
  const { forwarded, 'x-forwarded-for': forwardedFor, host = '' } = request.headers;
  if (forwarded !== undefined || forwardedFor !== undefined) return false;
  const address = request.socket.remoteAddress ?? '';
  const isLoopback = address === '::1' || /^(::ffff:)?127\./.test(address);
  return isLoopback && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host);
}
