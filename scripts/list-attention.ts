import { readDatabaseUrl } from '../src/config.js';
import { listAttention, listCauses, type AttentionItem, type Cause } from '../src/db/attention.js';
import { openDatabase, type Database } from '../src/db/database.js';
import { listSubscriptions } from '../src/db/subscription.js';
import { countInHand, type InHand } from '../src/db/unposted.js';
import { entryByKey } from '../src/domain/fault/catalogue.js';
import { titleOf } from '../src/domain/notice.js';
import { parseAttentionFilter } from '../src/snapshot/filter.js';
import { runScript } from './command.js';
import { eachPage } from './page.js';

interface Options {
  firm?: string;
  cause?: string;
  items?: boolean;
  json?: boolean;
}

const IN_HAND: Readonly<Record<string, string>> = {
  outage: 'until QuickBooks answers again',
  waiting: 'for something else that is under way',
  working: 'being worked on',
};

/** Failures in a row; what fails once or twice is no news. */
const SHOWN_AFTER = 3;

const inHandText = ({ firmId, cause, items, since }: InHand): string =>
  `Going on by itself: ${items} of firm ${firmId}, ${IN_HAND[cause] ?? cause}, since ${since}.`;

await runScript('list-attention', (command) =>
  command
    .description('Lists what is not in QuickBooks and why: by cause, or item by item.')
    .option('--firm <id>', 'only this firm')
    .option('--cause <key>', 'only this cause, as in docs/remedies.md')
    .option('--items', 'item by item: since when, tried how often, what may be done')
    .option('--json', 'one JSON object a line')
    .action(async ({ items, json, ...filter }: Options) => {
      const chosen = parseAttentionFilter(filter);
      const db = openDatabase({ url: readDatabaseUrl().reveal() });
      const print =
        <T>(show: (one: T) => string) =>
        (one: T): void => {
          console.log(json ? JSON.stringify(one) : show(one));
        };
      try {
        const count = items
          ? await eachPage((after) => listAttention(db, { ...chosen, ...after }), print(itemText))
          : await eachPage((after) => listCauses(db, { ...chosen, ...after }), print(causeText));
        if (!json) await end(db, count, items === true, chosen);
      } finally {
        await db.destroy();
      }
    }),
);

async function end(db: Database, count: number, items: boolean, filter: { firm?: string; cause?: string }) {
  if (count === 0) console.log('Nothing needs a person.');
  else
    console.log(
      items ? `${count} in all.` : `${count} in all, one for each cause; --items lists what each holds up.`,
    );
  if (filter.cause !== undefined) return;
  for (const inHand of await countInHand(db, filter)) console.log(inHandText(inHand));
  for (const { subscriptionId, address, failing } of await listSubscriptions(db, {
    ...filter,
    failing: SHOWN_AFTER,
  }))
    console.log(
      `${subscriptionId}: messages to ${address} fail since ${failing?.since ?? ''}. ${failing?.why ?? ''}`,
    );
}

function causeText({ firmId, cause, items, behind, since, text, remedy, allowed }: Cause): string {
  const scope = entryByKey(cause)?.scope === 'company' ? 'the whole company' : `${items} parked`;
  return [
    `${titleOf(cause)}  (firm ${firmId}, ${cause})`,
    `  ${scope}, ${behind} waiting behind; the oldest since ${since}`,
    `  what is wrong: ${text}`,
    `  what to do:    ${remedy}`,
    `  allowed:       ${allowed.join(', ') || 'nothing is sent to it'}`,
    '',
  ].join('\n');
}

function itemText(item: AttentionItem): string {
  const tried =
    item.lastTriedAt === undefined
      ? 'not sent to QuickBooks'
      : `tried ${item.tries} times in vain, sent last at ${item.lastTriedAt}`;
  return [
    `${item.parkId ?? (item.workflowId === undefined ? 'parted' : 'stuck')}  ${item.workflowId ?? item.id}  (firm ${item.firmId}, ${item.cause}, since ${item.since})`,
    `  what is wrong: ${item.text}`,
    `  what to do:    ${item.remedy}`,
    `  allowed:       ${item.allowed.join(', ') || 'nothing is sent to it'}`,
    `  so far:        ${tried}, parked ${item.timesParked} times`,
    ...(item.waitingFor === undefined ? [] : [`  goes on by itself when this changes: ${item.waitingFor}`]),
    ...(item.behind === 0 ? [] : [`  waiting behind it: ${item.behind}`]),
    ...(item.qboUrl === undefined ? [] : [`  in QuickBooks: ${item.qboUrl}`]),
    '',
  ].join('\n');
}
