import { describe, expect, test } from 'vitest';
import type { Call, Commit } from '../../scripts/local/simulator-control.js';
import { SimulatorControl } from '../../scripts/local/simulator-control.js';
import { fallsShort, TrustBook } from '../../scripts/storm-trust/book.js';
import { Calendar } from '../../scripts/storm-trust/day.js';
import { familiesOf } from '../../scripts/storm-trust/life.js';
import { examine } from '../../scripts/storm-trust/prefix.js';
import type { TrustFirm } from '../../scripts/storm-trust/stage.js';
import { summary } from '../../scripts/storm-trust/verdict.js';
import { aDisbursement, aMatter, aReversal, aTransfer, aTrustTransaction } from '../support/trust.js';

const BANK = '41';
const OWED = '42';

const aFirm = (): TrustFirm => ({
  ...{ firmId: 'firm-1', qbo: new SimulatorControl('http://127.0.0.1:1', '1') },
  items: { time: '1', expense: '2' },
  accounts: [{ accountId: 'IOLTA', bankId: BANK, liabilityId: OWED, isTagged: true, isPerClient: false }],
  ...{ adopted: new Map(), renumbered: [], below: new Map() },
  ...{ book: new TrustBook(), done: [], hasMatterCustomers: false, calendar: new Calendar('2026-11-22') },
});

let seq = 0;
/** As the simulator tells of one: so much from one account to the other. */
const commit = (
  mark: string,
  id: string,
  debit: string,
  credit: string,
  cents: number,
  over = {},
): Commit => {
  const side = (PostingType: string, value: string) => ({
    Amount: cents / 100,
    JournalEntryLineDetail: { PostingType, AccountRef: { value } },
  });
  const object = {
    ...{ Id: id, SyncToken: '0', TxnDate: '2026-11-10', PrivateNote: `${mark} (words)`, deleted: false },
    Line: [side('Debit', debit), side('Credit', credit)],
    ...over,
  };
  return { seq: (seq += 1), entity: 'JournalEntry', operation: 'create', object };
};
const deposit = commit('trust/T1/entry', '101', BANK, OWED, 50_000);
const disbursement = commit('trust/D1/entry', '102', OWED, BANK, 50_000);

describe('what QuickBooks has received', () => {
  test('is looked at after each write, and names the one that came too early', () => {
    const firm = aFirm();
    for (const one of [aTrustTransaction(), aDisbursement()]) firm.book.take(one);
    expect(examine([deposit, disbursement], firm)).toEqual({ writes: 2, negative: [], strange: [] });
    const { negative } = examine([disbursement, deposit], firm);
    expect(negative).toEqual([
      expect.stringMatching(/^D1: IOLTA\/C1\/M1 was below zero after QuickBooks took it as 102/),
    ]);
  });

  test('counts at the end of each day', () => {
    const firm = aFirm();
    for (const one of [aTrustTransaction(), aDisbursement()]) firm.book.take(one);
    const early = commit('trust/D1/entry', '102', OWED, BANK, 50_000, { TxnDate: '2026-11-09' });
    expect(examine([deposit, early], firm).negative).toHaveLength(1);
  });

  test('may be a cheque, until that is deleted', () => {
    const firm = aFirm();
    for (const one of [aTrustTransaction(), aDisbursement()]) firm.book.take(one);
    const line = { Amount: 500, AccountBasedExpenseLineDetail: { AccountRef: { value: OWED } } };
    const paper = { ...commit('trust/D1/entry', '102', '', '', 0, { Line: [line] }), entity: 'Purchase' };
    expect(examine([paper, deposit], firm).negative).toEqual([expect.stringMatching(/^D1: IOLTA\/C1\/M1/)]);
    const other = { ...paper, object: { ...paper.object, Id: '103' } };
    expect(examine([deposit, paper, other], firm).negative).toHaveLength(1);
    expect(examine([deposit, paper, { ...paper, operation: 'delete' }, other], firm).negative).toEqual([]);
  });

  test('of a transfer leaves the one matter and reaches the other', () => {
    const firm = aFirm();
    const back = aReversal({ trustTransactionId: 'R1', reverses: 'X1', date: '2026-11-10' });
    const other = aDisbursement({ matter: aMatter('M2') });
    for (const one of [aTrustTransaction(), aTransfer(), other, back]) firm.book.take(one);
    const transfer = commit('trust/X1/entry', '103', OWED, OWED, 50_000);
    const taken = commit('trust/R1/entry', '104', OWED, OWED, 50_000);
    expect(examine([deposit, transfer, disbursement], firm).negative).toEqual([]);
    expect(examine([deposit, disbursement, transfer], firm).negative).toHaveLength(1);
    expect(examine([deposit, transfer, taken], firm).negative).toEqual([]);
    expect(examine([deposit, transfer, disbursement, taken], firm).negative).toEqual([
      expect.stringMatching(/^R1: IOLTA\/C1\/M2/),
    ]);
  });

  test('leaves out what a bookkeeper did, and lets a recorded overdraw be', () => {
    const firm = aFirm();
    for (const one of [aTrustTransaction(), aDisbursement()]) firm.book.take(one);
    firm.done.push({
      deed: 'amount',
      accountId: 'IOLTA',
      qboId: '101',
      token: '1',
      trustTransactionId: 'T1',
    });
    const less = commit('trust/T1/entry', '101', BANK, OWED, 1, { SyncToken: '1' });
    const update = { ...less, operation: 'update' } as const;
    expect(examine([deposit, update, disbursement], firm).negative).toEqual([]);
    // Printed, or written by us in other words, it has his amount still.
    const later = { ...update, object: { ...less.object, SyncToken: '2' } };
    expect(examine([deposit, update, later, disbursement], firm).negative).toEqual([]);
    const bounced = commit('trust/R1/entry', '105', OWED, BANK, 50_000);
    firm.book.take(aReversal({ date: '2026-11-10' }), true);
    expect(examine([deposit, disbursement, bounced], firm).negative).toEqual([]);
    firm.book.said.get('R1')!.overdraws = false;
    expect(examine([deposit, disbursement, bounced], firm).negative).toHaveLength(1);
  });

  test('may have been on its way when an overdraw was recorded, and not have been sent after it', () => {
    const firm = aFirm();
    for (const one of [aTrustTransaction(), aDisbursement()]) firm.book.take(one);
    firm.book.take(aReversal({ date: '2026-11-10' }), true);
    const bounced = commit('trust/R1/entry', '105', OWED, BANK, 50_000);
    const call = (id: string, place: number) =>
      ({ method: 'POST', seq: place, body: `{"PrivateNote":"trust/${id}/entry (words)"}` }) as Call;
    const negative = (...calls: Call[]) =>
      examine([deposit, bounced, disbursement], firm, calls).negative.length;
    expect(negative(call('D1', 1), call('R1', 2), call('D1', 3))).toBe(0);
    expect(negative(call('R1', 1), call('D1', 2))).toBe(1);
    expect(negative()).toBe(1);
  });

  test('that nobody has said is strange', () => {
    expect(examine([disbursement], aFirm()).strange).toEqual([
      'D1: QuickBooks has it as 102, and it was never taken',
    ]);
  });
});

