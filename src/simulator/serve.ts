import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Answer } from './answer.js';
import { type Call, isMetered } from './call.js';
import { answerData } from './data-api.js';
import { ruleOf } from './entity/registry.js';
import type { HoldPhase } from './hold.js';
import type { InjectedFault } from './injection.js';
import { answerOAuth, oauthOperation } from './oauth-api.js';
import { parseOperation } from './operation.js';
import type { Target } from './target.js';
import { commonHeaders, newTid, writeJson } from './wire.js';
import type { World } from './world.js';
import { asJson } from './xml-body.js';
import { writeXml } from './xml.js';

/** What one packet on this machine holds anyway is not worth the time. */
const GZIP_FROM_LENGTH = 8192;

function recordCall(
  world: World,
  request: IncomingMessage,
  url: Target,
  body: string,
  inFlight: (realm: string) => number,
): Call {
  const method = request.method ?? 'GET';
  const content = asJson(body);
  const operation = parseOperation(method, url.pathname, url.searchParams, content);
  const nowMs = world.clock.now();
  const seq = world.calls.takeSeq();
  return {
    seq,
    at: new Date(nowMs).toISOString(),
    method,
    path: url.pathname,
    query: url.query,
    params: url.searchParams,
    headers: request.headers,
    body,
    content,
    tid: newTid(nowMs, seq),
    realm: operation?.realm,
    entity: operation?.entity,
    operation: operation?.kind ?? oauthOperation(url.pathname) ?? 'unknown',
    data: operation,
    inFlight: operation === undefined ? 1 : inFlight(operation.realm),
    status: 0,
    replayed: false,
    committed: false,
    metered: false,
    code: undefined,
    fault: undefined,
  };
}

function answerCall(world: World, call: Call): Answer {
  if (call.data !== undefined) return answerData(world, call, call.data);
  if (call.operation !== 'unknown') return answerOAuth(world, call);
  return {
    status: 404,
    literal: '<html><body>404 Not Found</body></html>',
    headers: { 'Content-Type': 'text/html' },
  };
}

/** Kept also when it fails half-way, and at once, so that a held or spoiled answer does not undo the commit. */
function answerAndKeep(world: World, call: Call): Answer {
  try {
    return answerCall(world, call);
  } finally {
    world.keep();
  }
}

interface Rendered {
  readonly body: string | Buffer;
  readonly type: string;
}

function render(call: Call, { status, literal, json, value }: Answer): Rendered {
  if (literal !== undefined) return { body: literal, type: 'text/plain' };
  const accept = call.headers['accept'];
  // Without a word about JSON the service answers XML, also to a caller that accepts everything.
  const wantsJson = typeof accept === 'string' && accept.includes('json');
  if (!wantsJson) {
    const given = value === undefined && json !== undefined ? (JSON.parse(json) as unknown) : value;
    return { body: writeXml(given), type: 'application/xml;charset=UTF-8' };
  }
  const type = status === 200 ? 'application/json;charset=utf-8' : 'application/json';
  return { body: json ?? writeJson(value), type };
}

function send(call: Call, answer: Answer, response: ServerResponse): void {
  if (response.destroyed) return;
  const { body, type } = render(call, answer);
  const isService = answer.value !== undefined || answer.json !== undefined;
  const headers: Record<string, string | number> = {
    ...commonHeaders(call.tid, answer.status < 300 && isService),
    'Content-Type': type,
    ...answer.headers,
  };
  const accepted = call.headers['accept-encoding'];
  const zips = typeof accepted === 'string' && accepted.includes('gzip') && body.length >= GZIP_FROM_LENGTH;
  const sent = zips ? gzipSync(body, { level: 1 }) : body;
  if (zips) headers['Content-Encoding'] = 'gzip';
  headers['Content-Length'] = Buffer.byteLength(sent);
  response.writeHead(answer.status, headers);
  response.end(sent);
}

function drop(call: Call, response: ServerResponse): void {
  call.status = 0;
  response.socket?.destroy();
}

/** True when the call may go on. */
async function passHolds(world: World, call: Call, phase: HoldPhase): Promise<boolean> {
  const hold = world.holds.find(call, phase);
  if (hold === undefined) return true;
  call.fault = hold.id;
  return (await hold.stop(call)) === 'continue';
}

/** A hang ends by itself after its milliseconds, or when its hold is released. */
async function hang(world: World, call: Call, fault: InjectedFault): Promise<boolean> {
  const { delayMs } = fault.effect;
  if (delayMs === undefined) return (await world.hangUntilReleased(fault.id, call)) === 'continue';
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  return true;
}

type Spoiled =
  | { readonly outcome: 'go-on' }
  | { readonly outcome: 'drop' }
  | { readonly outcome: 'answer'; readonly answer: Answer };

async function spoil(world: World, call: Call, fault: InjectedFault): Promise<Spoiled> {
  const { effect } = fault;
  if (effect.action === 'drop') return { outcome: 'drop' };
  if (effect.action === 'hang') return { outcome: (await hang(world, call, fault)) ? 'go-on' : 'drop' };
  const answer = effect.answer?.(world.clock.now());
  return answer === undefined ? { outcome: 'go-on' } : { outcome: 'answer', answer };
}

/** One call from arrival to answer: holds and faults before the commit, the call itself, the same after it. */
async function decide(world: World, call: Call): Promise<Answer | undefined> {
  if (!(await passHolds(world, call, 'before-commit'))) return undefined;
  const fault = world.injection.take(call);
  if (fault !== undefined) call.fault = fault.request.name;
  if (fault?.effect.stage === 'instead') {
    const spoiled = await spoil(world, call, fault);
    if (spoiled.outcome === 'drop') return undefined;
    if (spoiled.outcome === 'answer') return spoiled.answer;
  }
  const answer = answerAndKeep(world, call);
  if (!(await passHolds(world, call, 'after-commit'))) return undefined;
  if (fault?.effect.stage !== 'after-commit') return answer;
  const spoiled = await spoil(world, call, fault);
  if (spoiled.outcome === 'drop') return undefined;
  return spoiled.outcome === 'answer' ? spoiled.answer : answer;
}

function latencyOf(
  { switches: { latencyMs, nameLatencyMs } }: World,
  { operation, entity = '' }: Call,
): number {
  const isName = operation === 'create' && ruleOf(entity)?.isTransaction === false;
  return isName ? latencyMs + nameLatencyMs : latencyMs;
}

export async function serve(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: Target,
  body: Buffer,
): Promise<void> {
  // A reset replaces the limiter, so that a call leaves the one it came in by.
  const { limiter } = world;
  const call = recordCall(world, request, url, body.toString('utf8'), (realm) => limiter.enter(realm));
  try {
    const latencyMs = latencyOf(world, call);
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    const answer = await decide(world, call);
    call.status = answer?.status ?? 0;
    // The caller works on the answer while the books about its call are kept; nobody can ask for them before.
    if (answer === undefined) drop(call, response);
    else send(call, answer, response);
    call.metered = isMetered(call);
    if (call.metered) meter(world);
    world.calls.add(call, world.switches.callLogLimit);
  } finally {
    if (call.realm !== undefined) limiter.leave(call.realm);
  }
}

function meter({ limiter, clock }: World): void {
  const nowMs = clock.now();
  limiter.setUsed(limiter.quota(nowMs).used + 1, nowMs);
}
