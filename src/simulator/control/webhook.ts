import { ControlError, type ControlHandler, numberOf, textOf } from './request.js';

const DEFAULT_RETRIES_MS = [10_000, 20_000, 30_000];

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
  return { subscription: webhooks.subscription, lose: webhooks.toLose, duplicate: webhooks.toDuplicate };
};

export const listDeliveries: ControlHandler = ({ world }) => ({ deliveries: world.webhooks.deliveries });

export const clearWebhooks: ControlHandler = ({ world }) => {
  world.webhooks.clear();
  return {};
};
