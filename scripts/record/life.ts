import type { BillSnapshot } from '../../src/domain/bill.js';
import { payeeId } from '../../src/domain/payee.js';
import type { Stage } from '../demo/stage.js';
import { Actor, FIRM, type Path } from './actor.js';
import { BILL_PATHS } from './bill-path.js';
import { PAYMENT_PATHS } from './payment-path.js';

const timed: Partial<BillSnapshot> = {
  lines: [
    {
      kind: 'time',
      description: 'Drafted the claim',
      date: '2026-11-12',
      timekeeper: 'R. Hale',
      timekeeperId: 'T1',
      hoursThousandths: 1000,
      rateCents: 30_000,
      amountCents: 30_000,
    },
  ],
};
const credits = [{ creditId: 'CN1', date: '2026-11-18', amountCents: 5000, description: 'Goodwill' }];
const writeOffs = [
  {
    writeOffId: 'WO1',
    kind: 'write-off' as const,
    date: '2026-11-19',
    amountCents: 500,
    description: 'Rest',
  },
];

/** In this order: later ones stand on what earlier ones left. */
const PATHS: readonly Path[] = [
  {
    name: 'payment-before-its-bill',
    workflow: `payment:${FIRM}:P0`,
    async play(actor) {
      await actor.payment('P0', { allocations: [{ billId: 'L1', amountCents: 4000 }] });
      await actor.waiting('payment', 'P0');
      await actor.done('L1');
      await actor.settled('payment', 'P0');
    },
  },
  {
    name: 'payment-in-part-then-changed',
    workflow: `payment:${FIRM}:P1`,
    async play(actor) {
      const allocations = [{ billId: 'L1', amountCents: 3000 }];
      await actor.payment('P1', { allocations });
      await actor.settled('payment', 'P1');
      await actor.payment('P1', { version: 2, allocations: [], amountCents: 2000 });
      await actor.settled('payment', 'P1');
    },
  },
  {
    name: 'bill-credited-and-written-off',
    workflow: `bill:${FIRM}:L2`,
    play: (actor) => actor.done('L2', { credits, writeOffs }),
  },
  {
    name: 'bill-voided-with-its-credits',
    workflow: `bill:${FIRM}:L2`,
    play: (actor) => actor.done('L2', { version: 2, state: 'void' }),
  },
  {
    name: 'bill-generated-anew',
    workflow: `bill:${FIRM}:L4`,
    async play(actor) {
      await actor.done('L3');
      await actor.bill('L4', { replaces: 'L3' });
      await actor.waiting('bill', 'L4');
      await actor.done('L3', { version: 2, state: 'void' });
      await actor.settled('bill', 'L4');
    },
  },
  { name: 'bill-with-a-class', workflow: `bill:${FIRM}:L5`, play: (actor) => actor.done('L5', timed) },
  {
    name: 'timekeeper-posted',
    workflow: `timekeeper:${FIRM}:T1`,
    play: (actor) => actor.settled('timekeeper', 'T1'),
  },
  {
    name: 'contact-with-a-matter',
    workflow: `contact:${FIRM}:client-of-L5`,
    play: (actor) => actor.settled('contact', 'client-of-L5'),
  },
  {
    name: 'bill-skipped',
    workflow: `bill:${FIRM}:L6`,
    play: (actor) => actor.done('L6', { issuedOn: '2025-12-31' }),
  },
  {
    name: 'bill-behind-closed-books',
    workflow: `bill:${FIRM}:L7`,
    async play(actor) {
      await actor.bill('L7', { issuedOn: '2026-10-20' });
      await actor.waiting('bill', 'L7');
      await actor.done('L7', { version: 2 });
    },
  },
  {
    name: 'trust-fee-behind-its-bill',
    workflow: `trustTransaction:${FIRM}:F1`,
    async play(actor) {
      await actor.trust('T1', { kind: 'deposit', amountCents: 50_000 });
      await actor.settled('trustTransaction', 'T1');
      await actor.trust('F1', { kind: 'fee', amountCents: 1000, billId: 'L8' });
      await actor.waiting('trustTransaction', 'F1');
      await actor.done('L8');
      await actor.settled('trustTransaction', 'F1');
    },
  },
  {
    name: 'trust-disbursement-until-its-money-clears',
    workflow: `trustTransaction:${FIRM}:D1`,
    async play(actor) {
      const late = { kind: 'deposit', amountCents: 70_000, clearsOn: '2099-01-01' } as const;
      await actor.trust('T2', late);
      await actor.settled('trustTransaction', 'T2');
      await actor.trust('D1', { kind: 'disbursement', amountCents: 100_000, payee: 'Court of Appeal' });
      await actor.waiting('trustTransaction', 'D1');
      await actor.trust('T2', { ...late, version: 2, clearsOn: '2026-11-21' });
      await actor.settled('trustTransaction', 'D1');
    },
  },
  {
    name: 'trust-cheque-taken-back-before-it-is-printed',
    workflow: `trustTransaction:${FIRM}:R1`,
    async play(actor) {
      await actor.trust('T3', { kind: 'deposit', amountCents: 5000 });
      await actor.settled('trustTransaction', 'T3');
      const cheque = { print: true } as const;
      await actor.trust('C1', { kind: 'disbursement', amountCents: 5000, payee: 'Court Reporters', cheque });
      await actor.settled('trustTransaction', 'C1');
      const back = {
        kind: 'reversal',
        reverses: 'C1',
        amountCents: 5000,
        reason: 'Settled out of court',
      } as const;
      await actor.trust('R1', back);
      await actor.settled('trustTransaction', 'R1');
    },
  },
  {
    name: 'trust-cheque-withdrawn',
    workflow: `trustTransaction:${FIRM}:C1`,
    play: (actor) => actor.settled('trustTransaction', 'C1'),
  },
  {
    name: 'contact-that-is-a-payee',
    workflow: `contact:${FIRM}:${payeeId('Court Reporters')}`,
    play: (actor) => actor.settled('contact', payeeId('Court Reporters')),
  },
];

/** Plays all paths on a company of their own, and hands each to who keeps it, before the next begins. */
export async function recordLife(
  stage: Stage,
  keep: (name: string, workflow: string) => Promise<void>,
): Promise<void> {
  const actor = await Actor.open(stage);
  for (const path of [...PATHS, ...PAYMENT_PATHS, ...BILL_PATHS]) {
    await path.play(actor);
    await keep(path.name, path.workflow);
  }
}
