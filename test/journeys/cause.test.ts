import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RemedyRefused } from '../../src/client.js';
import { REMEDY_NAMES } from '../../src/domain/remedy.js';
import { aBill, aClient, aCredit, expenseLine, timeLine } from '../support/builder.js';
import { billingApp } from '../support/billing-app.js';
import { LEFT_OUT, send, type CauseStory, type Scene } from '../support/cause.js';
import { eventually } from '../support/eventually.js';
import { createWorld, type World } from '../support/world.js';

const bill = (over = {}) => aBill({ billId: 'B1', number: 'B1', lines: [expenseLine()], ...over });

const closeItem = (Active: boolean) => async (scene: Scene) => {
  const { firm } = scene;
  const item = (await firm.qbo.objects('Item')).find(({ Id }) => Id === firm.items.expense);
  await firm.qbo.bookkeeper('Item', { Id: item?.Id, SyncToken: item?.SyncToken, sparse: true, Active });
};

/** The bookkeeper has used a number, on a credit memo of somebody else. */
async function takeNumber({ firm }: Scene, DocNumber: string): Promise<void> {
  const other = await firm.qbo.bookkeeper('Customer', { DisplayName: 'Walk-in client' });
  await firm.qbo.bookkeeper('CreditMemo', {
    DocNumber,
    CustomerRef: { value: other.Id },
    Line: [
      {
        DetailType: 'SalesItemLineDetail',
        Amount: 1,
        SalesItemLineDetail: { ItemRef: { value: firm.items.time } },
      },
    ],
  });
}

const STORIES: CauseStory[] = [
  {
    fault: 'number-too-long',
    when: 'the number of a bill is longer than QuickBooks takes',
    arise: (scene) => send(scene, bill({ number: '2026-000000000000000001042' })),
    names: ['2026-000000000000000001042', '21'],
    remedies: {
      renumber: { message: () => ({ number: '1042' }), invoices: ['1042'] },
      'new-prefix': { message: () => ({ prefix: '' }), invoices: [] },
      retry: { invoices: [] },
      exclude: LEFT_OUT,
    },
  },
  {
    fault: 'reference-missing',
    when: 'lines are mapped to an item that QuickBooks does not have',
    async arise(scene) {
      await scene.settings({ items: { expense: '98765' } });
      return await send(scene, bill());
    },
    names: ['98765'],
    remedies: {
      retry: {
        before: (scene) => scene.settings({ items: { expense: scene.firm.items.expense } }),
        invoices: ['B1'],
      },
      exclude: LEFT_OUT,
    },
  },
  {
    fault: 'reference-inactive',
    when: 'the bookkeeper has made an item inactive',
    async arise(scene) {
      await closeItem(false)(scene);
      return await send(scene, bill());
    },
    names: ['Bill B1'],
    remedies: {
      retry: { before: closeItem(true), invoices: ['B1'] },
      exclude: LEFT_OUT,
    },
  },
  {
    fault: 'number-used-credit-memo',
    when: 'the number of a credit note is taken',
    async arise(scene) {
      await scene.settings({ items: { credit: scene.firm.items.time } });
      await takeNumber(scene, 'K-7');
      return await send(scene, bill({ credits: [aCredit({ number: 'K-7', amountCents: 1000 })] }));
    },
    names: ['K-7'],
    remedies: {
      'new-prefix': { message: () => ({ prefix: 'N-' }), invoices: ['B1'] },
      retry: {
        before: async ({ firm }) => {
          const [memo] = (await firm.qbo.objects('CreditMemo')).filter((one) => one.DocNumber === 'K-7');
          await firm.qbo.bookkeeper('CreditMemo', { Id: memo?.Id, SyncToken: memo?.SyncToken }, 'delete');
        },
        invoices: ['B1'],
      },
      adopt: { message: ({ qboId = '' }) => ({ qboId }), invoices: ['B1'] },
      exclude: { invoices: ['B1'] },
    },
  },
  {
    fault: 'tax-code-missing',
    when: 'a tax of a bill has no code of QuickBooks in a Canadian firm',
    seed: 'canada',
    async arise(scene) {
      const [item] = await scene.firm.qbo.objects('Item');
      await scene.settings({
        tax: 'codes',
        untaxedCode: '4',
        taxCodes: { GST: '5' },
        items: { expense: item?.Id, time: item?.Id },
      });
      const taxes = [{ name: 'HST', ratePerMillion: 130_000, amountCents: 1300 }];
      return await send(scene, bill({ lines: [expenseLine({ amountCents: 10_000, taxes })] }));
    },
    names: ['HST'],
    remedies: {
      retry: {
        before: async (scene) => {
          await scene.settings({ taxCodes: { HST: '7' } });
        },
        invoices: ['B1'],
      },
      exclude: LEFT_OUT,
    },
  },
];

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => world.close());

async function open({ seed }: CauseStory): Promise<Scene> {
  const firm = await world.firm({}, seed);
  const settings = (change: Record<string, unknown>) =>
    world.call('PUT', `/v1/firms/${firm.firmId}/settings`, change);
  return { world, firm, app: billingApp(world, () => firm), settings };
}

describe.each(STORIES)('$fault: $when', (story) => {
  test('parks with words that a person knows, refuses what does not help, and stops nobody else', async () => {
    const scene = await open(story);
    const ref = await story.arise(scene);
    const parked = await scene.app.parked(ref.id);
    expect(parked.fault).toBe(story.fault);
    expect([...parked.allowed].sort()).toEqual(Object.keys(story.remedies).sort());
    for (const name of story.names) expect(`${parked.cause} ${parked.remedy}`).toContain(name);
    expect(`${parked.cause} ${parked.remedy}`).not.toMatch(/[{}[\]]|undefined/);
    const useless = REMEDY_NAMES.find((name) => !parked.allowed.includes(name))!;
    await expect(world.client.remediate(ref, { action: useless })).rejects.toThrow(RemedyRefused);
    if (story.seed !== undefined) return;
    const client = aClient({ clientId: 'C2', name: 'Grace Hopper', email: 'grace@example.com' });
    await scene.app.send({ billId: 'B2', client, lines: [timeLine()] });
    expect(await scene.app.numbered('Invoice', 'B2')).toHaveLength(1);
  });

  test.each(Object.entries(story.remedies))('is remedied by %s', async (action, way) => {
    const scene = await open(story);
    const ref = await story.arise(scene);
    const parked = await scene.app.parked(ref.id);
    await way.before?.(scene);
    // A mending in the settings lets it go on by itself, and a remedy may come too late for it.
    await world.client
      .remediate(ref, {
        action: action as 'retry',
        parkId: parked.parkId,
        by: 'ada',
        ...way.message?.(parked),
      })
      .catch((error: unknown) => {
        if (!(error instanceof RemedyRefused)) throw error;
      });
    await eventually(async () => {
      const numbers = (await scene.firm.qbo.objects('Invoice')).map(({ DocNumber }) => DocNumber);
      expect(numbers).toEqual(way.invoices);
      const isSettled = await world.client.isSettled(ref);
      const again = (await world.client.status(ref)).parked;
      expect(isSettled === true || (again !== undefined && again.parkId !== parked.parkId)).toBe(true);
    });
    expect(await scene.firm.qbo.unbalanced()).toEqual([]);
  });
});
