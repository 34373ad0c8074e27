import { aWriteOff, expenseLine, timeLine } from '../builder.js';
import { bill, LEFT_OUT, refuses, send, type CauseStory, type Scene } from '../cause.js';

const closeItem = (Active: boolean) => async (scene: Scene) => {
  const { firm } = scene;
  const item = (await firm.qbo.objects('Item')).find(({ Id }) => Id === firm.items.expense);
  await firm.qbo.bookkeeper('Item', { Id: item?.Id, SyncToken: item?.SyncToken, sparse: true, Active });
};

/** The bill waits for the class of its timekeeper, who is what needs a person. */
async function sendBehind(scene: Scene, sent: Parameters<typeof send>[1]) {
  await send(scene, sent);
  return { firmId: scene.firm.firmId, type: 'timekeeper', id: 'T1' } as const;
}

/** Another item of the firm's, in place of that of expenses. */
const toTime = {
  message: (_parked: unknown, { firm }: Scene) => ({ to: firm.items.time }),
  invoices: ['B1'],
};

export const REFERENCE_STORIES: readonly CauseStory[] = [
  {
    fault: 'no-item-mapped',
    when: 'a bill has a flat fee, and nothing is chosen for these',
    arise: (scene) =>
      send(scene, bill({ lines: [{ kind: 'flat-fee', description: 'Advice', amountCents: 100 }] })),
    names: ['flat-fee'],
    remedies: {
      retry: {
        before: (scene) => scene.settings({ items: { 'flat-fee': scene.firm.items.time } }),
        invoices: ['B1'],
      },
      remap: toTime,
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
      remap: toTime,
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
    names: ['Bill B1', '"Reimbursed expenses"'],
    remedies: {
      retry: { before: closeItem(true), invoices: ['B1'] },
      reactivate: { invoices: ['B1'] },
      remap: toTime,
      exclude: LEFT_OUT,
    },
  },
  {
    fault: 'reference-inactive',
    when: 'an item of a posted bill is made inactive, and the bill is changed',
    async arise(scene) {
      await scene.app.send({ billId: 'B1', lines: [expenseLine()] });
      await closeItem(false)(scene);
      return await send(scene, bill({ version: 2, lines: [expenseLine({ amountCents: 9900 })] }));
    },
    names: ['Bill B1', '"Reimbursed expenses"'],
    remedies: {
      retry: { before: closeItem(true), invoices: ['B1'] },
      reactivate: { invoices: ['B1'] },
      remap: toTime,
      exclude: { invoices: ['B1'] },
    },
  },
  {
    fault: 'linked-object-missing',
    when: 'QuickBooks does not find a posted bill, and nothing that it uses is missing',
    async arise(scene) {
      await scene.app.send({ billId: 'B1', lines: [expenseLine()] });
      const Detail = "Object Not Found : Something you're trying to use has been made inactive.";
      await refuses(scene, 'Invoice', { code: '610', Detail }, '"sparse"');
      return await send(scene, bill({ version: 2, lines: [expenseLine({ amountCents: 9900 })] }));
    },
    names: ['bill B1'],
    remedies: {
      retry: { before: ({ firm }) => firm.qbo.clearFaults(), invoices: ['B1'] },
      adopt: {
        message: async (_parked, { firm }) => ({ qboId: (await firm.qbo.objects('Invoice'))[0]?.Id ?? '' }),
        invoices: ['B1'],
      },
      resync: { invoices: ['B1'] },
      'clear-link': { message: () => ({ as: 'administrator' }), invoices: ['B1'] },
      exclude: { invoices: ['B1'] },
    },
  },
  {
    fault: 'class-gone',
    when: 'the class of a timekeeper was merged into another one',
    preferences: { AccountingInfoPrefs: { ClassTrackingPerTxnLine: true } },
    async arise(scene) {
      const { qbo } = scene.firm;
      const lines = [timeLine({ timekeeperId: 'T1' })];
      await scene.settings({ classes: 'timekeeper' });
      await scene.app.send({ billId: 'B0', lines });
      const [own] = await qbo.objects('Class');
      const other = await qbo.bookkeeper('Class', { Name: 'Litigation' });
      await qbo.merge('Class', own!.Id, other.Id);
      return await sendBehind(scene, bill({ lines }));
    },
    names: ['class', 'R. Hale'],
    remedies: {
      retry: { before: (scene) => scene.settings({ classes: 'off' }), invoices: ['B0', 'B1'] },
      adopt: {
        message: async (_parked, { firm }) => ({
          qboId: (await firm.qbo.objects('Class')).find(({ Name }) => Name === 'Litigation')?.Id ?? '',
          confirm: true,
        }),
        invoices: ['B0', 'B1'],
      },
      recreate: { invoices: ['B0', 'B1'] },
    },
  },
  {
    fault: 'class-inactive',
    when: 'the class of a timekeeper was made inactive',
    preferences: { AccountingInfoPrefs: { ClassTrackingPerTxnLine: true } },
    async arise(scene) {
      const { qbo } = scene.firm;
      const lines = [timeLine({ timekeeperId: 'T1' })];
      await scene.settings({ classes: 'timekeeper' });
      await scene.app.send({ billId: 'B0', lines });
      const [own] = await qbo.objects('Class');
      const { Id, SyncToken, Name } = own!;
      await qbo.bookkeeper('Class', { Id, SyncToken, Name, sparse: true, Active: false });
      return await sendBehind(scene, bill({ lines }));
    },
    names: ['class', 'R. Hale', 'inactive'],
    remedies: {
      retry: { before: (scene) => scene.settings({ classes: 'off' }), invoices: ['B0', 'B1'] },
      reactivate: { invoices: ['B0', 'B1'] },
      adopt: {
        message: async (_parked, { firm }) => ({
          qboId: (await firm.qbo.bookkeeper('Class', { Name: 'Litigation' })).Id,
          confirm: true,
        }),
        invoices: ['B0', 'B1'],
      },
    },
  },
  {
    fault: 'item-without-income-account',
    when: 'an item of a bill has no income account',
    async arise(scene) {
      const Detail = 'There is no income account associated with the item Reimbursed expenses.';
      await refuses(scene, 'Invoice', { code: '6000', Detail }, '"Court fee"');
      return await send(scene, bill());
    },
    names: ['Reimbursed expenses'],
    remedies: {
      retry: { before: ({ firm }) => firm.qbo.clearFaults(), invoices: ['B1'] },
      remap: { ...toTime, before: ({ firm }) => firm.qbo.clearFaults() },
      exclude: LEFT_OUT,
    },
  },
  {
    fault: 'write-off-item-without-income-account',
    when: 'the item of a write-off has no income account',
    async arise(scene) {
      await scene.settings({ items: { 'write-off': scene.firm.items.time } });
      const Detail = 'There is no income account associated with the item Bad Debt.';
      await refuses(scene, 'CreditMemo', { code: '6000', Detail });
      return await send(scene, bill({ writeOffs: [aWriteOff()] }));
    },
    names: ['Bad Debt'],
    remedies: {
      retry: { before: ({ firm }) => firm.qbo.clearFaults(), invoices: ['B1'] },
      exclude: { invoices: ['B1'] },
    },
  },
];
