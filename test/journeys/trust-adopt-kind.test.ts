import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { QboObject } from '../../scripts/local/simulator-control.js';
import type { AdoptableType } from '../../src/domain/trust/adoption/record.js';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import { adopting, adoptionDesk, bookkeeperOf } from '../support/adoption-books.js';
import { aDisbursement, aMatter, aReversal, aTransfer, aTrustTransaction } from '../support/trust.js';
import { entriesOf, setUpTrust, trustOffice } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let accounts: { bankAccountId: string; liabilityAccountId: string };
let ada: string;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => world.close());
const office = trustOffice(
  () => world,
  () => firm,
);
const { send, post, settled, parked, remedy, balance } = office;
const typed = bookkeeperOf(
  () => firm,
  () => accounts,
);
const { taken, reconciled, committed, told } = adoptionDesk(
  () => world,
  () => firm,
  office,
);

const OWN = { matter: aMatter('OWN') };
const OPENED = '2026-01-01';

interface Kind {
  name: string;
  snapshot: TrustTransactionSnapshot;
  type: AdoptableType;
  /** What somebody has entered in QuickBooks for it. */
  enter: () => Promise<QboObject>;
  /** What it does to matter M1, in cents. */
  movesCents: number;
  /** Lines of the record that are its alone. */
  lines: string[];
  /** What is taken back cannot be taken back again. */
  isFinal?: true;
  /** It holds money of others, too. */
  isShared?: true;
}

const interest = aTrustTransaction({ kind: 'interest', amountCents: 137 });
const opening = aTrustTransaction({ kind: 'opening-balance', date: OPENED });
const charge = aDisbursement({ kind: 'bank-charge', amountCents: 500, ...OWN });
const bounced = aReversal({ reverses: 'T8', amountCents: 5_000, date: '2026-11-10' });

const KINDS: readonly Kind[] = [
  {
    ...{ name: 'deposit in an entry', snapshot: aTrustTransaction(), type: 'JournalEntry' },
    ...{ enter: () => typed.journal([[500, ada]]), movesCents: 50_000, lines: ['1'] },
  },
  {
    ...{ name: 'deposit among others', snapshot: aTrustTransaction(), type: 'Deposit', isShared: true },
    enter: async () =>
      typed.deposit([
        [300, await typed.customer('Bob Cratchit')],
        [500, ada],
      ]),
    ...{ movesCents: 50_000, lines: ['2'] },
  },
  {
    ...{ name: 'deposit as a transfer', snapshot: aTrustTransaction(), type: 'Transfer' },
    ...{ enter: () => typed.transfer(500), movesCents: 50_000, lines: [''] },
  },
  {
    ...{ name: 'disbursement in a cheque', snapshot: aDisbursement(), type: 'Purchase' },
    ...{ enter: () => typed.cheque([[500, ada]], '1001'), movesCents: -50_000, lines: ['1'] },
  },
  {
    ...{ name: 'disbursement in an entry', snapshot: aDisbursement(), type: 'JournalEntry' },
    ...{ enter: () => typed.journal([[500, ada]], { out: true }), movesCents: -50_000, lines: ['1'] },
  },
  {
    ...{ name: 'disbursement as a transfer', snapshot: aDisbursement(), type: 'Transfer' },
    ...{ enter: () => typed.transfer(500, { out: true }), movesCents: -50_000, lines: [''] },
  },
  {
    ...{ name: 'transfer between matters', snapshot: aTransfer(), type: 'JournalEntry' },
    ...{ enter: () => typed.within(500, ada, ada), movesCents: -50_000, lines: ['0', '1'] },
  },
  {
    ...{ name: 'bank charge in an expense', snapshot: charge, type: 'Purchase' },
    ...{ enter: () => typed.cheque([[5, ada]], '1002'), movesCents: 0, lines: ['1'] },
  },
  {
    ...{ name: 'interest in a deposit', snapshot: interest, type: 'Deposit' },
    ...{ enter: () => typed.deposit([[1.37, undefined]]), movesCents: 137, lines: ['1'] },
  },
  {
    ...{ name: 'opening balance', snapshot: opening, type: 'JournalEntry' },
    enter: async () => {
      await typed.journal([[500]], { on: '2025-12-31' });
      return await typed.within(500, undefined, ada, OPENED);
    },
    ...{ movesCents: 50_000, lines: ['1'] },
  },
  {
    ...{ name: 'bounced deposit in a cheque', snapshot: bounced, type: 'Purchase', isFinal: true },
    ...{ enter: () => typed.cheque([[50, ada]], '1003'), movesCents: -5_000, lines: ['1'] },
  },
];

const HELD_CENTS = 95_000;

/** A matter with money, and the firm's own line. */
beforeEach(async () => {
  firm = await world.firm();
  accounts = await setUpTrust(world, firm, { charges: { clientId: 'C1', matterId: 'OWN' } });
  await post(aTrustTransaction({ trustTransactionId: 'T9', amountCents: 90_000 }));
  await post(aTrustTransaction({ trustTransactionId: 'T8', amountCents: 5_000 }));
  await post(aTrustTransaction({ trustTransactionId: 'T7', amountCents: 90_000, ...OWN }));
  ada = await typed.customer('Ada Lovelace');
});

