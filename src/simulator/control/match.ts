import { type Fields, isFields } from '../fields.js';
import { MATCH_PARTS, type Match } from '../match.js';
import { ControlError } from './request.js';

/** @throws ControlError on a part that nothing is matched by */
export function matchOf(body: Fields): Match {
  const given = body['match'] ?? {};
  if (!isFields(given)) throw new ControlError('match must be an object');
  for (const [part, value] of Object.entries(given)) {
    if (!(MATCH_PARTS as readonly string[]).includes(part)) {
      throw new ControlError(`a call is not matched by ${part}, only by ${MATCH_PARTS.join(', ')}`);
    }
    if (typeof value !== 'string') throw new ControlError(`match.${part} must be a string`);
  }
  return given;
}
