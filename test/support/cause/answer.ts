import { expenseLine } from '../builder.js';
import { bill, LEFT_OUT, pay, refuses, send, type CauseStory, type Scene, type Way } from '../cause.js';

/** A bookkeeper has done what the sentences ask for. */
const mended = ({ firm }: Scene) => firm.qbo.clearFaults();

const answered = (
  fault: string,
  when: string,
  [code, Detail]: readonly [string, string],
  names: readonly string[],
): CauseStory => ({
  fault,
  when,
  async arise(scene) {
    await refuses(scene, 'Invoice', { code, Detail }, '"Court fee"');
    return await send(scene, bill());
  },
  names,
  remedies: { retry: { before: mended, invoices: ['B1'] }, exclude: LEFT_OUT },
});

const PAID: Way = { invoices: ['B1'], payments: ['2041'] };

/** What the simulator's books do not bring about by themselves: QuickBooks' answer is put in its mouth. */
export const ANSWER_STORIES: readonly CauseStory[] = [
  answered(
    'reference-deleted',
    'something that a bill uses was deleted, and QuickBooks does not say what',
    ['610', 'Object Not Found : the vendor has been deleted.'],
    ['Bill B1', 'deleted'],
  ),
  answered(
    'tax-calculated-by-quickbooks',
    'QuickBooks calculates the tax of the company itself',
    ['6470', 'Automated sales tax is enabled for this company.'],
    ['bill B1', 'tax'],
  ),
  answered(
    'currency-unsupported',
    'the currency of a bill is none that QuickBooks knows',
    ['2220', 'Unsupported currency code'],
    ['currency', 'billing app'],
  ),
  {
    fault: 'matched-transaction',
    when: 'a posted bill is matched to a line of the bank, and changes',
    async arise(scene) {
      await scene.app.send({ billId: 'B1', lines: [expenseLine()] });
      const Detail = 'It is matched to another transaction.';
      await refuses(scene, 'Invoice', { code: '6480', Detail }, '"sparse"');
      return await send(scene, bill({ version: 2, lines: [expenseLine({ amountCents: 9900 })] }));
    },
    names: ['Bill B1', 'bank'],
    remedies: { retry: { before: mended, invoices: ['B1'] }, exclude: { invoices: ['B1'] } },
  },
  {
    fault: 'transaction-not-linkable',
    when: 'a payment names a bill that QuickBooks does not let it be linked to',
    async arise(scene) {
      await refuses(scene, 'Payment', { code: '620', Detail: 'Transaction cannot be linked.' });
      return await pay(scene);
    },
    names: ['payment 2041 of 125.50'],
    remedies: {
      retry: { ...PAID, before: mended },
      resync: { ...PAID, before: mended },
      exclude: { invoices: ['B1'] },
    },
  },
];
