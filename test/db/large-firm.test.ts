import { sql, type RawBuilder } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { billPort } from '../../src/activities/bill.js';
import { paymentPort } from '../../src/activities/payment.js';
import { trustTransactionPort } from '../../src/activities/trust-transaction.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { Queryable } from '../../src/db/database.js';
import { findOpenFault } from '../../src/db/fault.js';
import { findStanding } from '../../src/db/standing.js';
import { listReleasable } from '../../src/db/waiter.js';
import { mapAllItems, billingApp, type BillingApp } from '../support/billing-app.js';
import { aPayment, expenseLine } from '../support/builder.js';
import { settledOf } from '../support/settled.js';
import { aDisbursement, aTrustTransaction } from '../support/trust.js';
import { setUpTrust } from '../support/trust-books.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

/** Enough that Postgres has no reason to read a whole table for one row of it. */
const BILLS = 5000;

let world: World;
let firm: TestFirm;
let app: BillingApp;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
  await mapAllItems(world, firm);
  app = billingApp(world, () => firm);
  await setUpTrust(world, firm);
  const deposit = aTrustTransaction({ firmId: firm.firmId });
  await world.client.syncTrustTransaction(deposit);
  await settledOf(world.client, {
    firmId: firm.firmId,
    type: 'trustTransaction',
    id: deposit.trustTransactionId,
  });
  await fill();
  await fillTrust();
  await sql`analyze`.execute(world.db);
});
afterAll(async () => world.close());

/** As many bills of earlier years, each with its payment, event, posting and closed fault. */
async function fill(): Promise<void> {
  const { firmId } = firm;
  const {
    rows: [company],
  } = await sql<{ realm_id: string }>`select realm_id from company where firm_id = ${firmId}`.execute(
    world.db,
  );
  const realm = company!.realm_id;
  const each = sql`from generate_series(1, ${BILLS}::int) as old (i)`;
  await sql`
    insert into bill (firm_id, bill_id, version, snapshot, client_id, state)
    select ${firmId}, 'OLD' || i, 1, jsonb_build_object('number', 'OLD' || i, 'state', 'approved', 'lines', '[]'::jsonb),
      'OLD' || i % 1000, 'posted' ${each}`.execute(world.db);
  await sql`
    insert into payment (firm_id, payment_id, version, snapshot, client_id, bill_ids, state)
    select ${firmId}, 'OLD' || i, 1, jsonb_build_object('state', 'received', 'allocations', '[]'::jsonb),
      'OLD' || i % 1000, array['OLD' || i], 'posted' ${each}`.execute(world.db);
  await sql`
    insert into document (firm_id, document_key, document_type, aggregate_type, aggregate_id, realm_id, qbo_type, qbo_id,
      sync_token, intent)
    select ${firmId}, 'bill/OLD' || i || '/invoice', 'invoice', 'bill', 'OLD' || i, ${realm}, 'Invoice', 'I' || i, '0',
      jsonb_build_object('document', 'invoice', 'totalCents', 100) ${each}
    union all
    select ${firmId}, 'payment/OLD' || i || '/payment', 'payment', 'payment', 'OLD' || i, ${realm}, 'Payment', 'P' || i, '0',
      jsonb_build_object('document', 'payment', 'allocations', jsonb_build_array(jsonb_build_object(
        'invoiceKey', 'bill/OLD' || i || '/invoice', 'invoiceQboId', 'I' || i, 'amountCents', 100))) ${each}`.execute(
    world.db,
  );
  await sql`
    insert into event (firm_id, aggregate_type, aggregate_id, kind, data)
    select ${firmId}, 'bill', 'OLD' || i, 'posted', '{}' ${each}`.execute(world.db);
}

/** As many of each row there is of client money, each for another client. */
async function fillTrust(): Promise<void> {
  const client = sql`jsonb_build_object('client_id', 'OLD' || i)`;
  const transaction = sql`${client} || jsonb_build_object('trust_transaction_id', 'OLD' || i)`;
  await copy('trust_balance', client);
  await copy('trust_transaction', transaction);
  await copy('trust_entry', sql`${transaction} || jsonb_build_object('entry_id', 1000000 + i)`);
}

async function copy(table: string, change: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_name = ${table} and is_generated = 'NEVER'`.execute(world.db);
  const columns = (of: string) => sql.join(rows.map(({ name }) => sql.ref(`${of}${name}`)));
  await sql`
    insert into ${sql.table(table)} (${columns('')}) overriding system value
    select ${columns('copied.')}
    from ${sql.table(table)} as one, generate_series(1, ${BILLS}::int) as old (i),
      jsonb_populate_record(null::${sql.table(table)}, to_jsonb(one) || ${change}) as copied
    where one.firm_id = ${firm.firmId}`.execute(world.db);
}

const whole = sql<{ name: string; rows: number }>`
  select relname as name, seq_tup_read as rows from pg_stat_user_tables where seq_tup_read > 0`;

/** Rows that these questions read by going through whole tables, by table. */
async function readWhole(asked: (db: Queryable) => Promise<unknown>): Promise<Record<string, number>> {
  return await world.db.connection().execute(async (db) => {
    const seen = async () => {
      // Each connection keeps its own count for a while.
      await sql`select pg_stat_force_next_flush()`.execute(db);
      return new Map((await whole.execute(db)).rows.map(({ name, rows }) => [name, rows]));
    };
    const before = await seen();
    await asked(db);
    const after = await seen();
    const read = [...after].map(([name, rows]) => [name, rows - (before.get(name) ?? 0)] as const);
    return Object.fromEntries(read.filter(([, rows]) => rows >= BILLS));
  });
}

test('a look through all bills is seen as one', async () => {
  const read = await readWhole((db) => db.selectFrom('bill').selectAll().where('version', '=', 7).execute());
  expect(read).toEqual({ bill: expect.any(Number) as number });
});

test('planning a bill, its payment or client money reads no table of a large firm as a whole', async () => {
  const { firmId } = firm;
  await app.send({ billId: 'NEW', lines: [expenseLine({ amountCents: 10_000 })] });
  const allocations = [{ billId: 'NEW', amountCents: 6000 }];
  await world.client.syncPayment(aPayment({ firmId, amountCents: 6000, allocations }));
  const payment = { firmId, type: 'payment', id: 'P1' } as const;
  await settledOf(world.client, payment);
  const disbursement = { firmId, type: 'trustTransaction', id: 'D1' } as const;
  await world.client.syncTrustTransaction(aDisbursement({ firmId }));
  await settledOf(world.client, disbursement);
  const aggregates: [{ plan: typeof billPort.plan }, AggregateRef][] = [
    [billPort, app.ref('NEW')],
    [paymentPort, payment],
    [trustTransactionPort, disbursement],
  ];
  for (const [port, ref] of aggregates) {
    const read = await readWhole(async (db) => {
      await findStanding(db, ref);
      await findOpenFault(db, ref);
      await listReleasable(db, ref);
      expect(await port.plan(db, ref)).toMatchObject({ do: 'nothing' });
    });
    expect([ref.type, read]).toEqual([ref.type, {}]);
  }
});
