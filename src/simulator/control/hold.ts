import type { Hold } from '../hold.js';
import { matchOf } from './match.js';
import { ControlError, type ControlHandler, type ControlRequest, numberOf, textOf } from './request.js';

const LONGEST_WAIT_MS = 30_000;

function holdOf({ world, parts }: ControlRequest): Hold {
  const hold = world.holds.get(parts[0] ?? '');
  if (hold === undefined) throw new ControlError(`there is no hold ${parts[0] ?? ''}`, 404);
  return hold;
}

export const addHold: ControlHandler = ({ world, body }) => {
  const phase = textOf(body, 'phase') ?? 'before-commit';
  if (phase !== 'before-commit' && phase !== 'after-commit') {
    throw new ControlError('phase is before-commit or after-commit');
  }
  return world.holds.add(matchOf(body), phase, numberOf(body, 'count') ?? 1).describe();
};

export const listHolds: ControlHandler = ({ world }) => ({
  holds: world.holds.list().map((hold) => hold.describe()),
});

/** With `wait=true`, answers when so many calls (`caught`, default 1) have been stopped, or the wait is over. */
export const readHold: ControlHandler = async (request) => {
  const hold = holdOf(request);
  if (request.params.get('wait') === 'true') {
    const wanted = Number(request.params.get('caught') ?? '1');
    const timeoutMs = Math.min(Number(request.params.get('timeoutMs') ?? LONGEST_WAIT_MS), LONGEST_WAIT_MS);
    let timer: NodeJS.Timeout | undefined;
    const isOver = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([hold.untilCaught(wanted), isOver]);
    clearTimeout(timer);
  }
  return hold.describe();
};

export const releaseHold: ControlHandler = (request) => {
  const hold = holdOf(request);
  hold.release(textOf(request.body, 'outcome') === 'drop' ? 'drop' : 'continue');
  return hold.describe();
};

export const clearHolds: ControlHandler = ({ world }) => {
  world.releaseAll('continue');
  return {};
};
