import type { Answer } from './answer.js';
import { batchKey } from './batch.js';
import { type Call, isRead } from './call.js';
import { formatInstant } from './clock.js';
import type { Company } from './company.js';
import { execute, isWrite } from './execute.js';
import { Fault, noAccess } from './fault.js';
import { MALFORMED, REVOKED, THROTTLED, USED_UP, WRONG_REALM, expired } from './gateway.js';
import type { Operation } from './operation.js';
import { checkRequestId, recall, remember } from './replay.js';
import { type GatewayFault, gatewayFault, serviceFault } from './wire.js';
import type { World } from './world.js';
import { writeXml } from './xml.js';

function refuseAtGateway(world: World, fault: GatewayFault, status: number): Answer {
  const body = gatewayFault(fault, world.clock.now());
  const challenge = { 'WWW-Authenticate': 'Bearer realm="Intuit", error="invalid_token"' };
  const headers = status === 401 ? challenge : {};
  if (world.switches.gatewayFaultFormat === 'xml') {
    return { status, literal: writeXml(body), headers: { ...headers, 'Content-Type': 'application/xml' } };
  }
  return {
    status,
    literal: JSON.stringify(body),
    headers: { ...headers, 'Content-Type': 'application/json' },
  };
}

/** Undefined when the token opens this company. */
function authorise(world: World, call: Call, realm: string): Answer | undefined {
  const header = call.headers['authorization'];
  const token = typeof header === 'string' ? (/^Bearer (.+)$/i.exec(header)?.[1] ?? '') : '';
  switch (world.oauth.check(token, realm)) {
    case 'valid':
      return undefined;
    case 'expired':
      return refuseAtGateway(world, expired(token.slice(0, 16)), 401);
    case 'revoked':
      return refuseAtGateway(world, REVOKED, 401);
    case 'stranger':
      return { status: 401, value: serviceFault(noAccess(), world.clock.now()) };
    case 'wrong-realm':
      return refuseAtGateway(world, WRONG_REALM, 403);
    case 'malformed':
      return refuseAtGateway(world, MALFORMED, 401);
  }
}

/** Undefined when the call is within every limit. */
function throttle(world: World, call: Call, operation: Operation, nowMs: number): Answer | undefined {
  const { switches, limiter } = world;
  const { concurrentRequests, meteredReadsPerMonth } = switches;
  if (concurrentRequests !== null && call.inFlight > concurrentRequests) {
    return refuseAtGateway(world, THROTTLED, 429);
  }
  if (!limiter.allows(operation.realm, operation.kind === 'batch', switches, nowMs)) {
    return refuseAtGateway(world, THROTTLED, 429);
  }
  if (meteredReadsPerMonth === null || !isRead(call)) return undefined;
  const isLeft = limiter.quota(nowMs).used < meteredReadsPerMonth;
  return isLeft ? undefined : refuseAtGateway(world, USED_UP, 429);
}

function replayKey(call: Call, operation: Operation): string | undefined {
  const requestId = call.params.get('requestid');
  if (requestId === null || requestId === '') return undefined;
  if (operation.kind === 'batch') return batchKey(requestId, call.content);
  return isWrite(operation.kind) || operation.kind === 'send' ? requestId : undefined;
}

function run(world: World, call: Call, company: Company, operation: Operation): Answer {
  const { switches } = world;
  const nowMs = world.clock.now();
  const time = formatInstant(nowMs);
  try {
    if (operation.kind !== 'batch') checkRequestId(call.params.get('requestid') ?? '');
    const { method, path, params, content: body } = call;
    const executed = execute({ company, switches, nowMs, operation, method, path, params, body });
    call.committed = executed.committed;
    if (executed.pdf !== undefined) {
      return { status: 200, literal: executed.pdf, headers: { 'Content-Type': 'application/pdf' } };
    }
    return { status: 200, value: executed.bare === true ? executed.value : { ...executed.value, time } };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    call.code = error.findings[0]?.code;
    return { status: error.status, value: serviceFault(error, nowMs) };
  }
}

/** Everything of the data API behind the injected faults: token, limits, replay, and the operation itself. */
export function answerData(world: World, call: Call, operation: Operation): Answer {
  const refused = authorise(world, call, operation.realm);
  if (refused !== undefined) return refused;
  const company = world.company(operation.realm);
  const nowMs = world.clock.now();
  const throttled = throttle(world, call, operation, nowMs);
  if (throttled !== undefined) return throttled;
  const key = replayKey(call, operation);
  const remembered = key === undefined ? undefined : recall(company, key, world.switches, nowMs);
  if (remembered !== undefined) {
    call.replayed = true;
    return remembered;
  }
  const answer = run(world, call, company, operation);
  const isKept = answer.status === 200 || world.switches.replayFailures;
  return key !== undefined && isKept ? remember(company, key, answer, nowMs) : answer;
}
