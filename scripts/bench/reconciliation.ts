import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { atMostFigure, exactFigure, infoFigure, type Figure } from './figure.js';
import { BOOKS_START, serveTrustBooks } from './trust-books.js';

const BUDGET = { seconds: 10, mebibytes: 512 };
/** Node lets its heap grow while nobody else needs the memory; this much is enough. */
const HEAP_MEBIBYTES = 400;
const FIRM = 'bench-trust';
const ACCOUNT = {
  accountId: 'IOLTA',
  name: 'IOLTA',
  bankAccountId: '41',
  liabilityAccountId: '42',
  startOn: BOOKS_START,
};

export interface ReconciliationSize {
  transactions: number;
  matters: number;
}

/** What the process says that has reconciled. */
export interface Measured {
  seconds: number;
  /** Of its processor alone: what is left of it on a busy machine. */
  cpuSeconds: number;
  mebibytes: number;
  transactions: number;
  matters: number;
  /** The id in QuickBooks of what parted the two. */
  partedBy: string;
}

const run = promisify(execFile);

/** One reconciliation in a process of its own, of books that somebody has meddled with once. */
export async function measureReconciliation(
  databaseUrl: string,
  size: ReconciliationSize,
): Promise<Figure[]> {
  await fill(databaseUrl, size);
  const books = await serveTrustBooks(size);
  try {
    const { stdout } = await run(
      process.execPath,
      [
        `--max-old-space-size=${HEAP_MEBIBYTES}`,
        '--import',
        'tsx',
        ONE,
        databaseUrl,
        books.url,
        FIRM,
        ACCOUNT.accountId,
        books.lastDay,
      ],
      { maxBuffer: 1 << 20 },
    );
    const measured = JSON.parse(stdout) as Measured;
    const what = `${measured.transactions} transactions in ${measured.matters} matters`;
    return [
      atMostFigure(
        { id: 'reconciliation-time', title: `reconciliation of ${what}` },
        measured.seconds,
        BUDGET.seconds,
        's',
      ),
      infoFigure(
        { id: 'reconciliation-cpu', title: 'time of the processor that it took' },
        `${measured.cpuSeconds.toFixed(1)} s`,
      ),
      atMostFigure(
        { id: 'reconciliation-memory', title: 'the most memory that its process had' },
        measured.mebibytes,
        BUDGET.mebibytes,
        'MiB',
      ),
      exactFigure(
        { id: 'reconciliation-found', title: 'the one entry that a bookkeeper typed in, by its id' },
        measured.partedBy,
        books.meddledId,
      ),
    ];
  } finally {
    await books.close();
  }
}

const ONE = fileURLToPath(new URL('reconcile-once.ts', import.meta.url));

/** As the product would have left it behind; without the journal, which tells of each row by itself. */
async function fill(databaseUrl: string, { transactions, matters }: ReconciliationSize): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    await client.query(`insert into firm (firm_id, name, settings) values ($1, $1, '{}')`, [FIRM]);
    await client.query('insert into trust_account (firm_id, account_id, settings) values ($1, $2, $3)', [
      FIRM,
      ACCOUNT.accountId,
      JSON.stringify(ACCOUNT),
    ]);
    await client.query(
      `insert into trust_balance (firm_id, account_id, client_id, matter_id)
       select $1, $2, 'C' || n, 'M' || n from generate_series(0, $3::int - 1) as n`,
      [FIRM, ACCOUNT.accountId, matters],
    );
    for (const statement of ROWS) {
      await client.query(statement, [FIRM, ACCOUNT.accountId, transactions, matters, BOOKS_START]);
    }
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

/** Of the nth transaction: its matter, its day, and its cents; four deposits to a disbursement. `trustBooks` has the same. */
const NTH = `
  select n, n % $4::int as matter, $5::date + n % 360 as day,
    (case when n / $4::int % 5 = 4 then -1 else 1 end) * (1000 + n % 900) as cents
  from generate_series(0, $3::int - 1) as n`;

const ROWS = [
  `insert into trust_transaction
     (firm_id, trust_transaction_id, version, snapshot, account_id, kind, entered_on, client_id, started_version, state)
   select $1, 'T' || n, 1, jsonb_build_object('amountCents', abs(cents), 'purpose', 'Retainer of matter ' || matter), $2,
     case when cents < 0 then 'disbursement' else 'deposit' end, day, 'C' || matter, 1, 'posted'
   from (${NTH}) as nth`,
  `insert into trust_entry
     (firm_id, trust_transaction_id, leg, account_id, client_id, matter_id, cents, entered_on, state, posted_at)
   select $1, 'T' || n, 0, $2, 'C' || matter, 'M' || matter, cents, day, 'posted', now() from (${NTH}) as nth`,
  `insert into document (firm_id, document_key, document_type, aggregate_type, aggregate_id, generation, intent,
     realm_id, qbo_type, qbo_id, sync_token, posted_at)
   select $1, 'trust/T' || n || '/entry', 'journal-entry', 'trustTransaction', 'T' || n, 1, jsonb_build_object(
     'document', 'journal-entry', 'number', 'T-T' || n, 'enteredOn', day, 'mark', 'trust/T' || n || '/entry',
     'memo', 'Trust money of client ' || matter, 'lines', jsonb_build_array(
       jsonb_build_object('side', case when cents < 0 then 'credit' else 'debit' end, 'accountId', '41',
         'amountCents', abs(cents), 'description', 'Trust money of client ' || matter),
       jsonb_build_object('side', case when cents < 0 then 'debit' else 'credit' end, 'accountId', '42',
         'amountCents', abs(cents), 'description', 'Trust money of client ' || matter,
         'customerQboId', (1000 + matter)::text))),
     '1', 'JournalEntry', (100000 + n)::text, '0', now()
   from (${NTH}) as nth where $2 <> ''`,
];
