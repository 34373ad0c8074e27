import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { CounterfoilClient } from '../src/client.js';
import { parsePayment } from '../src/snapshot/payment.js';
import { Refusal, runScript } from './command.js';

await runScript('start-payment', (command) =>
  command
    .description('Syncs one payment to QuickBooks from a snapshot in a file, or from standard input.')
    .argument('[file]', 'a JSON file; "-" or nothing reads standard input', '-')
    .action(async (file: string) => {
      const json = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
      const payment = parsePayment(parse(json));
      const client = await CounterfoilClient.connect();
      try {
        const accepted = await client.syncPayment(payment);
        console.log(`accepted ${accepted.workflowId} (run ${accepted.runId})`);
      } finally {
        await client.close();
      }
    }),
);

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Refusal(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
