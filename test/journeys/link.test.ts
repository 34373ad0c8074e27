import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callApi } from '../../scripts/local/office.js';
import { RemedyRefused } from '../../src/client.js';
import type { RemedyMessage } from '../../src/domain/remedy.js';
import { aBill, aPayment, expenseLine } from '../support/builder.js';
import { billingApp, parkedOf, type BillingApp } from '../support/billing-app.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import { runScript } from '../support/script.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
  app = billingApp(world, () => firm);
});
afterAll(async () => world.close());

const FIRST = [expenseLine({ amountCents: 5000 })];
const SECOND = [expenseLine({ amountCents: 6000 })];

/** QuickBooks says that it does not know the id any more: the bill is posted, and its change is refused once. */
async function lose(billId: string): Promise<Record<string, unknown> & { Id: string }> {
  await app.send({ billId, lines: FIRST });
  const [invoice] = await app.numbered('Invoice', billId);
  const Detail = 'The ListID or TxnID that was named does not exist.';
  await firm.qbo.fault('literal', {
    count: 1,
    match: { entity: 'Invoice', method: 'POST', body: `"Id":"${invoice!.Id}"` },
    status: 400,
    body: { Fault: { Error: [{ Message: 'Refused', Detail, code: '3120' }], type: 'ValidationFault' } },
  });
  expect((await app.sendParked({ billId, version: 2, lines: SECOND })).fault).toBe('link-lost');
  return invoice!;
}

const decide = (billId: string, message: Omit<RemedyMessage, 'by'>) =>
  world.client.remediate(app.ref(billId), { by: 'Kim', ...message });

/** As the invoices of that number are in the end: their ids and totals, once the bill is settled. */
async function settled(billId: string) {
  await app.settled(billId);
  return (await app.numbered('Invoice', billId)).map(({ Id, TotalAmt }) => [Id, TotalAmt]);
}

const storyOf = async (billId: string) =>
  (await world.call('GET', `/v1/bill/${firm.firmId}/${billId}/story`)).items as Record<string, unknown>[];

const ADMIN = { as: 'administrator' } as const;

