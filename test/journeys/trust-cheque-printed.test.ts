import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { aCheque, chequeDesk, chequesOf } from '../support/cheque-books.js';
import { startWebhookReceiver } from '../support/receiver.js';
import { aReversal, aTrustTransaction } from '../support/trust.js';
import { entriesOf, setUpTrust, trustOffice } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let bankAccountId: string;
beforeAll(async () => {
  world = await createWorld({ timing: { chequeRecheckMs: 0, chequeNumberMs: 0 } });
});
afterAll(async () => world.close());
beforeEach(async () => {
  firm = await world.firm();
  ({ bankAccountId } = await setUpTrust(world, firm));
  await office.post(aTrustTransaction());
});
const office = trustOffice(
  () => world,
  () => firm,
);
const { post, settled, parked, balance, remedy } = office;
const { status, cheque, touch, reads, ledger, agrees } = chequeDesk(
  () => world,
  () => firm,
);
const back = (over = {}) => aReversal({ reverses: 'D1', amountCents: 20_000, ...over });

describe('the number of a cheque', () => {
  test('comes back when the bookkeeper prints it, is shown, and is never asked for again', async () => {
    await world.mend();
    const idle = await reads();
    await world.mend();
    expect(await reads()).toBe(idle);
    await post(aCheque());
    expect([await status(), await ledger()]).toEqual([
      { state: 'to-be-printed' },
      [
        ['T1', 'T-T1'],
        ['D1', ''],
      ],
    ]);
    const before = await reads();
    await world.mend();
    expect([await reads(), await status()]).toEqual([before + 1, { state: 'to-be-printed' }]);
    await firm.qbo.printCheques({ startNumber: 7001 });
    await world.mend();
    expect(await status()).toMatchObject({ state: 'printed', number: '7001' });
    expect(await ledger()).toContainEqual(['D1', '7001']);
    const log = (await world.call('GET', `/v1/sync-log?firm=${firm.firmId}&state=printed`)) as {
      items: object[];
    };
    expect(log.items).toMatchObject([{ id: 'D1', data: { number: '7001' } }]);
    const story = await world.call('GET', `/v1/trustTransaction/${firm.firmId}/D1/story`);
    expect(JSON.stringify(story)).toContain('"kind":"printed"');
    const after = await reads();
    await world.mend();
    expect([await reads(), after]).toEqual([before + 3, before + 3]);
    expect((await firm.qbo.counts()).writes).toBe(4);
    await post(aCheque({ version: 2, memo: 'Sent by messenger' }));
    expect(await cheque()).toMatchObject({ DocNumber: '7001', PrintStatus: 'PrintComplete' });
    expect(await status()).toMatchObject({ state: 'printed', number: '7001' });
  });

  test('is told to the billing app, once for each webhook that wants to know it', async () => {
    const hook = await startWebhookReceiver();
    const other = await startWebhookReceiver();
    const subscribe = (over: object) =>
      world.call('POST', '/v1/subscriptions', { firmId: firm.firmId, person: 'Billing app', ...over });
    const wanted = { causes: ['cheque-printed'], channel: 'webhook', address: hook.url };
    await subscribe(wanted);
    await subscribe({ channel: 'webhook', address: other.url });
    await expect(subscribe({ ...wanted, channel: 'email', address: 'kim@example.com' })).rejects.toThrow(
      'cheque-printed goes to webhooks only',
    );
    await post(aCheque());
    await firm.qbo.printCheques({ startNumber: 7001 });
    await world.mend();
    await world.mend();
    const { sync: taskQueue } = world.config.queues;
    await world.temporal.workflow.execute('notify', {
      workflowId: `notify:${taskQueue}`,
      taskQueue,
      args: [],
    });
    expect(hook.received.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
      {
        type: 'cheque.printed',
        data: { firmId: firm.firmId, trustTransactionId: 'D1', number: '7001' },
      },
    ]);
    expect([hook.received[0]?.headers['webhook-signature'], other.received]).toEqual([
      expect.stringMatching(/^v1,/),
      [],
    ]);
    await hook.close();
    await other.close();
  });

  test('of many is asked for in one question', async () => {
    for (const id of ['D1', 'D2', 'D3']) {
      await post(aCheque({ trustTransactionId: id, amountCents: 1000 }));
    }
    await firm.qbo.printCheques();
    const before = await reads();
    await world.mend();
    expect(await Promise.all(['D1', 'D2', 'D3'].map((id) => status(id)))).toMatchObject([
      { number: '1001' },
      { number: '1002' },
      { number: '1003' },
    ]);
    expect(await reads()).toBe(before + 2);
  });

  test('used twice on one bank account is for a person, until it is corrected or allowed', async () => {
    await firm.qbo.preferences({
      OtherPrefs: { NameValue: [{ Name: 'WarnDuplicateCheckNumber', Value: 'false' }] },
    });
    await firm.qbo.bookkeeper('Purchase', {
      PaymentType: 'Check',
      DocNumber: '7001',
      AccountRef: { value: bankAccountId },
      Line: [
        {
          Amount: 5,
          DetailType: 'AccountBasedExpenseLineDetail',
          AccountBasedExpenseLineDetail: { AccountRef: { value: bankAccountId } },
        },
      ],
    });
    await post(aCheque());
    await firm.qbo.printCheques({ startNumber: 7001 });
    await world.mend();
    const { cause, allowed } = await parked('D1', 'cheque-number-twice');
    expect(cause).toContain('under a number, 7001, that another one of the same bank account has');
    expect([allowed, await status()]).toMatchObject([
      ['retry', 'allow-duplicate-number'],
      { state: 'printed', number: '7001' },
    ]);
    await remedy('D1', { action: 'retry' });
    await settled('D1');
    await world.mend();
    await parked('D1', 'cheque-number-twice');
    await touch({ DocNumber: '7002' });
    await world.mend();
    await settled('D1');
    expect(await status()).toMatchObject({ number: '7002' });
    await post(aCheque({ trustTransactionId: 'D2', amountCents: 100 }));
    await firm.qbo.printCheques({ startNumber: 7001 });
    await world.mend();
    await parked('D2', 'cheque-number-twice');
    await remedy('D2', { action: 'allow-duplicate-number' });
    await settled('D2');
    await world.mend();
    expect(await world.client.isSettled(office.refOf('D2'))).toBe(true);
    expect(await status('D2')).toMatchObject({ number: '7001' });
  });

  test('that does not come back although it was printed is for a person, who reads it off the paper', async () => {
    await post(aCheque());
    await touch({ PrintStatus: 'PrintComplete' });
    await world.mend();
    expect((await parked('D1', 'cheque-without-number')).allowed).toEqual(['renumber', 'retry']);
    expect(await status()).toMatchObject({ state: 'printed' });
    await remedy('D1', { action: 'renumber', number: '7009' });
    await settled('D1');
    expect(await cheque()).toMatchObject({ DocNumber: '7009', PrintStatus: 'PrintComplete' });
    expect([await status(), await ledger()]).toMatchObject([
      { number: '7009' },
      expect.arrayContaining([['D1', '7009']]),
    ]);
  });

  test('of a paper that was thrown away is not that of the next one', async () => {
    await post(aCheque());
    await touch({ PrintStatus: 'PrintComplete' });
    await world.mend();
    await parked('D1', 'cheque-without-number');
    await touch({}, 'delete');
    await world.mend();
    await eventually(async () => expect((await parked('D1', 'cheque-gone')).parkId).toBeTruthy());
    await world.db
      .updateTable('trust_transaction')
      .set({ number_override: '7009' })
      .where('firm_id', '=', firm.firmId)
      .where('trust_transaction_id', '=', 'D1')
      .execute();
    await remedy('D1', { action: 'recreate' });
    await settled('D1');
    expect([await status(), (await cheque()).PrintStatus]).toEqual([
      { state: 'to-be-printed' },
      'NeedToPrint',
    ]);
  });

  test('that the bookkeeper enters after all ends the trouble by itself', async () => {
    await post(aCheque());
    await touch({ PrintStatus: 'PrintComplete' });
    await world.mend();
    await parked('D1', 'cheque-without-number');
    await touch({ DocNumber: '7010' });
    await world.mend();
    await settled('D1');
    expect(await status()).toMatchObject({ number: '7010' });
  });
});

