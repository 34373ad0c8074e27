import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RemedyRefused, CounterfoilClient } from '../../src/client.js';
import { readClientConfig } from '../../src/config.js';
import { searchAttribute } from '../../src/workflows/search-attribute.js';
import { claim, until, type Claim } from './claim.js';
import type { Stage } from './stage.js';
import { TRUST } from './trust.js';

export interface Chapter {
  title: string;
  play(stage: Stage): Promise<Claim[]>;
}

const connected: Chapter = {
  title: 'A firm is connected to its QuickBooks company',
  async play(stage) {
    const { qbo, firm } = stage;
    const calls = await qbo.calls();
    const preferences = calls.filter(({ path }) => path.endsWith('/preferences'));
    const { status } = await stage.api('GET', `/v1/firms/${firm.firmId}/connection`);
    return [
      claim('The company was reached by the OAuth code flow', status, 'connected'),
      claim('Its Preferences were read, once', preferences.length, 1),
    ];
  },
};

const approved: Chapter = {
  title: 'An approved bill reaches QuickBooks',
  async play(stage) {
    const before = await stage.qbo.counts();
    await stage.billing.syncBill(stage.bill('B1'));
    await stage.settled('B1');
    const [invoice] = await stage.qbo.objects('Invoice');
    const after = await stage.qbo.counts();
    return [
      claim('Bill B1 is in QuickBooks, once', await stage.invoiceNumbers('B1'), ['B1']),
      claim('Its total is exact to the cent', invoice?.TotalAmt, 719.5),
      claim('Its client is a customer, once', await stage.countCustomers('Client of B1'), 1),
      claim(
        'That took two writes and no read',
        [after.writes - before.writes, after.metered - before.metered],
        [2, 0],
      ),
    ];
  },
};

const parked: Chapter = {
  title: 'A number is taken already: the bill parks and waits for a person',
  async play(stage) {
    await stage.takeNumber('B2');
    await stage.billing.syncBill(stage.bill('B2'));
    const [status] = await stage.parked('B2');
    await stage.billing.syncBill(stage.bill('B2-other'));
    await stage.settled('B2-other');
    const { typedSearchAttributes } = await stage.handle('B2').describe();
    return [
      claim('QuickBooks has no invoice B2', await stage.invoiceNumbers('B2'), ['B2-other']),
      claim(
        'Temporal finds it by its fault',
        typedSearchAttributes.get(searchAttribute.faultKey),
        'number-used-bill',
      ),
      claim('It says which record stands in the way', status?.parked?.cause.includes('Credit Memo'), true),
      claim(
        'A bill of another client went through meanwhile',
        await stage.countCustomers('Client of B2-other'),
        1,
      ),
    ];
  },
};

const prefixed: Chapter = {
  title: 'The operator changes the prefix and retries',
  async play(stage) {
    const before = await stage.qbo.counts();
    await stage.api('PUT', `/v1/firms/${stage.firm.firmId}/settings`, { prefix: 'CF-', by: 'Kim' });
    await stage.billing.retry(stage.ref('B2'), { by: 'Kim' });
    await stage.settled('B2');
    const after = await stage.qbo.counts();
    return [
      claim('B2 is posted under its new number', await stage.invoiceNumbers('CF-B2'), ['CF-B2']),
      claim('It went on at the invoice: one write', after.writes - before.writes, 1),
      claim('Its customer was not touched again', await stage.countCustomers('Client of B2'), 1),
    ];
  },
};