describe.each(KINDS)('a $name', ({ snapshot, type, enter, movesCents, lines, isFinal, isShared }) => {
  const { trustTransactionId: id } = snapshot;
  const afterCents = HELD_CENTS + movesCents;
  const READ = { entity: type, operation: 'read' };
  let theirs: QboObject;
  let before: number;
  let meant: TrustTransactionSnapshot;
  beforeEach(async () => {
    theirs = await enter();
    before = await committed();
    meant = { ...snapshot, ...adopting(theirs.Id, type) };
  });

  /** Lines, ledger and story say it once, nothing was written, and what is left apart is what nobody has adopted. */
  const isTakenOnce = async (): Promise<void> => {
    await settled(id);
    expect(await taken(id)).toEqual(lines.map((line) => `${type} ${theirs.Id} ${line}`.trim()));
    expect([await told(id), await entriesOf(firm.qbo, id)]).toMatchObject([[{ qboId: theirs.Id }], []]);
    expect([await committed(), await balance()]).toEqual([before, [afterCents, afterCents]]);
    const { agrees, differences } = (await reconciled()) as { agrees: boolean; differences: object[] };
    // Another client's share of the same deposit is nobody's here.
    const shared = expect.objectContaining({
      kind: 'foreign',
      entry: expect.objectContaining({ qboId: theirs.Id }) as object,
    }) as object;
    expect([agrees, differences]).toEqual(isShared ? [false, [shared]] : [true, []]);
  };

  test('is adopted once after an outage with a lost answer, and nobody was asked', async () => {
    await firm.qbo.fault('service-unavailable', { count: 2, match: READ });
    const lost = await firm.qbo.hold(READ, 'after-commit');
    await send(meant);
    await lost.caught();
    await firm.qbo.fault('throttled', { count: 1, match: READ });
    await lost.release('drop');
    await settled(id);
    expect((await world.call('GET', `/v1/attention?firm=${firm.firmId}`)).items).toEqual([]);
    await isTakenOnce();
  });

  test('is adopted once while newer words come, and an older version changes nothing', async () => {
    const held = await firm.qbo.hold(READ, 'after-commit');
    await send(meant);
    await held.caught();
    await send({ ...meant, version: 2, memo: 'Said anew' });
    await send(meant);
    await held.release();
    await isTakenOnce();
  });

  test('is not adopted for a newer version of another amount', async () => {
    const held = await firm.qbo.hold(READ, 'after-commit');
    await send(meant);
    await held.caught();
    const other = isFinal ? { reason: 'Said anew' } : { amountCents: snapshot.amountCents - 1 };
    await send({ ...meant, version: 2, ...other });
    await held.release();
    if (isFinal) {
      await isTakenOnce();
      return;
    }
    await parked(id, 'trust-adopt-unfit');
    expect([await taken(id), await committed()]).toEqual([[], before]);
    await send({ ...meant, version: 3 });
    await isTakenOnce();
  });

  test('that is changed afterwards is named by a reconciliation, and asked about when it is said again', async () => {
    await send(meant);
    await isTakenOnce();
    await firm.qbo.bookkeeper(type, { Id: theirs.Id, SyncToken: theirs.SyncToken }, 'delete');
    const { differences } = (await reconciled()) as { differences: object[] };
    expect(differences).toContainEqual(expect.objectContaining({ kind: 'missing', trustTransactionId: id }));
    await send({ ...meant, version: 2, memo: 'Said anew' });
    await parked(id, 'trust-adopted-changed');
    await remedy(id, { action: 'recreate', by: 'kim' });
    await settled(id);
    const posted = await entriesOf(firm.qbo, id);
    expect([posted.length, await taken(id), await balance()]).toEqual([1, [], [afterCents, afterCents]]);
    expect(await reconciled()).toMatchObject({ agrees: true, differences: [] });
  });

  if (isFinal !== true)
    test('is taken back by an entry of ours, and its line stays taken', async () => {
      await send(meant);
      await isTakenOnce();
      const { kind: _kind, to: _to, payee: _payee, adopts, ...rest } = { payee: '', ...meant };
      await post({
        ...rest,
        ...{ trustTransactionId: 'R9', kind: 'reversal', reverses: id, reason: 'Entered in error' },
      });
      expect([(await entriesOf(firm.qbo, 'R9')).length, await balance()]).toEqual([
        1,
        [HELD_CENTS, HELD_CENTS],
      ]);
      const again = { ...snapshot, trustTransactionId: 'A9', ...(adopts && { adopts }) };
      await send(again);
      const { cause } = await parked('A9', 'trust-adopt-unfit');
      expect(cause).toContain(`stands for trust/${id}/entry already`);
    });
});
