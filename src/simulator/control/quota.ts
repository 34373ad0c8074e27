import { type ControlHandler, numberOf } from './request.js';

export const readQuota: ControlHandler = ({ world }) => ({
  ...world.limiter.quota(world.clock.now()),
  limit: world.switches.meteredReadsPerMonth,
});

/** So that a test need not read half a million times. */
export const setQuota: ControlHandler = (request) => {
  const used = numberOf(request.body, 'used') ?? 0;
  request.world.limiter.setUsed(used, request.world.clock.now());
  return readQuota(request);
};
