import { merge } from '../merge.js';
import { present } from '../present.js';
import { companyOf, ruleNamed } from './company.js';
import { ControlError, type ControlHandler, textOf } from './request.js';

/** Merges the object `id` into the object `into` and answers what is left. */
export const mergeObjects: ControlHandler = (request) => {
  const company = companyOf(request);
  const { body, world } = request;
  const rule = ruleNamed(textOf(body, 'entity'));
  const id = textOf(body, 'id');
  const into = textOf(body, 'into');
  if (id === undefined || into === undefined) throw new ControlError('id and into are both needed');
  const kept = merge({
    company,
    switches: world.switches,
    nowMs: world.clock.now(),
    entity: rule.name,
    id,
    into,
  });
  return { [rule.name]: present(company, kept) };
};
