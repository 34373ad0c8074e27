import { expenseLine } from '../builder.js';
import { bill, LEFT_OUT, send, type CauseStory } from '../cause.js';

export const AMOUNT_STORIES: readonly CauseStory[] = [
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