describe('the billing app’s own book', () => {
  test('knows what has to be refused, by day and by sum', () => {
    const book = new TrustBook();
    book.take(aTrustTransaction());
    expect(book.hasMoneyFor(aDisbursement())).toBe(true);
    expect(book.hasMoneyFor(aDisbursement({ amountCents: 50_001 }))).toBe(false);
    expect(book.hasMoneyFor(aDisbursement({ date: '2026-11-09' }))).toBe(false);
    book.take(aDisbursement({ date: '2026-11-20' }));
    expect(book.hasMoneyFor(aDisbursement({ trustTransactionId: 'D2', amountCents: 1 }))).toBe(false);
    expect(book.hasMoneyFor(aReversal())).toBe(false);
    expect(book.hasMoneyFor(aTrustTransaction({ version: 2, amountCents: 49_999 }))).toBe(false);
    expect(book.hasMoneyFor(aTrustTransaction({ version: 2, amountCents: 50_001 }))).toBe(true);
    expect([book.balance('IOLTA/C1/M1'), book.heldIn('IOLTA'), book.heldIn('IOLT')]).toEqual([0, 0, 0]);
  });

  test('does not complain of a ledger that gets no worse', () => {
    const short = { ledger: 'L', on: '2026-11-10', cents: -5 };
    expect(fallsShort([short], [short])).toBe(false);
    expect(fallsShort([short], [short, { ...short, cents: 3 }])).toBe(false);
    expect(fallsShort([short], [short, { ...short, cents: -1 }])).toBe(true);
  });
});

describe('the lives of a storm', () => {
  test('are the same for the same seed, and of as many matters as were asked for', () => {
    expect(familiesOf(7, 40, 2)).toEqual(familiesOf(7, 40, 2));
    expect(familiesOf(8, 40, 2)).not.toEqual(familiesOf(7, 40, 2));
    for (const size of [2, 3, 10, 300]) {
      const matters = familiesOf(size, size, 2).map((one) => one.matters);
      expect(matters.reduce((sum, one) => sum + one, 0)).toBe(size);
      expect(Math.min(...matters)).toBeGreaterThan(1);
    }
  });

  test('have everything in them that a storm is for', () => {
    const moves = familiesOf(3, 300, 2).flatMap((family) => family.moves);
    expect(new Set(moves.map((move) => move.do)).size).toBe(18);
    const papers = moves.flatMap((move) => (move.do === 'disbursement' ? [move.paper] : []));
    expect(new Set(papers).size).toBe(4);
    const deeds = moves.flatMap((move) => (move.do === 'meddle' ? [move.deed] : []));
    expect(new Set(deeds).size).toBe(5);
  });

  test('end with a line that says everything that the exit code stands for', () => {
    const verdict = {
      ...{ posted: 9, parked: 0, duplicates: 0, lost: 2, unexplained: 0, negative: 1 },
      ...{ writes: 10, complaints: [] },
    };
    expect(summary(verdict)).toBe('posted 9 parked 0 duplicates 0 lost 2 unexplained 0 negative 1');
  });
});
