import { readConfig, readDatabaseUrl } from '../src/config.js';
import { openDatabase, type Database } from '../src/db/database.js';
import { findFirm } from '../src/db/firm.js';
import { endSubscription, listSubscriptions, type Subscription } from '../src/db/subscription.js';
import { parseEnd, parseSubscription, parseSubscriptionFilter } from '../src/snapshot/subscription.js';
import { subscribe } from '../src/subscribe.js';
import { Refusal, runScript } from './command.js';

interface Added {
  firm: string;
  person: string;
  email?: string;
  webhook?: string;
  cause?: string[];
}

await runScript('subscription', (command) => {
  command.description('Says who is told what needs a person: by e-mail or by a signed webhook.');
  command
    .command('add')
    .description('subscribes somebody, and prints the secret that a webhook is signed with')
    .requiredOption('--firm <id>', 'the firm')
    .requiredOption('--person <name>', 'who it is for')
    .option('--email <address>', 'by e-mail')
    .option('--webhook <url>', 'by a webhook')
    .option('--cause <keys...>', 'only these causes, as in docs/remedies.md')
    .action(add);
  command
    .command('list')
    .description('lists who is told, and what cannot be delivered')
    .option('--firm <id>', 'only this firm')
    .option('--json', 'one JSON object a line')
    .action(async ({ json, ...filter }: { firm?: string; json?: boolean }) => {
      const chosen = parseSubscriptionFilter(filter);
      await withDatabase(async (db) => {
        const all = await listSubscriptions(db, chosen);
        for (const one of all) console.log(json ? JSON.stringify(one) : line(one));
        if (all.length === 0 && !json) console.log('Nobody is subscribed.');
      });
    });
  command
    .command('end')
    .description('ends a subscription')
    .argument('<id>', 'such as S-1a2b3c4d')
    .option('--by <name>', 'who decides; kept on record', 'script')
    .action(async (id: string, options: { by: string }) => {
      const { by } = parseEnd(options);
      await withDatabase(async (db) => {
        if (!(await endSubscription(db, id, by)))
          throw new Refusal(`There is no subscription "${id}" that could be ended.`);
        console.log(`${id} has ended.`);
      });
    });
  return command;
});

async function add({ firm, person, email, webhook, cause }: Added): Promise<void> {
  if ((email === undefined) === (webhook === undefined))
    throw new Refusal('Give either --email or --webhook.');
  const wanted = parseSubscription({
    firmId: firm,
    person,
    channel: email === undefined ? 'webhook' : 'email',
    address: email ?? webhook,
    ...(cause && { causes: cause }),
  });
  const { tokenKeyring, notify } = readConfig();
  await withDatabase(async (db) => {
    if (!(await findFirm(db, firm))) throw new Refusal(`There is no firm "${firm}".`);
    const added = await subscribe({ db, tokenKeyring, hasMail: notify.smtpUrl !== undefined }, wanted);
    console.log(line(added));
    if (added.secret !== undefined)
      console.log(`It is signed with ${added.secret}, which is not shown again.`);
  });
}

async function withDatabase(use: (db: Database) => Promise<void>): Promise<void> {
  const db = openDatabase({ url: readDatabaseUrl().reveal() });
  try {
    await use(db);
  } finally {
    await db.destroy();
  }
}

function line({ subscriptionId, firmId, person, channel, address, causes, failing }: Subscription): string {
  const what = causes?.join(', ') ?? 'all causes';
  const trouble = failing ? `; cannot be delivered since ${failing.since}: ${failing.why}` : '';
  return `${subscriptionId}  firm ${firmId}, ${person}, ${channel} ${address}, ${what}${trouble}`;
}