describe('clearing a link', () => {
  test('is an administrator’s right, and over HTTP the token says who is one', async () => {
    await lose('A1');
    await expect(decide('A1', { action: 'clear-link' })).rejects.toThrow(/administrator's right/);
    const path = `/v1/bill/${firm.firmId}/A1/remedies`;
    const message = { action: 'clear-link', as: 'administrator', by: 'Kim' };
    await expect(world.call('POST', path, message)).rejects.toThrow(/409.*administrator's right/);
    const [invoice] = await app.numbered('Invoice', 'A1');
    await firm.qbo.bookkeeper('Invoice', { Id: invoice!.Id, SyncToken: invoice!.SyncToken }, 'delete');
    const apiToken = world.config.http.adminToken!.reveal();
    await callApi({ serverUrl: world.server.url, apiToken }, 'POST', path, { ...message, as: undefined });
    const after = await settled('A1');
    expect(after).toEqual([[expect.not.stringMatching(`^${invoice!.Id}$`), 60]]);
    expect(await storyOf('A1')).toContainEqual(
      expect.objectContaining({
        kind: 'link',
        data: expect.objectContaining({ action: 'clear-link', by: 'Kim', found: 'deleted' }) as object,
      }),
    );
  });

  test('is refused while the record lives, which is shown; keeping it goes on with it', async () => {
    const { Id } = await lose('A2');
    const script = ['--firm', firm.firmId, '--id', 'A2', '--action', 'clear-link', '--administrator'];
    expect((await runScript(world.env, 'send-remedy', ...script)).code).toBe(0);
    const parked = await eventually(async () => {
      const now = await app.parked('A2');
      expect(now.fault).toBe('record-lives');
      return now;
    });
    expect(parked).toMatchObject({ qboId: Id, allowed: ['adopt', 'void-there', 'retry', 'exclude'] });
    expect(parked.cause).toMatch(/invoice A2 of 2026-\d\d-\d\d, 50\.00, Ada Lovelace/);
    expect(parked.qboUrl).toContain(`invoice?txnId=${Id}`);
    await decide('A2', { action: 'retry' });
    expect(await settled('A2')).toEqual([[Id, 60]]);
  });

  test('and voiding it there needs what was seen, confirmed; then it is posted anew, once', async () => {
    const { Id } = await lose('A3');
    const signal = JSON.stringify({ action: 'clear-link', ...ADMIN });
    await world.temporalCli(
      ...[
        'workflow',
        'signal',
        '--workflow-id',
        `bill:${firm.firmId}:A3`,
        '--name',
        'retry',
        '--input',
        signal,
      ],
    );
    await eventually(async () => expect((await app.parked('A3')).fault).toBe('record-lives'));
    const wrong: Omit<RemedyMessage, 'action'>[] = [
      { qboId: Id, confirm: true },
      { ...ADMIN, qboId: Id },
      { ...ADMIN, qboId: '999999', confirm: true },
      { ...ADMIN, confirm: true },
    ];
    for (const message of wrong) {
      await expect(decide('A3', { action: 'void-there', ...message })).rejects.toThrow(RemedyRefused);
    }
    await decide('A3', { action: 'void-there', ...ADMIN, qboId: Id, confirm: true });
    expect(await settled('A3')).toEqual([[Id, 60]]);
    const operations = (await firm.qbo.calls()).filter(
      ({ entity, method, body }) =>
        entity === 'Invoice' && method === 'POST' && body?.includes(`"Id":"${Id}"`),
    );
    expect(operations.map(({ operation }) => operation)).toEqual(['update', 'void', 'update']);
    expect(await firm.qbo.unbalanced()).toEqual([]);
  });

  test('nor is anything created again while it is there: QuickBooks is asked for that too', async () => {
    const { Id } = await lose('A5');
    await decide('A5', { action: 'recreate' });
    await eventually(async () => expect((await app.parked('A5')).fault).toBe('record-lives'));
    await decide('A5', { action: 'retry' });
    expect(await settled('A5')).toEqual([[Id, 60]]);
  });

  test('what money is applied to is not voided there', async () => {
    const { Id } = await lose('A4');
    const [invoice] = await app.numbered('Invoice', 'A4');
    const line = { Amount: 10, LinkedTxn: [{ TxnId: Id, TxnType: 'Invoice' }] };
    await firm.qbo.bookkeeper('Payment', { CustomerRef: invoice!.CustomerRef, TotalAmt: 10, Line: [line] });
    await decide('A4', { action: 'clear-link', ...ADMIN });
    await eventually(async () => expect((await app.parked('A4')).fault).toBe('record-lives'));
    const { parkId } = await app.parked('A4');
    await decide('A4', { action: 'void-there', ...ADMIN, qboId: Id, confirm: true });
    const again = await eventually(async () => {
      const now = await app.parked('A4');
      expect(now.parkId).not.toBe(parkId);
      return now;
    });
    expect(again.cause).toMatch(/Money or a credit is applied to it/);
    await decide('A4', { action: 'retry' });
    expect(await settled('A4')).toEqual([[Id, 60]]);
  });
});

describe('a bill that was entered by hand, and that a person has taken for ours', () => {
  /** With a memo, a note and lines of the bookkeeper's own. */
  async function taken(billId: string) {
    await app.send({ billId: `${billId}-0`, lines: FIRST });
    const [before] = await app.numbered('Invoice', `${billId}-0`);
    const Line = [
      {
        DetailType: 'SalesItemLineDetail',
        Amount: 50,
        SalesItemLineDetail: { ItemRef: { value: firm.items.time } },
      },
    ];
    const { Id } = await firm.qbo.bookkeeper('Invoice', {
      DocNumber: billId,
      TxnDate: aBill().issuedOn,
      CustomerRef: before!.CustomerRef,
      PrivateNote: 'From the engagement letter',
      Line,
    });
    expect((await app.sendParked({ billId, lines: FIRST })).fault).toBe('number-used-bill');
    await decide(billId, { action: 'adopt', qboId: Id });
    await app.settled(billId);
    return Id;
  }

  /** So that its token is not the one that was read. */
  const touch = async (Id: string, change: object) => {
    const [now] = (await firm.qbo.objects('Invoice')).filter((one) => one.Id === Id);
    await firm.qbo.bookkeeper('Invoice', { Id, SyncToken: now!.SyncToken, sparse: true, ...change });
  };

  test('is changed like any other where somebody touches what is not ours', async () => {
    const Id = await taken('H1');
    await touch(Id, { ShipDate: '2026-11-20' });
    const { writes } = await app.send({ billId: 'H1', version: 2, lines: SECOND });
    expect(writes).toEqual(['update Invoice']);
    expect(await settled('H1')).toEqual([[Id, 60]]);
  });

  test('is asked about where somebody has changed what a person took it for', async () => {
    const Id = await taken('H2');
    await touch(Id, { PrivateNote: 'Not agreed' });
    const { fault, cause } = await app.sendParked({ billId: 'H2', version: 2, lines: SECOND });
    expect([fault, cause]).toEqual(['changed-in-quickbooks', expect.stringContaining('Not agreed')]);
    await decide('H2', { action: 'retry' });
    expect(await settled('H2')).toEqual([[Id, 60]]);
  });
});

test('a change without an answer whose record is gone meanwhile is asked about as deleted', async () => {
  await app.send({ billId: 'D1', lines: FIRST });
  const [invoice] = await app.numbered('Invoice', 'D1');
  await firm.qbo.fault('gateway-internal', { count: 1, match: { entity: 'Invoice', method: 'POST' } });
  await firm.qbo.bookkeeper('Invoice', { Id: invoice!.Id }, 'delete');
  const parked = await app.sendParked({ billId: 'D1', version: 2, lines: SECOND });
  expect(parked.fault).toBe('document-deleted');
  await decide('D1', { action: 'recreate' });
  expect(await settled('D1')).toEqual([[expect.not.stringMatching(`^${invoice!.Id}$`), 60]]);
});

describe('resync', () => {
  test('goes on with a record that is there as we left it', async () => {
    const { Id } = await lose('R1');
    await decide('R1', { action: 'resync' });
    expect(await settled('R1')).toEqual([[Id, 60]]);
  });

  test('asks about a record that somebody has changed', async () => {
    const { Id, SyncToken } = await lose('R2');
    await firm.qbo.bookkeeper('Invoice', { Id, SyncToken, sparse: true, TxnDate: '2026-11-03' });
    await decide('R2', { action: 'resync' });
    const parked = await eventually(async () => {
      const now = await app.parked('R2');
      expect(now.fault).toBe('changed-in-quickbooks');
      return now;
    });
    expect(parked.cause).toContain('2026-11-03');
    await decide('R2', { action: 'retry' });
    expect(await settled('R2')).toEqual([[Id, 60]]);
  });

  test('finds the one with our mark that came in its place', async () => {
    const lost = await lose('R3');
    const { Id, SyncToken, DocNumber, TxnDate, CustomerRef, PrivateNote, Line } = lost;
    await firm.qbo.bookkeeper('Invoice', { Id, SyncToken }, 'delete');
    const copy = { DocNumber, TxnDate, CustomerRef, PrivateNote, Line };
    const { Id: newId } = await firm.qbo.bookkeeper('Invoice', copy);
    await decide('R3', { action: 'resync' });
    expect(await settled('R3')).toEqual([[newId, 60]]);
  });

  test('posts anew what is nowhere', async () => {
    const { Id, SyncToken } = await lose('R4');
    await firm.qbo.bookkeeper('Invoice', { Id, SyncToken }, 'delete');
    await decide('R4', { action: 'resync' });
    expect(await settled('R4')).toEqual([[expect.not.stringMatching(`^${Id}$`), 60]]);
  });

  test('of a payment has its bill look for the invoice that is gone, and both are in QuickBooks again', async () => {
    await app.send({ billId: 'R5', lines: FIRST });
    const [invoice] = await app.numbered('Invoice', 'R5');
    await firm.qbo.bookkeeper('Invoice', { Id: invoice!.Id, SyncToken: invoice!.SyncToken }, 'delete');
    const ref = { firmId: firm.firmId, type: 'payment', id: 'P5' } as const;
    const allocations = [{ billId: 'R5', amountCents: 5000 }];
    await world.client.syncPayment(
      aPayment({ firmId: firm.firmId, paymentId: 'P5', amountCents: 5000, allocations }),
    );
    expect((await parkedOf(world, ref)).fault).toBe('applied-transaction-deleted');
    await world.client.remediate(ref, { action: 'resync', by: 'Kim' });
    await settledOf(world.client, ref);
    const [anew, ...more] = await app.numbered('Invoice', 'R5');
    expect([anew?.Balance, more]).toEqual([0, []]);
  });

  test('of a payment that has to leave another bill as well goes before that', async () => {
    const { firmId } = firm;
    await app.send({ billId: 'R7', lines: FIRST });
    await app.send({ billId: 'R8', lines: FIRST });
    const allocations = (...cents: [number, number]) =>
      ['R7', 'R8'].map((billId, index) => ({ billId, amountCents: cents[index]! }));
    const paid = aPayment({
      firmId,
      paymentId: 'P7',
      amountCents: 9000,
      allocations: allocations(4000, 5000),
    });
    const ref = { firmId, type: 'payment', id: 'P7' } as const;
    await world.client.syncPayment(paid);
    await settledOf(world.client, ref);
    const [invoice] = await app.numbered('Invoice', 'R7');
    await firm.qbo.bookkeeper('Invoice', { Id: invoice!.Id }, 'delete');
    await world.client.syncPayment({ ...paid, version: 2, allocations: allocations(4000, 2000) });
    expect((await parkedOf(world, ref)).fault).toBe('applied-transaction-deleted');
    await world.client.remediate(ref, { action: 'resync', by: 'Kim' });
    await settledOf(world.client, ref);
    const open = ['R7', 'R8'].map(async (number) =>
      (await app.numbered('Invoice', number)).map(({ Balance }) => Balance),
    );
    expect(await Promise.all(open)).toEqual([[10], [30]]);
  });

  test('of a payment leaves a write of its bill alone that is under way', async () => {
    await app.send({ billId: 'R6', lines: FIRST });
    await firm.qbo.fault('literal', {
      count: 1,
      match: { entity: 'Payment', method: 'POST' },
      status: 400,
      body: { Fault: { Error: [{ Message: 'Refused', Detail: 'It cannot be linked.', code: '620' }] } },
    });
    const ref = { firmId: firm.firmId, type: 'payment', id: 'P6' } as const;
    const allocations = [{ billId: 'R6', amountCents: 5000 }];
    await world.client.syncPayment(
      aPayment({ firmId: firm.firmId, paymentId: 'P6', amountCents: 5000, allocations }),
    );
    expect((await parkedOf(world, ref)).fault).toBe('transaction-not-linkable');
    const lost = await firm.qbo.hold({ entity: 'Invoice', operation: 'update' });
    const changed = app.send({ billId: 'R6', version: 2, lines: SECOND });
    await lost.caught();
    await world.client.remediate(ref, { action: 'resync', by: 'Kim' });
    await eventually(async () => {
      const { decision } = await world.db
        .selectFrom('document')
        .select('decision')
        .where('firm_id', '=', firm.firmId)
        .where('document_key', '=', 'bill/R6/invoice')
        .executeTakeFirstOrThrow();
      expect(decision).toMatchObject({ action: 'resync' });
    });
    await lost.release('drop');
    await changed;
    await eventually(async () => expect(await world.client.isSettled(ref)).toBe(true));
    expect((await app.numbered('Invoice', 'R6')).map(({ TotalAmt, Balance }) => [TotalAmt, Balance])).toEqual(
      [[60, 10]],
    );
    const asked = await world.db
      .selectFrom('fault')
      .select('fault_key')
      .where('firm_id', '=', firm.firmId)
      .where('aggregate_type', '=', 'bill')
      .where('aggregate_id', '=', 'R6')
      .execute();
    expect(asked).toEqual([]);
  });
});
