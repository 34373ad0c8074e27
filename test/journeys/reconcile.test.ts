import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReconcileAnswer } from '../../src/activities/reconcile-trust.js';
import { verifyTrustJournal } from '../../src/db/trust-journal.js';
import { countParted, lastWholeDay } from '../../src/db/trust-reconciliation.js';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import { settledOf } from '../support/settled.js';
import { pdfPages } from '../support/pdf-text.js';
import { aDisbursement, aTrustTransaction } from '../support/trust.js';
import { entriesOf, setUpTrust } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let accounts: { bankAccountId: string; liabilityAccountId: string };
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
  accounts = await setUpTrust(world, firm);
  await send(aTrustTransaction());
  await send(aDisbursement({ amountCents: 20_000, date: '2026-11-12' }));
});
afterAll(async () => world.close());

async function send(snapshot: TrustTransactionSnapshot): Promise<void> {
  const { firmId } = firm;
  await world.call('POST', '/v1/trust-transactions', { ...snapshot, firmId });
  const ref = { firmId, type: 'trustTransaction', id: snapshot.trustTransactionId } as const;
  await settledOf(world.client, ref);
}

const account = () => `/v1/firms/${firm.firmId}/trust-accounts/IOLTA`;
const reconcile = async (over: object = {}): Promise<ReconcileAnswer> =>
  (await world.call('POST', `${account()}/reconciliations`, {
    on: '2026-11-20',
    statement: { balanceCents: 30_000 },
    ...over,
  })) as unknown as ReconcileAnswer;
const sign = (id: string, body: object) =>
  world.call('POST', `/v1/firms/${firm.firmId}/reconciliations/${id}/sign-off`, body);

/** As a browser would, whatever the answer is made of. */
const ask = (path: string) =>
  fetch(`${world.server.url}${path}`, {
    headers: { authorization: `Bearer ${world.config.http.apiToken.reveal()}` },
  });

/** What the bookkeeper types into QuickBooks: money of Ada's out of the bank. */
const typed = async () => {
  const customer = (await firm.qbo.objects('Customer')).find(
    ({ DisplayName }) => DisplayName === 'Ada Lovelace',
  );
  const detail = (PostingType: string, value: string, Entity?: object) => ({
    DetailType: 'JournalEntryLineDetail',
    Amount: 50,
    JournalEntryLineDetail: { PostingType, AccountRef: { value }, ...(Entity && { Entity }) },
  });
  const ada = { Type: 'Customer', EntityRef: { value: customer?.Id } };
  return {
    DocNumber: 'BK-1',
    TxnDate: '2026-11-15',
    PrivateNote: 'courier',
    Line: [detail('Debit', accounts.liabilityAccountId, ada), detail('Credit', accounts.bankAccountId)],
  };
};

