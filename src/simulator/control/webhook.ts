import type { Fields } from '../fields.js';
import { ControlError, type ControlHandler, numberOf, textOf } from './request.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** As published. Intuit goes on every six hours after that; here a delivery is given up. */
const DEFAULT_RETRIES_MS = [
  ...[10_000, 20_000, 30_000],
  ...[5, 20].map((minutes) => minutes * MINUTE_MS),
  ...[2, 4, 6].map((hours) => hours * HOUR_MS),
];

function flagOf(body: Fields, property: string): boolean | undefined {
  const value = body[property];
  if (value !== undefined && typeof value !== 'boolean')
    throw new ControlError(`${property} must be true or false`);
  return value;
}

/** Subscribes, or changes how many deliveries are lost or doubled. */
export const setWebhooks: ControlHandler = ({ world, body }) => {
  const { webhooks } = world;
  const url = textOf(body, 'url');
  const format = textOf(body, 'format') ?? 'cloud-events';
  if (format !== 'cloud-events' && format !== 'legacy')
    throw new ControlError('format is cloud-events or legacy');
  const given = body['retriesMs'] ?? DEFAULT_RETRIES_MS;
  if (!Array.isArray(given) || !given.every((wait) => typeof wait === 'number')) {
    throw new ControlError('retriesMs must be an array of numbers');
  }
  if (url !== undefined) {
    webhooks.subscription = {
      url,
      format,
      verifier: textOf(body, 'verifier') ?? 'test-verifier',
      retriesMs: given,
    };
  }
  webhooks.toLose = numberOf(body, 'lose') ?? webhooks.toLose;
  webhooks.toDuplicate = numberOf(body, 'duplicate') ?? webhooks.toDuplicate;
  webhooks.isDisordered = flagOf(body, 'disorder') ?? webhooks.isDisordered;
  const hold = flagOf(body, 'hold');
  if (hold !== undefined) webhooks.holdBack(hold);
  const { subscription, toLose, toDuplicate, isHeldBack, isDisordered } = webhooks;
  return { subscription, lose: toLose, duplicate: toDuplicate, hold: isHeldBack, disorder: isDisordered };
};

export const listDeliveries: ControlHandler = ({ world }) => ({ deliveries: world.webhooks.deliveries });

export const clearWebhooks: ControlHandler = ({ world }) => {
  world.webhooks.clear();
  return {};
};
