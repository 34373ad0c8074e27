import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectTemporal } from './temporal-client.js';
import { historyToJson } from './history.js';
import { runScript } from './command.js';

interface Options {
  workflow?: string;
  run?: string;
  query?: string;
  dir: string;
  name?: string;
}

await runScript('save-history', (command) =>
  command
    .description('Saves the histories of one workflow, or of all that a query finds, for replay.')
    .option('--workflow <id>', 'one workflow')
    .option('--run <id>', 'one run of it; the latest otherwise')
    .option('--query <query>', 'e.g. \'WorkflowType="bill" AND ExecutionStatus="Running"\'')
    .option('--dir <folder>', 'where to', 'test/replay/histories')
    .option('--name <name>', 'file name without ending; name it for what it guards')
    .action(async (options: Options) => {
      const { client, close } = await connectTemporal();
      try {
        await mkdir(options.dir, { recursive: true });
        const wanted = options.workflow
          ? [{ workflowId: options.workflow, runId: options.run }]
          : await found(client.workflow.list({ query: options.query ?? '' }));
        for (const { workflowId, runId } of wanted) {
          const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
          const file = join(options.dir, `${options.name ?? workflowId.replaceAll(':', '_')}.json`);
          await writeFile(file, `${JSON.stringify(historyToJson(workflowId, history), null, 1)}\n`);
          console.log(`saved ${file}`);
        }
      } finally {
        await close();
      }
    }),
);

async function found(list: AsyncIterable<{ workflowId: string; runId: string }>) {
  const all: { workflowId: string; runId: string | undefined }[] = [];
  for await (const { workflowId, runId } of list) all.push({ workflowId, runId });
  return all;
}