describe('a reconciliation', () => {
  test('of what we posted agrees three ways, with three reads of QuickBooks', async () => {
    const before = await firm.qbo.counts();
    const { result, record } = await reconcile({ jurisdiction: 'ontario', by: 'kim' });
    expect(result).toMatchObject({
      agrees: true,
      ledgerCents: 30_000,
      bookBankCents: 30_000,
      bookOwedCents: 30_000,
      bank: { adjustedCents: 30_000 },
      differences: [],
      customers: [{ name: 'Ada Lovelace', ledgerCents: 30_000, booksCents: 30_000 }],
    });
    expect(record).toMatchObject({ agrees: true, madeBy: 'kim', jurisdiction: 'ontario', signedBy: null });
    const after = await firm.qbo.counts();
    expect([after.metered - before.metered, after.committed - before.committed]).toEqual([3, 0]);
  });

  test('names the entry that the bookkeeper typed in, and its day', async () => {
    const entry = await firm.qbo.bookkeeper('JournalEntry', await typed());
    const { result, lastAgreedOn } = await reconcile();
    const text =
      'Journal Entry BK-1 of 2026-11-15 (courier) was not made here: bank -50.00, owed to clients -50.00.';
    expect(result).toMatchObject({
      agrees: false,
      bookBankCents: 25_000,
      parting: {
        on: '2026-11-15',
        by: [{ kind: 'foreign', text, entry: { qboId: entry.Id, number: 'BK-1' } }],
      },
    });
    expect(lastAgreedOn).toBe('2026-11-20');
    await firm.qbo.bookkeeper('JournalEntry', entry, 'delete');
    expect((await reconcile()).result.agrees).toBe(true);
  });

  test('that does not agree is on the list of what needs a person until one does', async () => {
    const listed = () =>
      world.call('GET', `/v1/attention/items?firm=${firm.firmId}&cause=client-money-parted`);
    expect(await listed()).toMatchObject({ items: [] });
    const entry = await firm.qbo.bookkeeper('JournalEntry', await typed());
    await reconcile();
    const { items } = (await listed()) as { items: unknown[] };
    expect(items).toEqual([
      expect.objectContaining({
        type: 'trustAccount',
        id: 'IOLTA',
        allowed: [],
        text: expect.stringMatching(
          /come to 300\.00; QuickBooks has 250\.00 in the bank .* They part on 2026-11-15\. Journal Entry BK-1/,
        ) as string,
      }),
    ]);
    await firm.qbo.bookkeeper('JournalEntry', entry, 'delete');
    await reconcile({ on: '2026-11-14' });
    expect((await listed()).items).toHaveLength(1);
    await reconcile();
    expect(await listed()).toMatchObject({ items: [] });
    await reconcile({ statement: { balanceCents: 29_000 } });
    expect(await listed()).toMatchObject({ items: [] });
  });

  test('names ours that was deleted in QuickBooks', async () => {
    await send(aTrustTransaction({ trustTransactionId: 'T3', date: '2026-11-18', amountCents: 700 }));
    const [ours] = await entriesOf(firm.qbo, 'T3');
    const { Id, SyncToken } = ours!;
    await firm.qbo.bookkeeper('JournalEntry', { Id, SyncToken }, 'delete');
    const { result } = await reconcile();
    expect(result.parting).toMatchObject({
      on: '2026-11-18',
      by: [{ kind: 'missing', trustTransactionId: 'T3' }],
    });
  });

  test('is signed once, with the reason where it does not agree, and never changed', async () => {
    const { record } = await reconcile();
    const id = record.reconciliationId;
    await expect(sign(id, { by: 'kim' })).rejects.toThrow(/409 .*It does not agree: say in a note why/);
    const signed = await sign(id, { by: 'kim', note: 'T3 was deleted by mistake, comes again tomorrow' });
    expect(signed).toMatchObject({ reconciliation: { signedBy: 'kim', agrees: false } });
    await expect(sign(id, { by: 'pat', note: 'me too' })).rejects.toThrow(/409 .*kim has signed it already/);
    const list = await world.call('GET', `${account()}/reconciliations`);
    expect(list).toMatchObject({
      reconciliations: expect.arrayContaining([expect.objectContaining({ signedBy: 'kim' })]),
    });
    const { reconciliationId } = (await reconcile({ statement: undefined })).record;
    await expect(sign(reconciliationId, { by: 'kim' })).rejects.toThrow(/409 .*without the bank's statement/);
  });

  test('is a report to keep on file, as CSV and as PDF', async () => {
    const { record } = await reconcile({ jurisdiction: 'ontario', by: 'kim' });
    const id = record.reconciliationId;
    await sign(id, { by: 'pat', note: 'T3 was deleted by mistake' });
    const one = `/v1/firms/${firm.firmId}/reconciliations/${id}`;
    const csv = await ask(`${one}?format=csv`);
    const name = `attachment; filename="reconciliation-IOLTA-2026-11-20-${id}`;
    expect([csv.headers.get('content-type'), csv.headers.get('content-disposition')]).toEqual([
      'text/csv; charset=utf-8',
      `${name}.csv"`,
    ]);
    const rows = (await csv.text()).split('\r\n');
    expect(rows).toContain('figures,bank,comes to,300.00,-7.00,,');
    expect(rows.join('\n')).toMatch(/^customers,Ada Lovelace,\d+,307\.00,300\.00,-7\.00,$/m);
    expect(rows).toContain('matters,C1,M1,307.00,300.00,-7.00,');
    const pdf = await ask(`${one}?format=pdf`);
    expect([pdf.headers.get('content-type'), pdf.headers.get('content-disposition')]).toEqual([
      'application/pdf',
      `${name}.pdf"`,
    ]);
    const texts = pdfPages(new Uint8Array(await pdf.arrayBuffer())).flat();
    expect(texts).toEqual(
      expect.arrayContaining(['Ontario, By-Law 9', '307.00', '300.00', '-7.00', 'T3 was deleted by mistake']),
    );
    expect(texts.join(' ')).toMatch(/signed off \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, by pat/);
    expect(await world.call('GET', `${one}?format=json`)).toMatchObject({
      firm: { firmId: firm.firmId },
      record: { signedBy: 'pat' },
      jurisdiction: { key: 'ontario' },
      dueOn: '2026-12-25',
    });
    await expect(world.call('GET', `${one}?format=doc`)).rejects.toThrow(
      /400 .*format: must be one of json, csv, pdf; got .*doc/,
    );
  });

  test('says why it cannot be done', async () => {
    await expect(reconcile({ on: '2025-12-31' })).rejects.toThrow(/409 .*starts on 2026-01-01 only/);
    await expect(reconcile({ jurisdiction: 'atlantis' })).rejects.toThrow(/400 .*must be one of aba-model/);
    const nobody = world.call('POST', `/v1/firms/${firm.firmId}/trust-accounts/none/reconciliations`, {});
    await expect(nobody).rejects.toThrow(/409 .*has no trust account/);
  });
});

describe('the ledger of a client', () => {
  test('is line by line what QuickBooks has, with its number and id there', async () => {
    const { lines } = (await world.call('GET', `${account()}/ledger?clientId=C1&to=2026-11-12`)) as {
      lines: Record<string, unknown>[];
    };
    const [deposit] = await entriesOf(firm.qbo, 'T1');
    expect(lines).toMatchObject([
      { on: '2026-11-10', number: 'T-T1', qboId: deposit?.Id, inCents: 50_000, balanceCents: 50_000 },
      { on: '2026-11-12', number: 'T-D1', outCents: 20_000, balanceCents: 30_000 },
    ]);
  });

  test('goes on from what was there before its first day, as CSV too', async () => {
    const query = 'clientId=C1&from=2026-11-12&to=2026-11-12';
    const answer = await ask(`${account()}/ledger?${query}&format=csv`);
    const rows = (await answer.text()).split('\r\n');
    expect(rows[1]).toMatch(/^2026-11-12,C1,M1,D1,disbursement,T-D1,\d+,.*,,200\.00,300\.00$/);
    expect(rows).toHaveLength(3);
  });
});

test('each account is reconciled once for each day without being asked for, and again where that failed', async () => {
  const other = await world.firm();
  await setUpTrust(world, other);
  await other.qbo.fault('literal', { count: 1, status: 400, body: {}, match: { path: 'reports' } });
  const made = async ({ firmId }: TestFirm) => {
    const path = `/v1/firms/${firmId}/trust-accounts/IOLTA/reconciliations`;
    const { reconciliations } = await world.call('GET', path);
    return (reconciliations as { madeBy: string | null; on: string }[]).filter(({ on }) => on === yesterday);
  };
  const yesterday = await lastWholeDay(world.db);
  const before = await made(firm);
  await world.reconcile();
  expect(await made(firm)).toHaveLength(before.length + 1);
  expect(await made(other)).toEqual([]);
  await world.reconcile();
  expect(await made(firm)).toHaveLength(before.length + 1);
  expect(await made(other)).toMatchObject([{ agrees: true, statement: null, madeBy: null }]);
  expect(await countParted(world.db)).toBe(1);
});

test('the journal of all that holds', async () => {
  expect(await verifyTrustJournal(world.db, firm.firmId)).toMatchObject({ holds: true });
});
