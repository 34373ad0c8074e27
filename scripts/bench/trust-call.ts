import { openDatabase } from '../../src/db/database.js';
import { saveTrustAccount } from '../../src/db/trust-account.js';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import { exactFigure, type Figure } from './figure.js';
import type { BenchFirm } from './firm.js';
import { spent, words } from './quickbooks-call.js';
import { completion } from './run.js';
import type { BenchWorld } from './world.js';

/** What each movement of client money costs at QuickBooks: one write, and no read once the accounts are known. */
export async function measureTrustCalls(world: BenchWorld): Promise<Figure[]> {
  const firm = await world.firm();
  await setUp(world, firm);
  const sync = async (snapshot: TrustTransactionSnapshot) => {
    await completion(world.temporal.workflow, await world.open.client.syncTrustTransaction(snapshot));
  };
  const figures: Figure[] = [];
  const operation = async (id: string, budget: string, snapshot: TrustTransactionSnapshot) => {
    const cost = await spent(firm, () => sync(snapshot));
    const title = `at QuickBooks: trust ${snapshot.kind}${id === 'same-again' ? ', the same version again' : ''}`;
    figures.push(exactFigure({ id: `calls-trust-${id}`, title }, cost, budget));
  };
  // The client is made with the first one, and the two accounts are looked at.
  await sync(movement(firm, 'T1', { kind: 'deposit' }));
  const deposit = movement(firm, 'T2', { kind: 'deposit' });
  await operation('deposit', words(1, 0), deposit);
  await operation('same-again', words(0, 0), deposit);
  const drawn = { kind: 'disbursement', amountCents: 20_000 } as const;
  await operation('disbursement', words(1, 0), movement(firm, 'D1', drawn));
  const { client } = deposit;
  const to = { client, matter: { ...deposit.matter, matterId: 'M2', number: '2026-M2' } };
  const given = { kind: 'transfer', amountCents: 10_000, to, reason: 'Agreed' } as const;
  await operation('transfer', words(1, 0), movement(firm, 'X1', given));
  const taken = { kind: 'reversal', amountCents: 20_000, reverses: 'D1', reason: 'Not needed' } as const;
  await operation('reversal', words(1, 0), movement(firm, 'R1', taken));
  return figures;
}

async function setUp({ databaseUrl }: BenchWorld, { firmId, qbo }: BenchFirm): Promise<void> {
  const accounts = await qbo.objects('Account');
  const idOf = (name: string): string => accounts.find(({ Name }) => Name === name)?.Id ?? '';
  const db = openDatabase({ url: databaseUrl });
  try {
    await saveTrustAccount(db, firmId, {
      accountId: 'IOLTA',
      name: 'IOLTA',
      bankAccountId: idOf('Trust Bank (IOLTA)'),
      liabilityAccountId: idOf('Client Trust Liability'),
      startOn: '2026-01-01',
    });
  } finally {
    await db.destroy();
  }
}

const movement = (
  { firmId }: BenchFirm,
  trustTransactionId: string,
  over: Partial<TrustTransactionSnapshot>,
): TrustTransactionSnapshot => ({
  firmId,
  trustTransactionId,
  version: 1,
  kind: 'deposit',
  accountId: 'IOLTA',
  date: '2026-11-10',
  amountCents: 50_000,
  client: { clientId: 'K1', version: 1, name: 'Client K1', email: 'client@example.com' },
  matter: { matterId: 'M1', number: '2026-017', description: 'Engine dispute' },
  purpose: 'Retainer',
  enteredBy: 'Pat',
  ...over,
});
