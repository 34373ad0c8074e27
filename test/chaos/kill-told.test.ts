import { expect, test } from 'vitest';
import { ensureSchedules } from '../../src/schedule.js';
import { billingApp } from '../support/billing-app.js';
import { otherLine } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { startMortalWorker } from '../support/mortal.js';
import { startWebhookReceiver } from '../support/receiver.js';
import { createWorld, endSchedules } from '../support/world.js';

test('a worker killed between the fault and the message, and another in the middle of it: one id', async () => {
  const world = await createWorld({ worker: false, env: { COUNTERFOIL_NOTIFY_WITHIN: '3s' } });
  const hook = await startWebhookReceiver();
  const firm = await world.firm();
  const { sync } = world.config.queues;
  try {
    const first = startMortalWorker(world.env);
    await billingApp(world, () => firm).sendParked({ billId: 'B1', lines: [otherLine()] });
    await world.call('POST', '/v1/subscriptions', {
      firmId: firm.firmId,
      person: 'Kim',
      channel: 'webhook',
      address: hook.url,
    });
    await first.kill();
    let release: (status: number) => void = () => undefined;
    hook.answer(new Promise((resolve) => (release = resolve)));
    await ensureSchedules(world.temporal, sync, 3000);
    const second = startMortalWorker(world.env);
    await eventually(async () => {
      await Promise.resolve();
      expect(hook.received.length).toBeGreaterThan(0);
    }, 45_000);
    await second.kill();
    hook.answer(204);
    release(204);
    const third = startMortalWorker(world.env);
    await eventually(async () => {
      const sent = await world.db.selectFrom('notice').select('sent_at').executeTakeFirst();
      expect(sent?.sent_at).toBeInstanceOf(Date);
    }, 80_000);
    expect(hook.received).toHaveLength(2);
    expect(new Set(hook.received.map(({ id }) => id)).size).toBe(1);
    await third.kill();
  } finally {
    await endSchedules(world.temporal, sync);
    await world.close();
    await hook.close();
  }
}, 180_000);
