import { ControlError, type ControlHandler, type ControlRequest, numberOf, textOf } from './request.js';

export const readClock: ControlHandler = ({ world }) => ({ now: new Date(world.clock.now()).toISOString() });

function instantOf(request: ControlRequest, property: string): number | undefined {
  const given = textOf(request.body, property);
  if (given === undefined) return undefined;
  const instantMs = Date.parse(given);
  if (Number.isNaN(instantMs)) throw new ControlError(`${property} is not an instant`);
  return instantMs;
}

/** `now` sets the running clock, `freeze` stops it at an instant, `advanceMs` moves it, `offsetMs` shifts real time. */
export const setClock: ControlHandler = (request) => {
  const { clock } = request.world;
  const nowMs = instantOf(request, 'now');
  const frozenMs = instantOf(request, 'freeze');
  const advanceMs = numberOf(request.body, 'advanceMs');
  const offsetMs = numberOf(request.body, 'offsetMs');
  if (nowMs !== undefined) clock.set(nowMs);
  if (frozenMs !== undefined) clock.freeze(frozenMs);
  if (offsetMs !== undefined) clock.set(Date.now() + offsetMs);
  if (advanceMs !== undefined) clock.advance(advanceMs);
  return readClock(request);
};
