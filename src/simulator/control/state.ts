import { parseState } from '../state.js';
import type { ControlHandler } from './request.js';

export const readState: ControlHandler = ({ world }) => world.save();

/** Nothing has changed when it throws. */
export const writeState: ControlHandler = ({ world, body }) => {
  world.load(parseState(body));
  return {};
};
