import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import { settledOf } from '../support/settled.js';
import { aDisbursement, aTrustTransaction } from '../support/trust.js';
import { entriesOf, linesOf, setUpTrust } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
  await setUpTrust(world, firm);
});
afterAll(async () => world.close());

const send = (snapshot: TrustTransactionSnapshot) =>
  world.call('POST', '/v1/trust-transactions', { ...snapshot, firmId: firm.firmId });
const settled = (id: string) =>
  settledOf(world.client, { firmId: firm.firmId, type: 'trustTransaction', id });

describe('a deposit', () => {
  test('is accepted with the new balance, and stands in the books as one entry in the client’s name', async () => {
    const answer = await send(aTrustTransaction());
    expect(answer).toMatchObject({
      workflowId: `trustTransaction:${firm.firmId}:T1`,
      balances: [
        { accountId: 'IOLTA', clientId: 'C1', matterId: 'M1', acceptedCents: 50_000, postedCents: 0 },
      ],
    });
    await settled('T1');
    const [entry, ...more] = await entriesOf(firm.qbo, 'T1');
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ DocNumber: 'T-T1', TxnDate: '2026-11-10' });
    expect(await linesOf(firm.qbo, entry)).toEqual([
      'Debit 500 Trust Bank (IOLTA)',
      'Credit 500 Client Trust Liability, Ada Lovelace',
    ]);
    const path = `/v1/firms/${firm.firmId}/trust-balances?matterId=M1`;
    expect(await world.call('GET', path)).toMatchObject({
      balances: [{ acceptedCents: 50_000, postedCents: 50_000 }],
    });
  });

  test('sent again changes nothing', async () => {
    await send(aTrustTransaction());
    await settled('T1');
    expect(await entriesOf(firm.qbo, 'T1')).toHaveLength(1);
  });

  test('of a known client costs one write and no read', async () => {
    const before = await firm.qbo.counts();
    await send(aTrustTransaction({ trustTransactionId: 'T2', amountCents: 10_000 }));
    await settled('T2');
    const after = await firm.qbo.counts();
    expect([after.committed - before.committed, after.metered - before.metered]).toEqual([1, 0]);
  });

  test.each(['commit-then-drop', 'drop-before-commit'])('is posted once although %s', async (fault) => {
    await firm.qbo.fault(fault, { match: { entity: 'JournalEntry' } });
    const id = fault.slice(0, 8);
    await send(aTrustTransaction({ trustTransactionId: id }));
    await settled(id);
    expect(await entriesOf(firm.qbo, id)).toHaveLength(1);
  });
});

describe('a disbursement', () => {
  test('that the matter does not hold is refused in the same call, and leaves no trace', async () => {
    const matter = { matterId: 'M9', number: '2026-M9', description: 'Empty' };
    const asked = send(aDisbursement({ trustTransactionId: 'D9', matter }));
    await expect(asked).rejects.toThrow(
      /409 .*"error":"trust-overdraw".*would overdraw its matter: matter 2026-M9 of Ada Lovelace holds 0\.00 at the end of 2026-11-10, which is 500\.00 too little/,
    );
    const ref = { firmId: firm.firmId, type: 'trustTransaction', id: 'D9' } as const;
    expect(await world.client.isSettled(ref)).toBeUndefined();
  });

  test('draws from what is in the books', async () => {
    await send(aDisbursement({ amountCents: 20_000 }));
    await settled('D1');
    expect(await linesOf(firm.qbo, (await entriesOf(firm.qbo, 'D1'))[0])).toEqual([
      'Debit 200 Client Trust Liability, Ada Lovelace',
      'Credit 200 Trust Bank (IOLTA)',
    ]);
  });
});