const remedied: Chapter = {
  title: 'A remedy is answered, a wrong one is refused, and twenty go by one command',
  async play(stage) {
    await stage.takeNumber('CF-B3');
    await stage.billing.syncBill(stage.bill('B3'));
    await stage.parked('B3');
    const refusal = await stage.billing.remediate(stage.ref('B3'), { action: 'reconnect' }).then(
      () => 'accepted',
      (error: unknown) => (error instanceof RemedyRefused ? 'refused' : String(error)),
    );
    await stage.billing.remediate(stage.ref('B3'), { action: 'renumber', number: 'B3-again', by: 'Kim' });
    await stage.settled('B3');
    const ids = Array.from({ length: 20 }, (_, index) => `T${String(index + 1).padStart(2, '0')}`);
    for (const id of ids) await stage.takeNumber(`CF-${id}`);
    await Promise.all(ids.map((id) => stage.billing.syncBill(stage.bill(id))));
    await stage.parked(...ids);
    await stage.api('PUT', `/v1/firms/${stage.firm.firmId}/settings`, { prefix: 'N-', by: 'Kim' });
    const query = `FirmId="${stage.firm.firmId}" AND FaultKey="number-used-bill"`;
    const all = async () => (await stage.temporal.workflow.count(query)).count === ids.length;
    await until('Temporal lists all twenty', all);
    await stage.cli(
      'workflow',
      'signal',
      '--query',
      query,
      '--name',
      'retry',
      '--reason',
      'new prefix',
      '--yes',
    );
    await stage.settled(...ids);
    return [
      claim('A remedy that does not help was refused', refusal, 'refused'),
      claim('B3 is posted under the number a person gave it', await stage.invoiceNumbers('B3-again'), [
        'B3-again',
      ]),
      claim('Twenty bills were released by one CLI command', (await stage.invoiceNumbers('N-T')).length, 20),
    ];
  },
};

const WEATHER: [string, Record<string, unknown>][] = [
  ['service-unavailable', { count: 3 }],
  ['throttled', { count: 1 }],
  ['token-expired', { count: 1 }],
  ['empty-body', { count: 1 }],
  ['html-body', { count: 1 }],
];

const weather: Chapter = {
  title: 'QuickBooks has a bad day, and nobody is bothered',
  async play(stage) {
    const ids = WEATHER.map(([fault]) => `W-${fault}`.slice(0, 18));
    for (const [index, [fault, options]] of WEATHER.entries()) {
      await stage.qbo.fault(fault, {
        ...options,
        match: { entity: 'Invoice', operation: 'create', body: ids[index]! },
      });
    }
    await stage.qbo.company('expire-tokens');
    await Promise.all(ids.map((id) => stage.billing.syncBill(stage.bill(id))));
    await stage.settled(...ids);
    const wanted = ids.map((id) => `N-${id}`).sort();
    const refusals = await stage.temporal.workflow.count(
      `SyncState="NeedsAttention" AND FirmId="${stage.firm.firmId}"`,
    );
    return [
      claim(
        '503s, 429, expired tokens, empty and HTML answers: each bill is there once',
        await stage.invoiceNumbers('N-W-'),
        wanted,
      ),
      claim('No person was asked for anything', refusals.count, 0),
    ];
  },
};

const killed: Chapter = {
  title: 'QuickBooks commits, the line drops, and the worker is killed',
  async play(stage) {
    const held = await stage.qbo.hold({ entity: 'Invoice', operation: 'create' }, 'after-commit');
    await stage.billing.syncBill(stage.bill('K1'));
    await held.caught();
    await stage.world.worker.kill();
    await held.release('drop');
    await stage.world.worker.restart();
    await stage.settled('K1');
    const calls = (await stage.qbo.calls()).filter(({ body }) => body?.includes('N-K1') === true);
    return [
      claim('There is exactly one invoice', await stage.invoiceNumbers('N-K1'), ['N-K1']),
      claim(
        'The second send carried the first one’s request id',
        new Set(calls.map(({ requestid }) => requestid)).size,
        1,
      ),
      claim('QuickBooks committed once', calls.filter(({ committed }) => committed).length, 1),
    ];
  },
};

const repeated: Chapter = {
  title: 'The same bill again, older, twice at once, and from two processes',
  async play(stage) {
    await stage.billing.syncBill(stage.bill('B1', { version: 3, dueOn: '2026-12-31' }));
    await stage.settled('B1');
    const before = await stage.qbo.counts();
    const other = await CounterfoilClient.connect(readClientConfig(stage.world.env));
    const again = stage.bill('B1', { version: 3, dueOn: '2026-12-31' });
    await Promise.all([
      stage.billing.syncBill(again),
      other.syncBill(again),
      stage.billing.syncBill(stage.bill('B1')),
    ]);
    await stage.settled('B1');
    await other.close();
    const after = await stage.qbo.counts();
    return [claim('Nothing more was written', after.writes - before.writes, 0)];
  },
};

