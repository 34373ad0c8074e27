import { takeNumber } from '../../../scripts/local/office.js';
import { aCredit } from '../builder.js';
import { bill, LEFT_OUT, send, type CauseStory } from '../cause.js';

export const NUMBER_STORIES: readonly CauseStory[] = [
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
    fault: 'number-used-credit-memo',
    when: 'the number of a credit note is taken',
    async arise(scene) {
      await scene.settings({ items: { credit: scene.firm.items.time } });
      await takeNumber(scene.firm, 'K-7');
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
      'allow-duplicate-number': { invoices: ['B1'] },
      exclude: { invoices: ['B1'] },
    },
  },
];
