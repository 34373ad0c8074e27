import type {
  BillSnapshot,
  CreditNote,
  ExpenseLine,
  OtherLine,
  TimeLine,
  WriteOff,
} from '../../src/domain/bill.js';
import type { ContactSnapshot } from '../../src/domain/contact.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import type { Parked } from '../../src/domain/remedy.js';

/** Snapshots for tests: complete and right, with what a test is about laid over them. */

export const aClient = (over: Partial<ContactSnapshot> = {}): ContactSnapshot => ({
  clientId: 'C1',
  version: 1,
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  ...over,
});

export const timeLine = (over: Partial<TimeLine> = {}): TimeLine => ({
  kind: 'time',
  description: 'Drafted the claim',
  date: '2026-11-02',
  timekeeper: 'R. Hale',
  hoursThousandths: 1500,
  rateCents: 30_000,
  amountCents: 45_000,
  ...over,
});

export const expenseLine = (over: Partial<ExpenseLine> = {}): ExpenseLine => ({
  kind: 'expense',
  description: 'Court fee',
  date: '2026-11-03',
  amountCents: 12_550,
  ...over,
});

export const otherLine = (over: Partial<OtherLine> = {}): OtherLine => ({
  kind: 'flat-fee',
  description: 'Incorporation',
  amountCents: 90_000,
  ...over,
});

export const aCredit = (over: Partial<CreditNote> = {}): CreditNote => ({
  creditId: 'CN1',
  date: '2026-11-15',
  amountCents: 10_000,
  description: 'Goodwill',
  ...over,
});

export const aWriteOff = (over: Partial<WriteOff> = {}): WriteOff => ({
  writeOffId: 'WO1',
  kind: 'write-off',
  date: '2026-12-20',
  amountCents: 5000,
  description: 'Small balance',
  ...over,
});

export const aBill = (over: Partial<BillSnapshot> = {}): BillSnapshot => ({
  firmId: 'firm-1',
  billId: 'B1',
  version: 1,
  state: 'approved',
  number: '1042',
  issuedOn: '2026-11-10',
  dueOn: '2026-12-10',
  client: aClient(),
  matters: [{ matterId: 'M1', number: '2026-017', description: 'Engine dispute' }],
  lines: [
    timeLine(),
    timeLine({
      description: 'Call with counsel',
      hoursThousandths: 400,
      rateCents: 25_000,
      amountCents: 10_000,
    }),
    expenseLine(),
  ],
  ...over,
});

/** All of bill B1, as `aBill` makes it. */
export const aPayment = (over: Partial<PaymentSnapshot> = {}): PaymentSnapshot => ({
  firmId: 'firm-1',
  paymentId: 'P1',
  version: 1,
  state: 'received',
  amountCents: 67_550,
  receivedOn: '2026-11-15',
  method: 'Cheque',
  reference: '2041',
  client: aClient(),
  allocations: [{ billId: 'B1', amountCents: 67_550 }],
  ...over,
});

export const aParking = (over: Partial<Parked> = {}): Parked => ({
  parkId: 'P-1',
  fault: 'number-used-bill',
  cause: 'The number is taken.',
  remedy: 'Give it another.',
  allowed: ['renumber', 'new-prefix', 'retry', 'exclude'],
  since: '2026-11-22T08:00:00.000Z',
  ...over,
});
