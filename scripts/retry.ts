import { CounterfoilClient } from '../src/client.js';
import { readDatabaseUrl } from '../src/config.js';
import { openDatabase } from '../src/db/database.js';
import { listOpenFaults } from '../src/db/fault.js';
import type { AggregateRef } from '../src/domain/aggregate.js';
import { Refusal, runScript } from './command.js';

interface Options {
  firm?: string;
  fault?: string;
  bill?: string;
  all?: boolean;
  by?: string;
}

await runScript('retry', (command) =>
  command
    .description('Tries parked work again: one bill, all with one cause, or all of one firm.')
    .option('--firm <id>', 'the firm')
    .option('--bill <id>', 'one bill of that firm')
    .option('--fault <key>', 'all that are parked for this cause')
    .option('--all', 'everything that is parked')
    .option('--by <name>', 'who decides; kept on record')
    .action(async (options: Options) => {
      const refs = options.bill === undefined ? await parked(options) : [oneBill(options)];
      const client = await CounterfoilClient.connect();
      try {
        for (const ref of refs) {
          await client.retry(ref, options.by === undefined ? {} : { by: options.by });
          console.log(`retry sent to ${ref.type} ${ref.id} of ${ref.firmId}`);
        }
        console.log(`${refs.length} told to try again.`);
      } finally {
        await client.close();
      }
    }),
);

function oneBill({ firm, bill }: Options): AggregateRef {
  if (firm === undefined || bill === undefined) throw new Refusal('--bill needs --firm.');
  return { firmId: firm, type: 'bill', id: bill };
}

async function parked({ firm, fault, all }: Options): Promise<AggregateRef[]> {
  if (firm === undefined && fault === undefined && !all) {
    throw new Refusal('Say which: --firm, --fault, --bill with --firm, or --all.');
  }
  const db = openDatabase({ url: readDatabaseUrl().reveal() });
  try {
    const faults = await listOpenFaults(db, { ...(firm && { firm }), ...(fault && { fault }) });
    return faults.map((open) => open.ref);
  } finally {
    await db.destroy();
  }
}
