import { WorkflowNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RemedyRefused } from '../../src/client.js';
import { entryByKey } from '../../src/domain/fault/catalogue.js';
import { REMEDY_NAMES } from '../../src/domain/remedy.js';
import { aClient, expenseLine, timeLine } from '../support/builder.js';
import { billingApp, parkedOf } from '../support/billing-app.js';
import { type CauseStory, type Scene } from '../support/cause.js';
import { AMOUNT_STORIES } from '../support/cause/amount.js';
import { ANSWER_STORIES } from '../support/cause/answer.js';
import { CONNECTION_STORIES } from '../support/cause/connection.js';
import { NUMBER_STORIES } from '../support/cause/number.js';
import { PASSING } from '../support/cause/passing.js';
import { PAYMENT_STORIES } from '../support/cause/payment.js';
import { REFERENCE_STORIES } from '../support/cause/reference.js';
import { eventually } from '../support/eventually.js';
import { createWorld, type World } from '../support/world.js';

const STORIES = [
  ...NUMBER_STORIES,
  ...REFERENCE_STORIES,
  ...PAYMENT_STORIES,
  ...AMOUNT_STORIES,
  ...ANSWER_STORIES,
  ...CONNECTION_STORIES,
];

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => world.close());

async function open({ seed, preferences = {} }: Pick<CauseStory, 'seed' | 'preferences'>): Promise<Scene> {
  const company = await world.unconnectedFirm(seed);
  await company.qbo.preferences(preferences);
  const firm = await world.connect(company);
  const settings = (change: Record<string, unknown>) =>
    world.call('PUT', `/v1/firms/${firm.firmId}/settings`, change);
  return { world, firm, app: billingApp(world, () => firm), settings };
}

describe.each(STORIES)('$fault: $when', (story) => {
  test('parks with words that a person knows, refuses what does not help, and stops nobody else', async () => {
    const scene = await open(story);
    const ref = await story.arise(scene);
    const parked = await parkedOf(world, ref);
    expect(parked.fault).toBe(story.fault);
    expect([...parked.allowed].sort()).toEqual(Object.keys(story.remedies).sort());
    for (const name of story.names) expect(`${parked.cause} ${parked.remedy}`).toContain(name);
    expect(`${parked.cause} ${parked.remedy}`).not.toMatch(/[{}[\]]|undefined/);
    const useless = REMEDY_NAMES.find((name) => !parked.allowed.includes(name))!;
    await expect(world.client.remediate(ref, { action: useless })).rejects.toThrow(RemedyRefused);
    if (story.seed !== undefined || entryByKey(story.fault)?.scope === 'company') return;
    const client = aClient({ clientId: 'C2', name: 'Grace Hopper', email: 'grace@example.com' });
    await scene.app.send({ billId: 'B2', client, lines: [timeLine()] });
    expect(await scene.app.numbered('Invoice', 'B2')).toHaveLength(1);
  });

  test.each(Object.entries(story.remedies))('is remedied by %s', async (action, way) => {
    const scene = await open(story);
    const ref = await story.arise(scene);
    const parked = await parkedOf(world, ref);
    await way.before?.(scene);
    // A mending in the settings, or a new connection, lets it go on by itself, and a remedy may come too late for it.
    await world.client
      .remediate(ref, {
        action: action as 'retry',
        parkId: parked.parkId,
        by: 'ada',
        ...(await way.message?.(parked, scene)),
      })
      .catch((error: unknown) => {
        if (!(error instanceof RemedyRefused || error instanceof WorkflowNotFoundError)) throw error;
      });
    await eventually(async () => {
      const { qbo } = scene.firm;
      const numbers = (await qbo.objects('Invoice')).map(({ DocNumber }) => DocNumber);
      expect(numbers).toEqual(way.invoices);
      const payments = (await qbo.objects('Payment')).filter(({ TotalAmt }) => TotalAmt !== 0);
      const references = payments.map(({ PaymentRefNum }) => PaymentRefNum);
      expect(references).toEqual(way.payments ?? []);
      const isSettled = await world.client.isSettled(ref);
      const { parked: again, state } = await world.client.status(ref);
      const isElsewhere = state === 'waiting' || (again !== undefined && again.parkId !== parked.parkId);
      expect(isSettled === true || isElsewhere).toBe(true);
    });
    expect(await scene.firm.qbo.unbalanced()).toEqual([]);
  });
});

test.each(PASSING)('%s passes by itself: posted once, and nobody is told', async (fault, name, options) => {
  const scene = await open({});
  const { firmId, qbo } = scene.firm;
  const injected = await qbo.fault(name, { ...options, match: { entity: 'Invoice', operation: 'create' } });
  await scene.app.send({ billId: 'B1', lines: [expenseLine()] });
  expect(await qbo.hits(injected.id)).toBe(1);
  expect(await scene.app.numbered('Invoice', 'B1')).toHaveLength(1);
  const told = await world.db.selectFrom('fault').selectAll().where('firm_id', '=', firmId).execute();
  expect(told).toEqual([]);
  expect(entryByKey(fault)?.kind).toBe('transient');
});
