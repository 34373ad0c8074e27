import { FIRM, type Actor, type Path } from './actor.js';

const on = (billId: string, amountCents = 10_000) => [{ billId, amountCents }];
const returned = { version: 2, reversedOn: '2026-11-21' } as const;
const payment = (id: string): string => `payment:${FIRM}:${id}`;

/** The bill of this name is paid in part, by the payment of the same name. */
async function paidBill(actor: Actor, name: string): Promise<void> {
  await actor.done(`L${name}`);
  await actor.paid(`P${name}`, { reference: `P${name}`, allocations: on(`L${name}`) });
}

/** The bookkeeper takes it to the bank. */
async function deposited(actor: Actor, name: string): Promise<void> {
  await paidBill(actor, name);
  const bank = (await actor.qbo.objects('Account')).find(({ Name }) => Name === 'Operating Bank');
  await actor.qbo.bookkeeper('Deposit', {
    TxnDate: '2026-11-21',
    DepositToAccountRef: { value: bank?.Id },
    Line: [
      {
        Amount: 100,
        LinkedTxn: [{ TxnId: await actor.idOf('Payment', `P${name}`), TxnType: 'Payment', TxnLineId: '0' }],
      },
    ],
  });
}

/** Later ones stand on what earlier ones left. */
export const PAYMENT_PATHS: readonly Path[] = [
  {
    name: 'payment-of-two-bills',
    workflow: payment('P10'),
    async play(actor) {
      await actor.done('L10');
      await actor.done('L10b', { client: actor.client('L10') });
      await actor.paid('P10', { allocations: [...on('L10', 4000), ...on('L10b', 6000)] });
    },
  },
  {
    name: 'payment-bounced',
    workflow: payment('P11'),
    async play(actor) {
      await paidBill(actor, '11');
      await actor.paid('P11', { ...returned, state: 'bounced', allocations: on('L11') });
    },
  },
  {
    name: 'payment-received-after-all',
    workflow: payment('P11'),
    play: (actor) => actor.paid('P11', { version: 3, allocations: on('L11') }),
  },
  {
    name: 'payment-refunded',
    workflow: payment('P12'),
    async play(actor) {
      await paidBill(actor, '12');
      await actor.paid('P12', { ...returned, state: 'refunded', allocations: on('L12') });
    },
  },
  {
    name: 'payment-deleted',
    workflow: payment('P13'),
    async play(actor) {
      await paidBill(actor, '13');
      await actor.paid('P13', { version: 2, state: 'deleted', allocations: on('L13') });
    },
  },
  {
    name: 'payment-moved-to-a-bill-generated-anew',
    workflow: payment('P14'),
    async play(actor) {
      await paidBill(actor, '14');
      await actor.bill('L14b', { replaces: 'L14', client: actor.client('L14') });
      await actor.waiting('bill', 'L14b');
      await actor.bill('L14', { version: 2, state: 'void' });
      await actor.waiting('bill', 'L14');
      await actor.payment('P14', { version: 2, allocations: on('L14b'), client: actor.client('L14') });
      await actor.settled('payment', 'P14');
    },
  },
  {
    name: 'bill-voided-once-its-payment-has-left',
    workflow: `bill:${FIRM}:L14`,
    play: (actor) => actor.settled('bill', 'L14'),
  },
  {
    name: 'payment-that-follows-its-bill-to-another-client',
    workflow: payment('P15'),
    async play(actor) {
      await paidBill(actor, '15');
      // QuickBooks has the name of each matter once.
      const matters = [{ matterId: 'M-L15b', number: '2026-L15b', description: 'Engine dispute' }];
      await actor.done('L15', { version: 2, client: actor.client('L14'), matters });
      await actor.settled('payment', 'P15');
    },
  },
  {
    name: 'payment-reversed-as-it-lies-in-a-deposit',
    workflow: payment('P16'),
    async play(actor) {
      await actor.settings({ locked: 'ask' });
      await deposited(actor, '16');
      await actor.payment('P16', { ...returned, state: 'bounced', allocations: on('L16') });
      await actor.decided('payment', 'P16', 'deposited-payment-returned', {
        action: 'reverse-in-open-period',
      });
    },
  },
  {
    name: 'payment-that-stays-in-a-deposit',
    workflow: payment('P17'),
    async play(actor) {
      await deposited(actor, '17');
      await actor.bill('L17', { version: 2, state: 'void' });
      await actor.waiting('bill', 'L17');
      await actor.payment('P17', { version: 2, reference: 'P17', client: actor.client('L17') });
      await actor.decided('payment', 'P17', 'deposited-payment-in-the-way', {
        action: 'reverse-in-open-period',
      });
    },
  },
  {
    name: 'bill-taken-back-around-a-deposited-payment',
    workflow: `bill:${FIRM}:L17`,
    play: (actor) => actor.settled('bill', 'L17'),
  },
];
