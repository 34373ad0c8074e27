import { expenseLine } from '../builder.js';
import { LEFT_OUT, pay, refuses, sendPayment, type CauseStory, type Scene, type Way } from '../cause.js';
import { settledOf } from '../settled.js';

const PAID: Way = { invoices: ['B1'], payments: ['2041'] };
const UNPAID: Way = { ...LEFT_OUT, invoices: ['B1'] };

/** The bookkeeper gives the invoice to a customer of that name. */
const giveTo =
  (name: string) =>
  async ({ firm: { qbo } }: Scene) => {
    const [invoice] = await qbo.objects('Invoice');
    const known = (await qbo.objects('Customer')).find(({ DisplayName }) => DisplayName === name);
    const { Id: value } = known ?? (await qbo.bookkeeper('Customer', { DisplayName: name }));
    const { Id, SyncToken } = invoice!;
    await qbo.bookkeeper('Invoice', { Id, SyncToken, sparse: true, CustomerRef: { value } });
  };

const toBank = async (_parked: unknown, { firm }: Scene) => {
  const bank = (await firm.qbo.objects('Account')).find(({ AccountType }) => AccountType === 'Bank');
  return { to: bank?.Id ?? '' };
};

export const PAYMENT_STORIES: readonly CauseStory[] = [
  {
    fault: 'account-missing',
    when: 'payments go to an account that QuickBooks does not have',
    async arise(scene) {
      await scene.settings({ depositAccountId: '98765' });
      return await pay(scene);
    },
    names: ['98765', 'payment 2041 of 125.50'],
    remedies: {
      retry: { ...PAID, before: (scene) => scene.settings({ depositAccountId: null }) },
      remap: { ...PAID, message: toBank },
      exclude: UNPAID,
    },
  },
  {
    fault: 'deposit-account-missing',
    when: 'the account for undeposited funds is gone',
    async arise(scene) {
      const Detail = 'Required parameter DepositToAccountRef is missing in the request';
      await refuses(scene, 'Payment', { code: '2020', Detail, element: 'DepositToAccountRef' });
      return await pay(scene);
    },
    names: ['payment 2041 of 125.50', 'Undeposited Funds'],
    remedies: {
      retry: { ...PAID, before: ({ firm }) => firm.qbo.clearFaults() },
      remap: { ...PAID, before: ({ firm }) => firm.qbo.clearFaults(), message: toBank },
      exclude: UNPAID,
    },
  },
  {
    fault: 'applied-to-other-customer',
    when: 'the bookkeeper has given the invoice to somebody else',
    async arise(scene) {
      await scene.app.send({ billId: 'B1', lines: [expenseLine()] });
      await giveTo('Walk-in client')(scene);
      return await sendPayment(scene);
    },
    names: ['Payment 2041 of 125.50', 'Ada Lovelace'],
    remedies: {
      retry: { ...PAID, before: giveTo('Ada Lovelace') },
      resync: { invoices: ['B1'] },
      exclude: UNPAID,
    },
  },
  {
    fault: 'currency-mixed',
    when: 'a payment is in another currency than its bill',
    seed: 'multicurrency',
    arise: (scene) => pay(scene, { currency: 'EUR' }),
    names: ['Payment 2041 of 125.50'],
    remedies: {
      retry: { ...PAID, before: (scene) => sendPayment(scene, { version: 2 }) },
      exclude: UNPAID,
    },
  },
  {
    fault: 'number-used-journal-entry',
    when: 'money went back, and the number of its entry is taken where the company warns of that',
    async arise(scene) {
      const ref = await pay(scene);
      const { qbo } = scene.firm;
      await settledOf(scene.world.client, ref);
      const accounts = await qbo.objects('Account');
      const [one, other] = accounts.filter(({ AccountType }) => AccountType === 'Income');
      await qbo.switches({ journalDocNumbersUnique: true });
      const line = (PostingType: string, value: unknown) => ({
        DetailType: 'JournalEntryLineDetail',
        Amount: 1,
        JournalEntryLineDetail: { PostingType, AccountRef: { value } },
      });
      const Line = [line('Debit', one?.Id), line('Credit', other?.Id)];
      await qbo.bookkeeper('JournalEntry', { DocNumber: 'R-P1', Line });
      return await sendPayment(scene, { version: 2, state: 'bounced', reversedOn: '2026-11-20' });
    },
    names: ['R-P1'],
    remedies: {
      retry: { ...PAID, before: ({ firm }) => firm.qbo.switches({ journalDocNumbersUnique: false }) },
      exclude: PAID,
    },
  },
];
