import { CounterfoilClient } from '../src/client.js';
import type { AggregateType } from '../src/domain/aggregate.js';
import { REMEDY_NAMES, type RemedyName } from '../src/domain/remedy.js';
import { ADOPTABLE_TYPES, type AdoptableType } from '../src/domain/trust/adoption/record.js';
import { Refusal, runScript } from './command.js';

interface Options {
  firm: string;
  type: AggregateType;
  id: string;
  action: string;
  park?: string;
  number?: string;
  prefix?: string;
  to?: string;
  record?: string;
  recordType?: string;
  line?: string;
  confirm?: boolean;
  administrator?: boolean;
  by?: string;
  note?: string;
}

await runScript('send-remedy', (command) =>
  command
    .description(
      'Decides about one parked bill, payment, client or company, and prints whether that was allowed.',
    )
    .requiredOption('--firm <id>', 'the firm')
    .option('--type <type>', 'bill, payment, contact or company', 'bill')
    .requiredOption('--id <id>', 'the bill, payment or client; for a company the firm again')
    .requiredOption('--action <remedy>', REMEDY_NAMES.join(', '))
    .option('--park <parkId>', 'only if this is what is parked')
    .option('--number <number>', 'for renumber: the number QuickBooks shall get')
    .option('--prefix <prefix>', "for new-prefix: the firm's new prefix")
    .option('--to <id>', 'for remap: the id in QuickBooks of what is used instead')
    .option('--record <id>', 'for adopt and void-there: the id of the record in QuickBooks')
    .option('--record-type <type>', `for adopt of client money: ${ADOPTABLE_TYPES.join(', ')}`)
    .option('--line <id>', 'for adopt of client money: which line of that record')
    .option('--confirm', 'for these: what was found was seen, do it all the same')
    .option('--administrator', 'for clear-link and void-there, which not every operator may do')
    .option('--by <name>', 'who decides; kept on record')
    .option('--note <text>', 'why; kept on record')
    .action(async (options: Options) => {
      const action = REMEDY_NAMES.find((name) => name === options.action);
      if (!action)
        throw new Refusal(`There is no remedy "${options.action}". There are: ${REMEDY_NAMES.join(', ')}.`);
      const client = await CounterfoilClient.connect();
      try {
        const ref = { firmId: options.firm, type: options.type, id: options.id };
        const answer = await client.remediate(ref, { ...message(options, action) });
        console.log(`${answer.parkId}: ${answer.accepted}`);
      } finally {
        await client.close();
      }
    }),
);

function message(
  {
    park,
    number,
    prefix,
    to,
    record,
    recordType: qboType,
    line: qboLine,
    confirm,
    administrator,
    by,
    note,
  }: Options,
  action: RemedyName,
) {
  return {
    action,
    ...(park !== undefined && { parkId: park }),
    ...(number !== undefined && { number }),
    ...(prefix !== undefined && { prefix }),
    ...(to !== undefined && { to }),
    ...(record !== undefined && { qboId: record }),
    ...(qboType !== undefined && { qboType: qboType as AdoptableType }),
    ...(qboLine !== undefined && { qboLine }),
    ...(confirm === true && { confirm }),
    ...(administrator === true && { as: 'administrator' as const }),
    ...(by !== undefined && { by }),
    ...(note !== undefined && { note }),
  };
}
