import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { QboObject } from '../../scripts/local/simulator-control.js';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import { billingApp, mapAllItems } from '../support/billing-app.js';
import { expenseLine } from '../support/builder.js';
import { aCheque, chequesOf } from '../support/cheque-books.js';
import { aDisbursement, aMatter, aReversal, aTransfer, aTrustTransaction } from '../support/trust.js';
import { entriesOf, setUpTrust, trustOffice } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld({ timing: { booksRecheckMs: 0 } });
});
afterAll(async () => world.close());
const office = trustOffice(
  () => world,
  () => firm,
);
const { send, post, settled, parked, remedy, balance } = office;

const OWN = { matter: aMatter('OWN') };

const aFee = (): TrustTransactionSnapshot => {
  const { payee: _payee, ...fee } = aDisbursement({ kind: 'fee', billId: 'B1', amountCents: 12_550 });
  return fee;
};
const bounced = aReversal({ reverses: 'T8', amountCents: 5_000 });

interface Kind {
  name: string;
  snapshot: TrustTransactionSnapshot;
  /** What it does to matter M1, in cents. */
  movesCents: number;
  isCheque?: true;
  /** What is taken back cannot be taken back again. */
  isFinal?: true;
}

const KINDS: readonly Kind[] = [
  { name: 'deposit', snapshot: aTrustTransaction(), movesCents: 50_000 },
  { name: 'disbursement', snapshot: aDisbursement(), movesCents: -50_000 },
  { name: 'cheque', snapshot: aCheque(), movesCents: -20_000, isCheque: true },
  { name: 'earned fee', snapshot: aFee(), movesCents: -12_550 },
  { name: 'transfer', snapshot: aTransfer(), movesCents: -50_000 },
  {
    name: 'bank charge',
    snapshot: aDisbursement({ kind: 'bank-charge', amountCents: 500, ...OWN }),
    movesCents: 0,
  },
  {
    name: 'interest',
    snapshot: aTrustTransaction({ kind: 'interest', amountCents: 137 }),
    movesCents: 137,
  },
  {
    name: 'opening balance',
    snapshot: aTrustTransaction({ kind: 'opening-balance', date: '2026-01-01' }),
    movesCents: 50_000,
  },
  { name: 'bounced deposit', snapshot: bounced, movesCents: -5_000, isFinal: true },
];

const HELD_CENTS = 95_000;

/** A matter with money, the firm's own line, a bill that is posted, and the payee of cheques. */
beforeEach(async () => {
  firm = await world.firm();
  await mapAllItems(world, firm);
  await setUpTrust(world, firm, { charges: { clientId: 'C1', matterId: 'OWN' } });
  await post(aTrustTransaction({ trustTransactionId: 'T9', amountCents: 90_000 }));
  await post(aTrustTransaction({ trustTransactionId: 'T8', amountCents: 5_000 }));
  await post(aTrustTransaction({ trustTransactionId: 'T7', amountCents: 90_000, ...OWN }));
  await billingApp(world, () => firm).send({ billId: 'B1', lines: [expenseLine()] });
});

const inBooks = async (id: string): Promise<QboObject[]> => [
  ...(await entriesOf(firm.qbo, id)),
  ...(await chequesOf(firm.qbo, id)),
];

const OPEN = { AccountingInfoPrefs: { BookCloseDate: null } };

describe.each(KINDS)('a $name', ({ snapshot, movesCents, isCheque, isFinal }) => {
  const { trustTransactionId: id } = snapshot;
  const afterCents = HELD_CENTS + movesCents;
  const isThereOnce = async (): Promise<void> => {
    await settled(id);
    expect([(await inBooks(id)).length, await balance()]).toEqual([1, [afterCents, afterCents]]);
  };

  test('is there once after an outage, and nobody was asked', async () => {
    await firm.qbo.fault('service-unavailable', { count: 3 });
    await firm.qbo.fault('commit-then-drop', { count: 1, match: { method: 'POST' } });
    await send(snapshot);
    await isThereOnce();
    const { items } = await world.call('GET', `/v1/attention?firm=${firm.firmId}`);
    expect(items).toEqual([]);
  });

  test('has its words changed in place by a newer version, and an older one changes nothing', async () => {
    await post(snapshot);
    const [before] = await inBooks(id);
    await post({ ...snapshot, version: 2, memo: 'Said anew' });
    await post(snapshot);
    const [after] = await inBooks(id);
    expect([after?.Id, String(after?.PrivateNote)]).toEqual([
      before?.Id,
      expect.stringContaining('Said anew'),
    ]);
    await isThereOnce();
  });

  if (isFinal !== true)
    test('is taken back by a reversal that names it', async () => {
      await post(snapshot);
      const { kind: _kind, to: _to, billId: _bill, cheque: _cheque, payee: _payee, ...rest } = snapshot;
      await post({
        ...rest,
        ...{ trustTransactionId: 'R9', kind: 'reversal', reverses: id, reason: 'Entered in error' },
      });
      expect(await balance()).toEqual([HELD_CENTS, HELD_CENTS]);
      // An unprinted cheque is withdrawn instead.
      const [original, reversal] = [await inBooks(id), await inBooks('R9')];
      expect([original.length, reversal.length]).toEqual(isCheque ? [0, 0] : [1, 1]);
      expect(isCheque || String(reversal[0]?.PrivateNote)).toSatisfy(
        (note: unknown) => note === true || String(note).includes(id),
      );
    });

  if (isFinal === true)
    test('is taken back by nothing more', async () => {
      await post(snapshot);
      const again = aReversal({ trustTransactionId: 'R9', reverses: id, amountCents: 5_000 });
      await expect(send(again)).rejects.toThrow('trust-original-unfit');
      await isThereOnce();
    });

  test('waits in closed books, and keeps its day', async () => {
    await firm.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: '2026-11-30' } });
    await send(snapshot);
    const { allowed } = await parked(id, 'closed-period-trust');
    expect(allowed).not.toContain('move-date');
    await firm.qbo.preferences(OPEN);
    await remedy(id, { action: 'retry' });
    await isThereOnce();
    expect((await inBooks(id))[0]?.TxnDate).toBe(snapshot.date);
  });

  test('waits for an account that somebody made inactive, and makes it active again', async () => {
    const owed = (await firm.qbo.objects('Account')).find(({ Name }) => Name === 'Client Trust Liability');
    await firm.qbo.bookkeeper('Account', { Id: owed?.Id, Active: false });
    await send(snapshot);
    const { cause } = await parked(id, 'reference-inactive');
    expect(cause).toContain('Client Trust Liability');
    expect(await inBooks(id)).toEqual([]);
    await remedy(id, { action: 'reactivate' });
    await isThereOnce();
  });

  if (isCheque !== true)
    test('gets another number where its own is used', async () => {
      await firm.qbo.switches({ journalDocNumbersUnique: true });
      const [used] = await entriesOf(firm.qbo, 'T9');
      await firm.qbo.bookkeeper('JournalEntry', { DocNumber: `T-${id}`, Line: used?.Line });
      await send(snapshot);
      await parked(id, 'number-used-journal-entry');
      await remedy(id, { action: 'renumber', number: `T-${id}-2` });
      await isThereOnce();
    });
});
