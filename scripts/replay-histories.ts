import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker, type ReplayResult } from '@temporalio/worker';
import { dataConverter } from '../src/codec/data-converter.js';
import { readClientConfig } from '../src/config.js';
import { bundleWorkflows } from '../src/bundle.js';
import { EXIT, runScript } from './command.js';
import { readHistory } from './history.js';
import { connectTemporal } from './temporal-client.js';

interface Options {
  dir?: string;
  live?: boolean;
  query: string;
}

/** Open runs, and those closed within a day: what a deploy would have to go on with. */
const RECENT = `ExecutionStatus = "Running" OR CloseTime > "${new Date(Date.now() - 24 * 3600_000).toISOString()}"`;

await runScript('replay-histories', (command) =>
  command
    .description("Replays histories against today's workflow code; exit code 1 when one would break.")
    .option('--dir <folder>', 'saved histories')
    .option('--live', 'open and recent runs of the live server')
    .option('--query <query>', 'which runs of the live server', RECENT)
    .action(async ({ dir = 'test/replay/histories', live, query }: Options) => {
      const results = live ? await replayLive(query) : await replaySaved(dir);
      const broken = results.filter((result) => result.error);
      for (const { workflowId, runId, error } of broken)
        console.error(`BROKEN ${workflowId} ${runId}: ${error?.message}`);
      console.log(`${results.length - broken.length} replayed, ${broken.length} broken`);
      process.exitCode = broken.length > 0 || results.length === 0 ? EXIT.refused : EXIT.done;
    }),
);

async function options() {
  return {
    workflowBundle: await bundleWorkflows(),
    dataConverter: dataConverter(readClientConfig().payloadKeyring),
  };
}

async function replaySaved(dir: string): Promise<ReplayResult[]> {
  const files = (await readdir(dir)).filter((file) => file.endsWith('.json'));
  const histories = await Promise.all(files.map((file) => readHistory(join(dir, file))));
  return await collect(Worker.runReplayHistories(await options(), histories));
}

async function replayLive(query: string): Promise<ReplayResult[]> {
  const { client, close } = await connectTemporal();
  try {
    const histories = client.workflow.list({ query }).intoHistories({ concurrency: 5 });
    return await collect(Worker.runReplayHistories(await options(), histories));
  } finally {
    await close();
  }
}

async function collect(results: AsyncIterable<ReplayResult>): Promise<ReplayResult[]> {
  const all: ReplayResult[] = [];
  for await (const result of results) all.push(result);
  return all;
}
