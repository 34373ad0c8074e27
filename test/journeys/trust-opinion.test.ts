import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReconcileAnswer } from '../../src/activities/reconcile-trust.js';
import type { TrustBalance } from '../../src/db/trust-balance.js';
import { billingApp, mapAllItems } from '../support/billing-app.js';
import { aCheque } from '../support/cheque-books.js';
import { aClient, expenseLine } from '../support/builder.js';
import { doubleEntries, sums, type Posting } from '../support/double-entry.js';
import { aDisbursement, aMatter, aReversal, aTransfer, aTrustTransaction } from '../support/trust.js';
import { setUpTrust, trustOffice } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let accounts: Record<string, string>;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm({ matters: 'sub-customer' });
  await mapAllItems(world, firm);
  accounts = Object.fromEntries((await firm.qbo.objects('Account')).map(({ Id, Name }) => [Name, Id]));
});
afterAll(async () => world.close());

const BOB = { client: aClient({ clientId: 'C2', name: 'Bob Babbage' }), matter: aMatter('M9') };

/** Something of each kind, and what a bookkeeper does beside it. */
async function live(): Promise<void> {
  const { post } = trustOffice(
    () => world,
    () => firm,
  );
  const app = billingApp(world, () => firm);
  const opening = { kind: 'opening-balance', date: '2026-01-01' } as const;
  await held(75_000);
  await setUpTrust(world, firm, {
    openingCents: 75_000,
    charges: { clientId: 'C1', matterId: 'OWN' },
  });
  const ours = { matter: aMatter('OWN') };
  await post(aTrustTransaction({ ...opening, trustTransactionId: 'O1', amountCents: 60_000 }));
  await post(aTrustTransaction({ ...opening, trustTransactionId: 'O2', amountCents: 15_000, ...ours }));
  await post(aTrustTransaction());
  await post(aTrustTransaction({ trustTransactionId: 'I1', kind: 'interest', amountCents: 137 }));
  await post(aDisbursement({ amountCents: 20_000 }));
  await post(aCheque({ trustTransactionId: 'D2', amountCents: 7_345 }));
  await post(aDisbursement({ trustTransactionId: 'B1', kind: 'bank-charge', amountCents: 995, ...ours }));
  await post(aTransfer({ amountCents: 10_001, to: BOB }));
  await app.send({ billId: 'B1', lines: [expenseLine()] });
  const { payee: _payee, ...fee } = aDisbursement({ kind: 'fee', billId: 'B1', amountCents: 12_550 });
  await post({ ...fee, trustTransactionId: 'F1' });
  await post(aReversal({ reverses: 'D1', amountCents: 20_000 }));
  await firm.qbo.bookkeeper('Transfer', {
    FromAccountRef: { value: accounts['Undeposited Funds'] },
    ToAccountRef: { value: accounts['Operating Bank'] },
    Amount: 125.5,
  });
}

/** What the bank held at the start, as the bookkeeper has it in one sum. */
async function held(cents: number): Promise<void> {
  const side = (PostingType: string, name: string) => ({
    Amount: cents / 100,
    DetailType: 'JournalEntryLineDetail',
    JournalEntryLineDetail: { PostingType, AccountRef: { value: accounts[name] } },
  });
  const Line = [side('Debit', 'Trust Bank (IOLTA)'), side('Credit', 'Client Trust Liability')];
  await firm.qbo.bookkeeper('JournalEntry', { TxnDate: '2025-12-31', Line });
}

/** QuickBooks' own report, debits above zero, by account. */
async function trialBalance(): Promise<Record<string, number>> {
  const { url, realm } = firm.qbo;
  const connected = await fetch(`${url}/_control/companies/${realm}/connect`, { method: 'POST' });
  const { access_token: token } = (await connected.json()) as { access_token: string };
  const report = await fetch(`${url}/v3/company/${realm}/reports/TrialBalance?date_macro=All`, {
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
  });
  const { Rows } = (await report.json()) as {
    Rows: { Row: { ColData?: { value: string; id?: string }[] }[] };
  };
  const cents = (text = '') => Math.round(Number(text) * 100);
  return Object.fromEntries(
    Rows.Row.flatMap(({ ColData: [account, debit, credit] = [] }) =>
      account?.id === undefined ? [] : [[account.id, cents(debit?.value) - cents(credit?.value)]],
    ),
  );
}

test('rules of accountants who are not ours come to the same trial balance, bank and liability', async () => {
  await live();
  const postings = await doubleEntries(firm.qbo);
  const byAccount = sums(postings, ({ accountId }) => accountId);
  expect(byAccount).toEqual(await trialBalance());
  expect(postings.reduce((sum, { cents }) => sum + cents, 0)).toBe(0);

  const { bank, owed } = { bank: accounts['Trust Bank (IOLTA)']!, owed: accounts['Client Trust Liability']! };
  const path = `/v1/firms/${firm.firmId}`;
  const { balances } = (await world.call('GET', `${path}/trust-balances`)) as { balances: TrustBalance[] };
  const ledgerCents = balances.reduce((sum, { acceptedCents }) => sum + acceptedCents, 0);
  expect(ledgerCents).toBe(75_000 + 50_000 + 137 - 7_345 - 995 - 12_550);
  expect([byAccount[bank], byAccount[owed]]).toEqual([ledgerCents, -ledgerCents]);

  const { result } = (await world.call('POST', `${path}/trust-accounts/IOLTA/reconciliations`, {
    on: '2026-11-20',
    statement: { balanceCents: byAccount[bank] },
  })) as unknown as ReconcileAnswer;
  expect(result).toMatchObject({ agrees: true, bookBankCents: byAccount[bank], differences: [] });

  const owedTo = ({ accountId, customerId }: Posting) => (accountId === owed ? customerId : undefined);
  expect(sums(postings, owedTo)).toEqual(await byMatter(balances));
}, 120_000);

/** What our ledger holds for each matter, by the customer that stands for it; credits are below zero. */
async function byMatter(balances: readonly TrustBalance[]): Promise<Record<string, number>> {
  const customers = await firm.qbo.objects('Customer');
  const idOf = ({ clientId, matterId }: TrustBalance) =>
    customers.find(({ Notes }) => Notes === `contact/${clientId}/matter/${matterId}`)?.Id ?? 'nobody';
  return Object.fromEntries(balances.map((one): [string, number] => [idOf(one), -one.acceptedCents]));
}
