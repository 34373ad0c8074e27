import type { IncomingMessage, ServerResponse } from 'node:http';
import { Fault } from '../fault.js';
import { FAULT_NAMES } from '../named-fault.js';
import { SEEDS } from '../seed/plant.js';
import { applySwitches } from '../switches.js';
import type { Target } from '../target.js';
import { serviceFault } from '../wire.js';
import type { World } from '../world.js';
import { clearCalls, listCalls, readCounts, readUsage } from './call.js';
import { printCheques } from './cheque.js';
import { readClock, setClock } from './clock.js';
import { readByName } from './account.js';
import * as company from './company.js';
import { addFault, clearFaults, listFaults, releaseFault, removeFault, seedLuck } from './fault.js';
import { addHold, clearHolds, listHolds, readHold, releaseHold } from './hold.js';
import { mergeObjects } from './merge.js';
import { readQuota, setQuota } from './quota.js';
import { ControlError, type ControlHandler, parseControlBody, textOf } from './request.js';
import { readState, writeState } from './state.js';
import { clearWebhooks, listDeliveries, setWebhooks } from './webhook.js';

const describeSimulator: ControlHandler = ({ world }) => ({
  seeds: SEEDS,
  faults: FAULT_NAMES,
  companies: world.realms(),
  credentials: world.credentials,
});

const reset: ControlHandler = ({ world, body }) => {
  world.reset(textOf(body, 'seed'));
  return {};
};

const readSwitches: ControlHandler = ({ world }) => ({ ...world.switches });

const setSwitches: ControlHandler = (request) => {
  applySwitches(request.world.switches, request.body);
  return readSwitches(request);
};

/** Patterns are paths in which each `*` is one variable part. The first that fits is taken. */
const ROUTES: readonly (readonly [method: string, pattern: string, handler: ControlHandler])[] = [
  ['GET', '', describeSimulator],
  ['POST', 'reset', reset],
  ['GET', 'state', readState],
  ['PUT', 'state', writeState],
  ['GET', 'switches', readSwitches],
  ['POST', 'switches', setSwitches],
  ['GET', 'clock', readClock],
  ['POST', 'clock', setClock],
  ['GET', 'calls', listCalls],
  ['DELETE', 'calls', clearCalls],
  ['GET', 'counts', readCounts],
  ['GET', 'usage', readUsage],
  ['GET', 'quota', readQuota],
  ['POST', 'quota', setQuota],
  ['GET', 'faults', listFaults],
  ['POST', 'faults', addFault],
  ['DELETE', 'faults', clearFaults],
  ['POST', 'faults/luck', seedLuck],
  ['DELETE', 'faults/*', removeFault],
  ['POST', 'faults/*/release', releaseFault],
  ['GET', 'holds', listHolds],
  ['POST', 'holds', addHold],
  ['DELETE', 'holds', clearHolds],
  ['GET', 'holds/*', readHold],
  ['POST', 'holds/*/release', releaseHold],
  ['GET', 'webhooks', listDeliveries],
  ['POST', 'webhooks', setWebhooks],
  ['DELETE', 'webhooks', clearWebhooks],
  ['GET', 'companies', company.listCompanies],
  ['POST', 'companies', company.addCompany],
  ['POST', 'companies/*/connect', company.connect],
  ['POST', 'companies/*/disconnect', company.disconnect],
  ['POST', 'companies/*/expire-tokens', company.expireTokens],
  ['POST', 'companies/*/status', company.setStatus],
  ['POST', 'companies/*/plan', company.setPlan],
  ['POST', 'companies/*/forget-request-ids', company.forgetRequestIds],
  ['POST', 'companies/*/preferences', company.setPreferences],
  ['POST', 'companies/*/print-cheques', printCheques],
  ['POST', 'companies/*/poison', company.poison],
  ['POST', 'companies/*/merge', mergeObjects],
  ['POST', 'companies/*/objects/*', company.actOnObject],
  ['GET', 'companies/*/accounts/*/by-name', readByName],
  ['GET', 'companies/*/commits', company.listCommits],
  ['GET', 'companies/*/ledger', company.readLedger],
  ['GET', 'companies/*/*', company.listObjects],
];

function fitParts(pattern: string, path: string): string[] | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const parts: string[] = [];
  for (const [index, part] of wanted.entries()) {
    const actual = given[index] ?? '';
    if (part === '*') parts.push(decodeURIComponent(actual));
    else if (part !== actual) return undefined;
  }
  return parts;
}

function answer(world: World, method: string, url: Target, raw: string): unknown {
  const path = url.pathname.replace(/^\/_control\/?/, '').replace(/\/$/, '');
  for (const [routeMethod, pattern, handler] of ROUTES) {
    const parts = routeMethod === method ? fitParts(pattern, path) : undefined;
    if (parts === undefined) continue;
    return handler({ world, parts, params: url.searchParams, body: parseControlBody(raw) });
  }
  throw new ControlError(`there is nothing at ${method} ${url.pathname}`, 404);
}

function refusal(world: World, error: unknown): { status: number; body: unknown } {
  if (error instanceof Fault) return { status: 400, body: serviceFault(error, world.clock.now()) };
  if (error instanceof ControlError) return { status: error.status, body: { error: error.message } };
  if (error instanceof Error) return { status: 400, body: { error: error.message } };
  throw error;
}

/** The side door: it is told apart from Intuit's paths by its prefix and never touched by injected faults. */
export async function answerControl(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: Target,
  raw: string,
): Promise<void> {
  let status = 200;
  let body: unknown;
  try {
    body = await answer(world, request.method ?? 'GET', url, raw);
  } catch (error) {
    ({ status, body } = refusal(world, error));
  }
  world.keep();
  if (response.destroyed) return;
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
