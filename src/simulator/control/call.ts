import type { ControlHandler } from './request.js';

export const listCalls: ControlHandler = ({ world, params }) => {
  return { calls: world.calls.list(params.get('realm') ?? undefined, Number(params.get('since') ?? '0')) };
};

export const readCounts: ControlHandler = ({ world, params }) => {
  const realm = params.get('realm');
  if (realm !== null) return world.calls.counts(realm);
  return Object.fromEntries(world.realms().map((name) => [name, world.calls.counts(name)]));
};

/** What the process costs: CPU milliseconds since it started, bytes of memory. */
export const readUsage: ControlHandler = () => {
  const { user, system } = process.cpuUsage();
  const { heapUsed, rss } = process.memoryUsage();
  return { cpuMs: (user + system) / 1000, heapBytes: heapUsed, rssBytes: rss };
};

export const clearCalls: ControlHandler = ({ world }) => {
  world.calls.clear();
  return {};
};
