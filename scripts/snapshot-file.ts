import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { type Accepted, CounterfoilClient } from '../src/client.js';
import { Refusal, runScript } from './command.js';

/** A script that syncs one aggregate from a snapshot in a file, or from standard input. */
export const syncFromFile = (
  script: string,
  noun: string,
  sync: (client: CounterfoilClient, json: unknown) => Promise<Accepted>,
): Promise<void> =>
  runScript(script, (command) =>
    command
      .description(`Syncs one ${noun} to QuickBooks from a snapshot in a file, or from standard input.`)
      .argument('[file]', 'a JSON file; "-" or nothing reads standard input', '-')
      .action(async (file: string) => {
        const json = await readSnapshot(file);
        const client = await CounterfoilClient.connect();
        try {
          const accepted = await sync(client, json);
          console.log(`accepted ${accepted.workflowId} (run ${accepted.runId})`);
        } finally {
          await client.close();
        }
      }),
  );

/** What a file holds; `-` stands for standard input. */
export async function readSnapshot(file: string): Promise<unknown> {
  const json = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Refusal(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
