import { readDatabaseUrl } from '../src/config.js';
import { openDatabase } from '../src/db/database.js';
import { readStory, type StoryEntry } from '../src/db/story.js';
import { parseRef } from '../src/snapshot/filter.js';
import { Refusal, runScript } from './command.js';
import { eachPage } from './page.js';

interface Options {
  firm: string;
  type: string;
  id: string;
  json?: boolean;
}

const SHOWN = 600;

const cut = (long: string): string =>
  long.length > SHOWN ? `${long.slice(0, SHOWN)}… (${long.length} characters; --json has all)` : long;

const indented = (name: string, value: string | null | undefined): string[] =>
  value === null || value === undefined || value === '' ? [] : [`    ${name.padEnd(12)} ${cut(value)}`];

await runScript('story', (command) =>
  command
    .description('Tells all that happened to one item, with every request and answer on record.')
    .requiredOption('--firm <id>', 'the firm')
    .option('--type <type>', 'bill, payment, contact, timekeeper or company', 'bill')
    .requiredOption('--id <id>', 'the bill, payment, client or timekeeper; for a company the firm again')
    .option('--json', 'one JSON object a line, with nothing cut')
    .action(async ({ firm, type, id, json }: Options) => {
      const ref = parseRef({ type, firmId: firm, id });
      const db = openDatabase({ url: readDatabaseUrl().reveal() });
      try {
        const count = await eachPage(
          (paging) => readStory(db, ref, paging),
          (entry) => console.log(json ? JSON.stringify(entry) : text(entry)),
        );
        if (count === 0) throw new Refusal(`Nothing is on record about ${type} "${id}" of firm "${firm}".`);
      } finally {
        await db.destroy();
      }
    }),
);

function text(entry: StoryEntry): string {
  switch (entry.entry) {
    case 'event':
      return [
        `${entry.at}  ${entry.kind}`,
        ...Object.entries(entry.data).flatMap(([name, value]) =>
          indented(name, typeof value === 'string' ? value : JSON.stringify(value)),
        ),
        ...indented('what was seen', entry.seen && `${entry.seen.fault}: ${entry.seen.cause}`),
      ].join('\n');
    case 'posting':
      return [
        `${entry.at}  sent: ${entry.action} ${entry.document}, generation ${entry.generation}`,
        ...indented('request id', `${entry.requestId}, to company ${entry.realmId}`),
        ...indented('request', entry.request),
        ...indented('attempts', String(entry.attempts)),
        ...indented(
          'outcome',
          entry.settledAt === null ? entry.outcome : `${entry.outcome} at ${entry.settledAt}`,
        ),
        ...indented('status', entry.httpStatus?.toString()),
        ...indented('intuit_tid', entry.intuitTid),
        ...indented('cause', entry.fault),
        ...indented('answer', entry.answer),
      ].join('\n');
    case 'fault':
      return [
        `${entry.at}  parked as ${entry.fault} (${entry.parkId})`,
        ...indented('cause', entry.cause),
        ...indented('what to do', entry.remedy),
        ...indented('allowed', entry.allowed.join(', ')),
        ...indented('evidence', JSON.stringify(entry.evidence)),
        ...indented('ended', entry.closedAt && `${entry.closedAt} by ${JSON.stringify(entry.closedBy)}`),
      ].join('\n');
  }
}
