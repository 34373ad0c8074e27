import type { FaultRequest } from '../injection.js';
import { matchOf } from './match.js';
import { ControlError, type ControlHandler, numberOf, textOf } from './request.js';

const OWN = new Set(['name', 'match', 'count', 'skip', 'probability']);

export const addFault: ControlHandler = ({ world, body }) => {
  const isLiteral =
    body['name'] === undefined && (body['status'] !== undefined || body['body'] !== undefined);
  const name = textOf(body, 'name') ?? (isLiteral ? 'literal' : undefined);
  if (name === undefined) throw new ControlError('a fault needs a name, or a status and a body');
  const request: FaultRequest = {
    name,
    match: matchOf(body),
    count: body['count'] === null ? null : (numberOf(body, 'count') ?? 1),
    skip: numberOf(body, 'skip') ?? 0,
    probability: numberOf(body, 'probability') ?? 1,
    options: Object.fromEntries(Object.entries(body).filter(([property]) => !OWN.has(property))),
  };
  return world.injection.add(request).describe();
};

export const listFaults: ControlHandler = ({ world }) => ({
  faults: world.injection.list().map((fault) => fault.describe()),
});

export const removeFault: ControlHandler = ({ world, parts }) => {
  if (!world.injection.remove(parts[0] ?? ''))
    throw new ControlError(`there is no fault ${parts[0] ?? ''}`, 404);
  return {};
};

export const clearFaults: ControlHandler = ({ world }) => {
  world.injection.clear();
  return {};
};

export const releaseFault: ControlHandler = ({ world, parts, body }) => {
  const outcome = textOf(body, 'outcome') === 'drop' ? 'drop' : 'continue';
  if (!world.releaseHang(parts[0] ?? '', outcome)) {
    throw new ControlError(`nothing hangs at ${parts[0] ?? ''}`, 404);
  }
  return {};
};

export const seedLuck: ControlHandler = ({ world, body }) => {
  world.injection.seed(numberOf(body, 'seed') ?? 1);
  return {};
};
