import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import {
  askCompany,
  CannotReconcile,
  trustReconciler,
  type ReconcileAnswer,
} from '../src/activities/reconcile-trust.js';
import { accessTokens } from '../src/activities/token.js';
import { readConfig } from '../src/config.js';
import { openDatabase, type Database } from '../src/db/database.js';
import { listTrustAccounts } from '../src/db/trust-account.js';
import { formatCents } from '../src/domain/money.js';
import { parseReconciliation } from '../src/snapshot/reconciliation.js';
import { EXIT, Refusal, runScript } from './command.js';

interface Options {
  firm?: string;
  account?: string;
  on?: string;
  statement?: unknown;
  jurisdiction?: string;
  by?: string;
  json?: boolean;
}

await runScript('reconcile', (command) =>
  command
    .description(
      'Reconciles client money: our ledger, QuickBooks and, where its statement is given, the bank.',
    )
    .option('--firm <id>', 'this firm alone')
    .option('--account <id>', 'this trust account alone; needs --firm')
    .option('--on <day>', 'at the end of this day (default: the last one that is over everywhere)')
    .option(
      '--statement <file>',
      'JSON: {"balanceCents", "uncleared": [{"cents", "trustTransactionId"}]}',
      jsonOf,
    )
    .option('--jurisdiction <key>', 'whose rules are shown beside it')
    .option('--by <name>', 'who does it; kept on record')
    .option('--json', 'one JSON object a line, with all matters')
    .action(async ({ firm, account, json, ...order }: Options) => {
      if (order.statement !== undefined && account === undefined) {
        throw new Refusal('A statement is of one account: name it with --firm and --account.');
      }
      if (account !== undefined && firm === undefined) throw new Refusal('--account needs --firm.');
      const config = readConfig();
      const db = openDatabase({ url: config.databaseUrl.reveal() });
      try {
        const { qbo, tokenKeyring: tokenKeys } = config;
        const reconcile = trustReconciler(
          db,
          askCompany({ db, qbo, accessToken: accessTokens({ db, oauth: qbo, tokenKeys }) }),
        );
        for (const one of await accounts(db, firm, account)) {
          await print(one, () => reconcile({ ...parseReconciliation(order), ...one }), json);
        }
      } finally {
        await db.destroy();
      }
    }),
);

async function print(
  { firmId, accountId }: { firmId: string; accountId: string },
  made: () => Promise<ReconcileAnswer>,
  json = false,
): Promise<void> {
  try {
    const answer = await made();
    if (!answer.result.agrees) process.exitCode = EXIT.refused;
    console.log(json ? JSON.stringify(answer) : text(firmId, answer));
  } catch (error) {
    if (!(error instanceof CannotReconcile)) throw error;
    process.exitCode = EXIT.refused;
    console.log(`${firmId} ${accountId}: ${error.message}`);
  }
}

async function accounts(db: Database, firm: string | undefined, account: string | undefined) {
  if (firm !== undefined && account !== undefined) return [{ firmId: firm, accountId: account }];
  const firms =
    firm === undefined
      ? await db.selectFrom('trust_account').select('firm_id').distinct().execute()
      : [{ firm_id: firm }];
  const lists = await Promise.all(
    firms.map(async ({ firm_id: firmId }) =>
      (await listTrustAccounts(db, firmId)).map(({ accountId }) => ({ firmId, accountId })),
    ),
  );
  return lists.flat();
}

function text(firmId: string, { record, result, lastAgreedOn }: ReconcileAnswer): string {
  const { bank, parting, differences, belowZero } = result;
  return [
    `${firmId} ${result.accountId} on ${result.on}: ${result.agrees ? 'agrees' : 'DOES NOT AGREE'} (${record.reconciliationId})`,
    `  our ledger          ${formatCents(result.ledgerCents)}, of which on the way ${formatCents(result.onTheWayCents)}`,
    `  QuickBooks          bank ${formatCents(result.bookBankCents)}, owed to clients ${formatCents(result.bookOwedCents)}`,
    ...(bank
      ? [
          `  bank                ${formatCents(bank.statementCents)} and uncleared ${formatCents(bank.unclearedCents)}: ${formatCents(bank.adjustedCents)}`,
        ]
      : []),
    ...(parting
      ? [`  parted first on     ${parting.on}`, ...parting.by.map((each) => `    ${each.text}`)]
      : []),
    ...(lastAgreedOn === undefined ? [] : [`  agreed last on      ${lastAgreedOn}`]),
    ...differences.map((each) => `  ${each.on}  ${each.kind.padEnd(11)} ${each.text}`),
    ...belowZero.map(
      (each) => `  ${each.on}  below zero  ${each.name} ${formatCents(each.cents)}: ${each.by.join('; ')}`,
    ),
  ].join('\n');
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InvalidArgumentError(`It cannot be read as JSON: ${(error as Error).message}`);
  }
}
