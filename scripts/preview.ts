import { readDatabaseUrl } from '../src/config.js';
import { factsIfAccepted } from '../src/db/bill.js';
import { openDatabase } from '../src/db/database.js';
import { findFirm } from '../src/db/firm.js';
import { previewBill, type Preview, type PreviewEntry } from '../src/domain/bill/preview.js';
import { entryByKey } from '../src/domain/fault/catalogue.js';
import { formatCents } from '../src/domain/money.js';
import { parseBill } from '../src/snapshot/bill.js';
import { Refusal, runScript } from './command.js';
import { readSnapshot } from './snapshot-file.js';

await runScript('preview', (command) =>
  command
    .description(
      'Says what a snapshot of a bill would do in QuickBooks, with debits and credits; does nothing.',
    )
    .option('--file <file>', 'a JSON file; "-" reads standard input', '-')
    .option('--json', 'one JSON object, as POST /v1/bills/preview answers it')
    .action(async ({ file, json }: { file: string; json?: boolean }) => {
      const bill = parseBill(await readSnapshot(file));
      const db = openDatabase({ url: readDatabaseUrl().reveal() });
      try {
        if (!(await findFirm(db, bill.firmId))) throw new Refusal(`There is no firm "${bill.firmId}".`);
        const facts = await factsIfAccepted(db, bill);
        if (!facts) throw new Refusal(`There is no bill "${bill.billId}".`);
        const preview = previewBill(facts);
        console.log(json ? JSON.stringify(preview) : linesOf(preview).join('\n'));
      } finally {
        await db.destroy();
      }
    }),
);

function linesOf({ documents, first, waitsFor, parks, left }: Preview): string[] {
  const lines = [
    ...first.map((key) => `${'first'.padEnd(8)}${key}`),
    ...documents.flatMap(({ action, document, number = '', date, cents, entries }) => [
      `${action.padEnd(8)}${`${document} ${number}`.padEnd(30)}${date}${formatCents(cents).padStart(14)}`,
      ...entries.map(entryLine),
    ]),
    ...(waitsFor === undefined ? [] : [`Then it would wait for ${waitsFor}.`]),
    ...(parks
      ? [`Then it would need a person: ${entryByKey(parks.fault)?.title ?? ''} (${parks.fault}).`]
      : []),
    ...(left === undefined ? [] : [`It would be left out: ${left}.`]),
  ];
  return lines.length > 0 ? lines : ['Nothing: QuickBooks has it already.'];
}

function entryLine({ account, customer, cents }: PreviewEntry): string {
  const name = typeof account === 'string' ? account : `income of item ${account.itemId}`;
  const whose = customer === undefined ? '' : `, customer ${customer}`;
  return `${''.padEnd(10)}${cents > 0 ? 'debit ' : 'credit'}  ${`${name}${whose}`.padEnd(30)}${formatCents(Math.abs(cents)).padStart(14)}`;
}
