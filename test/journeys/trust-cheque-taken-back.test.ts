import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aCheque, chequeDesk, chequesOf } from '../support/cheque-books.js';
import { aReversal, aTrustTransaction } from '../support/trust.js';
import { entriesOf, setUpTrust, trustOffice } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld({ timing: { chequeRecheckMs: 0, chequeNumberMs: 0 } });
});
afterAll(async () => world.close());
beforeEach(async () => {
  firm = await world.firm();
  await setUpTrust(world, firm);
  await office.post(aTrustTransaction());
});
const office = trustOffice(
  () => world,
  () => firm,
);
const { send, post, settled, parked, balance, remedy } = office;
const { status, touch, reads, ledger, agrees } = chequeDesk(
  () => world,
  () => firm,
);
const back = (over = {}) => aReversal({ reverses: 'D1', amountCents: 20_000, ...over });

describe('a cheque that is taken back', () => {
  test('before it was printed is deleted, and both leave the ledger whole', async () => {
    await post(aCheque());
    await send(back());
    await settled('R1');
    await settled('D1');
    expect([await chequesOf(firm.qbo, 'D1'), await entriesOf(firm.qbo, 'R1')]).toEqual([[], []]);
    expect([await balance(), await ledger(), await status()]).toEqual([
      [50_000, 50_000],
      [['T1', 'T-T1']],
      { state: 'withdrawn' },
    ]);
    for (const on of ['2026-11-10', '2026-11-11', '2026-11-12']) expect(await agrees(on)).toEqual([true, 0]);
    await expect(send(aCheque({ version: 2, amountCents: 1 }))).rejects.toThrow('409');
    await post(aCheque({ version: 2, memo: 'Too late' }));
    expect([await chequesOf(firm.qbo, 'D1'), await balance()]).toEqual([[], [50_000, 50_000]]);
    const before = await reads();
    await world.mend();
    expect(await reads()).toBe(before);
  });

  test('after it was printed stays, and the reversal is an entry', async () => {
    await post(aCheque());
    await firm.qbo.printCheques();
    await world.mend();
    await post(back());
    expect(await chequesOf(firm.qbo, 'D1')).toHaveLength(1);
    expect(await office.lines('R1')).toEqual([
      'Credit 200 Client Trust Liability, Ada Lovelace',
      'Debit 200 Trust Bank (IOLTA)',
    ]);
    expect([await balance(), await agrees()]).toEqual([
      [50_000, 50_000],
      [true, 0],
    ]);
  });

  test('and deleted by hand after its reversal was posted is for a person: only one half of it is there', async () => {
    await post(aCheque());
    await touch({ PrintStatus: 'PrintComplete', DocNumber: '7001' });
    await world.mend();
    await post(back());
    await world.db
      .updateTable('trust_cheque')
      .set({ looked_at: sql<Date>`'-infinity'` })
      .where('firm_id', '=', firm.firmId)
      .execute();
    await touch({}, 'delete');
    await world.mend();
    await parked('D1', 'cheque-gone');
    await send(back({ version: 2, memo: 'Asked for by the client' }));
    await settled('R1');
    expect([await balance(), await status()]).toMatchObject([
      [50_000, 50_000],
      { state: 'gone', number: '7001' },
    ]);
    await remedy('D1', { action: 'recreate' });
    await settled('D1');
    expect([(await chequesOf(firm.qbo, 'D1')).length, await agrees()]).toEqual([1, [true, 0]]);
  });

  test('while the bookkeeper prints it is not deleted: the reversal is an entry then', async () => {
    await post(aCheque());
    await firm.qbo.printCheques({ startNumber: 7001 });
    await post(back());
    await settled('D1');
    expect(await chequesOf(firm.qbo, 'D1')).toHaveLength(1);
    expect(await entriesOf(firm.qbo, 'R1')).toHaveLength(1);
    await world.mend();
    expect([await status(), await balance()]).toMatchObject([{ number: '7001' }, [50_000, 50_000]]);
    expect(await agrees()).toEqual([true, 0]);
  });

  test.each(['commit-then-drop', 'drop-before-commit'])('is deleted once although %s', async (fault) => {
    await post(aCheque());
    await firm.qbo.fault(fault, { match: { entity: 'Purchase', operation: 'delete' } });
    await post(back());
    await settled('D1');
    expect([await chequesOf(firm.qbo, 'D1'), await balance()]).toEqual([[], [50_000, 50_000]]);
    expect(await entriesOf(firm.qbo, 'R1')).toEqual([]);
  });

  test('in closed books waits for a person, and goes on when they are open', async () => {
    await post(aCheque());
    await firm.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: '2026-11-10' } });
    await world.db
      .updateTable('company')
      .set({ profile_due_at: new Date(0) })
      .where('firm_id', '=', firm.firmId)
      .execute();
    await send(back());
    await parked('D1', 'closed-period-trust-correction');
    expect(await chequesOf(firm.qbo, 'D1')).toHaveLength(1);
    await firm.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: null } });
    await remedy('D1', { action: 'retry' });
    await settled('R1');
    expect([await chequesOf(firm.qbo, 'D1'), await balance()]).toEqual([[], [50_000, 50_000]]);
  });
});