const rubbish: Chapter = {
  title: 'Rubbish typed into the Temporal UI wedges nothing',
  async play(stage) {
    await stage.takeNumber('N-R1');
    await stage.billing.syncBill(stage.bill('R1'));
    await stage.parked('R1');
    const handle = stage.handle('R1');
    const workflow = handle.workflowId;
    const type = async (name: string, ...input: string[]) =>
      await stage.cli('workflow', 'signal', '--workflow-id', workflow, '--name', name, ...input);
    await type('sync');
    await type('sync', '--input', '"not a snapshot"');
    await type('retry', '--input', '{"action":"hurry"}');
    await type('no-such-signal', '--input', '1');
    await type('__temporal_reserved', '--input', '1');
    await type('sync', '--input', 'AAAA', '--input-base64', '--input-meta', 'encoding=no/such-encoding');
    await type('sync', '--input', 'AAAA', '--input-base64', '--input-meta', 'encoding=binary/encrypted');
    const answers = await Promise.allSettled([
      handle.executeUpdate('remediate'),
      handle.executeUpdate('remediate', { args: ['rubbish'] }),
      handle.executeUpdate('no-such-update', { args: [{}] }),
    ]);
    const status = async () => await stage.billing.status(stage.ref('R1'));
    await until('all that was typed is on record', async () => (await status()).refused.length === 7);
    await stage.billing.remediate(stage.ref('R1'), { action: 'renumber', number: 'R1-fixed' });
    await stage.settled('R1');
    return [
      claim(
        'Each update was refused with an answer',
        answers.map(({ status: how }) => how),
        Array(3).fill('rejected'),
      ),
      claim('The bill was fixed all the same', await stage.invoiceNumbers('R1-fixed'), ['R1-fixed']),
    ];
  },
};

const outages: Chapter = {
  title: 'Postgres stops in the middle of a posting, then Temporal does',
  async play(stage) {
    const { world, qbo } = stage;
    const first = await qbo.hold({ entity: 'Invoice', operation: 'create' });
    await stage.billing.syncBill(stage.bill('P1'));
    await first.caught();
    await world.postgres.stop('immediate');
    await first.release();
    await world.postgres.restart();
    await stage.settled('P1');
    const second = await qbo.hold({ entity: 'Invoice', operation: 'create' });
    await stage.billing.syncBill(stage.bill('P2'));
    await second.caught();
    await world.temporal.stop();
    await second.release();
    await world.temporal.restart();
    await stage.settled('P2');
    return [
      claim('The bill that Postgres left in the middle is there once', await stage.invoiceNumbers('N-P1'), [
        'N-P1',
      ]),
      claim('The bill that Temporal left in the middle is there once', await stage.invoiceNumbers('N-P2'), [
        'N-P2',
      ]),
    ];
  },
};

const replayed: Chapter = {
  title: 'The histories of all of this replay against today’s code',
  async play(stage) {
    const dir = await mkdtemp(join(tmpdir(), 'counterfoil-histories-'));
    const query = `FirmId="${stage.firm.firmId}"`;
    await stage.script('save-history', '--query', query, '--dir', dir);
    const saved = await stage.script('replay-histories', '--dir', dir);
    const live = await stage.script('replay-histories', '--live', '--query', query);
    return [
      claim('From files: none breaks', /^[1-9]\d* replayed, 0 broken/m.test(saved), true),
      claim('From the live server: none breaks', /^[1-9]\d* replayed, 0 broken/m.test(live), true),
    ];
  },
};

export const STORY: readonly Chapter[] = [
  connected,
  approved,
  parked,
  prefixed,
  remedied,
  weather,
  killed,
  repeated,
  rubbish,
  outages,
  ...TRUST,
  replayed,
];