describe('a cheque that somebody meddles with in QuickBooks', () => {
  test('deleted is for a person, and created again it is to be printed', async () => {
    await post(aCheque());
    await touch({}, 'delete');
    await world.mend();
    const { cause, allowed } = await parked('D1', 'cheque-gone');
    expect(cause).toContain('to Court of Appeal out of the books in QuickBooks: it is deleted there');
    expect([allowed, await status()]).toEqual([['recreate', 'adopt', 'retry'], { state: 'gone' }]);
    await remedy('D1', { action: 'retry' });
    await eventually(async () => {
      expect((await parked('D1', 'cheque-gone')).parkId).toBeTruthy();
    });
    await remedy('D1', { action: 'recreate' });
    await settled('D1');
    expect([await status(), (await chequesOf(firm.qbo, 'D1')).length]).toEqual([
      { state: 'to-be-printed' },
      1,
    ]);
    expect([await balance(), await agrees()]).toEqual([
      [30_000, 30_000],
      [true, 0],
    ]);
  });

  test('deleted and entered anew by hand is adopted', async () => {
    await post(aCheque());
    const { AccountRef, EntityRef, TxnDate, Line } = await cheque();
    await touch({}, 'delete');
    await world.mend();
    await parked('D1', 'cheque-gone');
    const anew = await firm.qbo.bookkeeper('Purchase', {
      ...{ PaymentType: 'Check', AccountRef, EntityRef, TxnDate, Line },
      DocNumber: '7100',
    });
    await remedy('D1', { action: 'adopt', qboId: anew.Id });
    await settled('D1');
    await world.mend();
    expect(await status()).toMatchObject({ state: 'printed', number: '7100' });
    expect(await agrees()).toEqual([true, 0]);
  });

  test('deleted and taken back leaves the ledger with its reversal, and nothing is posted', async () => {
    await post(aCheque());
    await touch({}, 'delete');
    await world.mend();
    await parked('D1', 'cheque-gone');
    await post(back());
    await settled('D1');
    expect([await balance(), await entriesOf(firm.qbo, 'R1')]).toEqual([[50_000, 50_000], []]);
    expect([await status(), await agrees()]).toEqual([{ state: 'withdrawn' }, [true, 0]]);
  });

  test('changed is for a person, and put right it goes on by itself', async () => {
    await post(aCheque());
    await touch({ TxnDate: '2026-11-19' });
    await world.mend();
    const { cause } = await parked('D1', 'cheque-changed');
    expect(cause).toContain('date: meant 2026-11-10, QuickBooks has 2026-11-19');
    await touch({ TxnDate: '2026-11-10' });
    await world.mend();
    await settled('D1');
    await firm.qbo.printCheques({ startNumber: 7001 });
    await world.mend();
    expect(await status()).toMatchObject({ number: '7001' });
  });

  test('voided after it was printed is for a person', async () => {
    await post(aCheque());
    const note = String((await cheque()).PrivateNote);
    const [line] = (await cheque()).Line as object[];
    await touch({
      Line: [{ ...line, Amount: 0 }],
      PrivateNote: `Voided - ${note}`,
      DocNumber: '7001',
      PrintStatus: 'PrintComplete',
    });
    await world.mend();
    expect((await parked('D1', 'cheque-gone')).cause).toContain('it is voided there');
  });
});
