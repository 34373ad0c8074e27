import { describe } from '../call.js';
import type { ControlHandler } from './request.js';

export const listCalls: ControlHandler = ({ world, params }) => {
  const calls = world.calls.list(params.get('realm') ?? undefined, Number(params.get('since') ?? '0'));
  return { calls: calls.map(describe) };
};

export const readCounts: ControlHandler = ({ world, params }) => {
  const realm = params.get('realm');
  if (realm !== null) return world.calls.counts(realm);
  return Object.fromEntries(world.realms().map((name) => [name, world.calls.counts(name)]));
};

export const clearCalls: ControlHandler = ({ world }) => {
  world.calls.clear();
  return {};
};
