import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SimulatorControl } from '../../scripts/local/simulator-control.js';
import { RemedyRefused } from '../../src/client.js';
import type { RemedyMessage } from '../../src/domain/remedy.js';
import { expenseLine } from '../support/builder.js';
import { billingApp, parkedOf, type BillingApp } from '../support/billing-app.js';
import { eventually } from '../support/eventually.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
/** The books that the firm is connected to in the end, with an invoice of a stranger under the very id of ours. */
let other: SimulatorControl;
let strangers: string;

beforeAll(async () => {
  world = await createWorld();
  app = billingApp(world, () => firm);
});
afterAll(async () => world.close());

const LINES = [expenseLine({ amountCents: 5000 })];

async function move(): Promise<void> {
  const company = await world.unconnectedFirm();
  other = company.qbo;
  const { Id: value } = await other.bookkeeper('Customer', { DisplayName: 'A stranger' });
  const [item] = (await other.objects('Item')).filter(({ Name }) => Name === 'Legal services');
  const line = {
    DetailType: 'SalesItemLineDetail',
    Amount: 77,
    SalesItemLineDetail: { ItemRef: { value: item!.Id } },
  };
  const [ours] = await app.numbered('Invoice', 'B1');
  strangers = ours!.Id;
  const theirs = await other.bookkeeper('Invoice', {
    CustomerRef: { value },
    DocNumber: 'S-1',
    Line: [line],
  });
  expect(theirs.Id).toBe(strangers);
  await world.connect({ firmId: firm.firmId, qbo: other });
}

/** A posted bill is parked for the loss of its link, and then the firm goes over to other books. */
beforeEach(async () => {
  firm = await world.firm();
  await app.send({ billId: 'B1', lines: LINES });
  const Detail = 'The ListID or TxnID that was named does not exist.';
  await firm.qbo.fault('literal', {
    count: 1,
    match: { entity: 'Invoice', method: 'POST' },
    status: 400,
    body: { Fault: { Error: [{ Message: 'Refused', Detail, code: '3120' }], type: 'ValidationFault' } },
  });
  const changed = [expenseLine({ amountCents: 6000 })];
  expect((await app.sendParked({ billId: 'B1', version: 2, lines: changed })).fault).toBe('link-lost');
  await move();
});

const decide = (message: RemedyMessage) => world.client.remediate(app.ref('B1'), { by: 'Kim', ...message });

const invoices = async () =>
  (await other.objects('Invoice')).map(({ Id, DocNumber, TotalAmt }) => [Id, DocNumber, TotalAmt]);

/** What was asked of the other books about the stranger's invoice, or done to it. */
const touched = async () =>
  (await other.calls()).filter(
    ({ entity, path, body }) =>
      entity === 'Invoice' &&
      (path.endsWith(`/${strangers}`) || (body?.includes(`"Id":"${strangers}"`) ?? false)),
  );

const elsewhere = () =>
  eventually(async () => {
    const parked = await parkedOf(world, app.ref('B1'));
    expect(parked.fault).toBe('link-of-other-company');
    return parked;
  });

describe('a link into the books of another company', () => {
  test.each(['recreate', 'clear-link'] as const)(
    'is not asked for in these when a person says %s, and the bill is posted here',
    async (action) => {
      await decide({ action, ...(action === 'clear-link' && { as: 'administrator' }) });
      await app.settled('B1');
      expect(await invoices()).toEqual([
        [strangers, 'S-1', 77],
        [expect.any(String), 'B1', 60],
      ]);
      expect(await touched()).toEqual([]);
      expect((await app.numbered('Invoice', 'B1')).map(({ TotalAmt }) => TotalAmt)).toEqual([50]);
    },
  );

  test('is told when it is to be looked for, and what does not help is refused', async () => {
    await decide({ action: 'resync' });
    const { cause, allowed } = await elsewhere();
    expect(cause).toContain('Bill B1 was posted to another QuickBooks company');
    expect(allowed).toEqual(['exclude', 'recreate', 'adopt', 'retry']);
    await expect(decide({ action: 'resync' })).rejects.toThrow(RemedyRefused);
    expect(await touched()).toEqual([]);
  });

  test.each(['recreate', 'retry', 'exclude'] as const)('is remedied by %s', async (action) => {
    await decide({ action: 'resync' });
    await elsewhere();
    await decide({ action });
    await app.settled('B1');
    const anew = action === 'exclude' ? [] : [[expect.any(String), 'B1', 60]];
    expect(await invoices()).toEqual([[strangers, 'S-1', 77], ...anew]);
    expect(await touched()).toEqual([]);
    expect(await other.unbalanced()).toEqual([]);
  });

  test('is remedied by the record that somebody has entered here by hand', async () => {
    await decide({ action: 'resync' });
    await elsewhere();
    const { Id: value } = await other.bookkeeper('Customer', { DisplayName: 'Ada Lovelace' });
    const [item] = await other.objects('Item');
    const byHand = await other.bookkeeper('Invoice', {
      CustomerRef: { value },
      DocNumber: 'B1',
      TxnDate: '2026-11-10',
      Line: [
        {
          DetailType: 'SalesItemLineDetail',
          Amount: 60,
          SalesItemLineDetail: { ItemRef: { value: item!.Id } },
        },
      ],
    });
    await decide({ action: 'adopt', qboId: byHand.Id, confirm: true });
    await eventually(async () => {
      const { parked } = await world.client.status({ firmId: firm.firmId, type: 'contact', id: 'C1' });
      if (parked?.allowed.includes('adopt')) {
        await world.client.remediate(
          { firmId: firm.firmId, type: 'contact', id: 'C1' },
          { action: 'adopt', qboId: value, confirm: true },
        );
      }
      expect(await world.client.isSettled(app.ref('B1'))).toBe(true);
    });
    expect(await invoices()).toEqual([
      [strangers, 'S-1', 77],
      [byHand.Id, 'B1', 60],
    ]);
  });
});
