import { readDatabaseUrl } from '../src/config.js';
import { openDatabase } from '../src/db/database.js';
import { listOpenFaults, type OpenFault } from '../src/db/fault.js';
import { runScript } from './command.js';

await runScript('list-attention', (command) =>
  command
    .description('Lists what needs a person: what is wrong, since when, and what may be done.')
    .option('--firm <id>', 'only this firm')
    .option('--fault <key>', 'only this cause')
    .option('--json', 'one JSON object a line')
    .action(async (options: { firm?: string; fault?: string; json?: boolean }) => {
      const db = openDatabase({ url: readDatabaseUrl().reveal() });
      try {
        const faults = await listOpenFaults(db, options);
        for (const fault of faults) console.log(options.json ? JSON.stringify(fault) : page(fault));
        if (!options.json)
          console.log(faults.length === 0 ? 'Nothing needs a person.' : `${faults.length} in all.`);
      } finally {
        await db.destroy();
      }
    }),
);

function page({ parked, workflowId, firmId }: OpenFault): string {
  return [
    `${parked.parkId}  ${workflowId}  (firm ${firmId}, ${parked.fault}, since ${parked.since})`,
    `  what is wrong: ${parked.cause}`,
    `  what to do:    ${parked.remedy}`,
    `  allowed:       ${parked.allowed.join(', ')}`,
    ...(parked.qboUrl ? [`  in QuickBooks: ${parked.qboUrl}`] : []),
    '',
  ].join('\n');
}
