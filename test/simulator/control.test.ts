import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, at, errorsOf, feeLine, identity } from './company.js';
import { openBench } from './opened.js';

const bench = openBench();
let client: string;

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  client = identity(await bench.make('Customer', { DisplayName: 'Ada Byron' })).Id;
});

function invoice(docNumber: string): Json {
  return { CustomerRef: { value: client }, Line: [feeLine(10)], DocNumber: docNumber };
}

async function invoiceCount(): Promise<number> {
  return at((await bench.query('select count(*) from Invoice')).json, 'QueryResponse.totalCount') as number;
}

describe('a repeated request id', () => {
  it('gets the first answer and commits nothing', async () => {
    const first = await bench.post('/invoice?requestid=r-1', invoice('A'));
    const again = await bench.post('/invoice?requestid=r-1', invoice('another body'));
    expect(again.text).toBe(first.text);
    expect(await invoiceCount()).toBe(1);
    expect(await bench.counts()).toMatchObject({
      replayed: 1,
      committedByOperation: { 'Invoice.create': 1 },
    });
  });

  it('also gets back a refusal, unless that is switched off', async () => {
    await bench.post('/invoice?requestid=r-1', { ...invoice('A'), Colour: 1 });
    expect((await bench.post('/invoice?requestid=r-1', invoice('A'))).status).toBe(400);
    await bench.control('POST', 'switches', { replayFailures: false });
    await bench.post('/invoice?requestid=r-2', { ...invoice('A'), Colour: 1 });
    expect((await bench.post('/invoice?requestid=r-2', invoice('A'))).status).toBe(200);
  });

  it('is forgotten after its retention', async () => {
    await bench.control('POST', 'switches', { requestIdRetentionMs: 3_600_000 });
    await bench.post('/invoice?requestid=r-1', invoice('A'));
    await bench.control('POST', 'clock', { advanceMs: 3_600_001 });
    await bench.connect();
    expect(errorsOf(await bench.post('/invoice?requestid=r-1', invoice('A')))[0]?.code).toBe('6140');
  });

  it('may not be longer than fifty characters', async () => {
    const reply = await bench.post(`/invoice?requestid=${'x'.repeat(51)}`, invoice('A'));
    expect(errorsOf(reply)[0]?.code).toBe('2130');
  });
});

describe('a crash window', () => {
  it.each(['commit-then-drop', 'drop-before-commit'])(
    '%s cuts the connection without a byte',
    async (name) => {
      await bench.control('POST', 'faults', { name, match: { entity: 'Invoice', operation: 'create' } });
      await expect(bench.post('/invoice?requestid=r-1', invoice('A'))).rejects.toThrow();
      expect(await invoiceCount()).toBe(name === 'commit-then-drop' ? 1 : 0);
      expect((await bench.post('/invoice?requestid=r-1', invoice('A'))).status).toBe(200);
      expect(await invoiceCount()).toBe(1);
    },
  );

  it.each([
    [{ name: 'commit-then-status', status: 503 }, 503],
    [{ name: 'commit-then-status', status: 429 }, 429],
    [{ name: 'commit-then-transient-6000' }, 400],
  ])('%j saves and answers otherwise', async (fault, status) => {
    await bench.control('POST', 'faults', { ...fault, match: { entity: 'Invoice' } });
    const reply = await bench.post('/invoice?requestid=r-1', invoice('A'));
    expect(reply.status).toBe(status);
    expect(await invoiceCount()).toBe(1);
    const again = await bench.post('/invoice?requestid=r-1', invoice('A'));
    expect(at(again.json, 'Invoice.DocNumber')).toBe('A');
  });
});

describe('a named fault', () => {
  it.each([
    ['service-unavailable', {}, 503, /^<html>/],
    ['gateway-timeout', {}, 504, /^$/],
    ['throttled', {}, 429, /"message":"message=ThrottleExceeded; errorCode=003001; statusCode=429"/],
    ['throttled', { format: 'xml' }, 429, /^<\?xml.*code="3001"/],
    ['token-expired', {}, 401, /"code":"3200"/],
    ['empty-body', {}, 200, /^$/],
    ['html-body', {}, 200, /^</],
    ['html-body', { status: 500 }, 500, /^</],
    ['transient-6000', {}, 400, /Please wait a few minutes/],
    ['system-failure-10000', {}, 500, /"code":"10000".*SystemFault/],
    ['subscription-ended', {}, 400, /"code":"6190"/],
    ['subscription-ended', { status: 200 }, 200, /"code":"6190"/],
    ['authorization-120', {}, 401, /"code":"120".*AuthorizatonFault/],
    ['authorization-120', { status: 500 }, 500, /Unknown Error during Authentication/],
    ['wrong-cluster-130', {}, 401, /"code":"130"/],
    ['stale-object', {}, 400, /"code":"5010"/],
    ['literal', { status: 418, body: 'tea' }, 418, /^tea$/],
  ])('%s %j', async (name, options, status, text) => {
    await bench.control('POST', 'faults', { name, ...options });
    const reply = await bench.post('/invoice', invoice('A'));
    expect([reply.status, reply.headers.has('intuit_tid'), reply.headers.has('retry-after')]).toEqual([
      status,
      true,
      false,
    ]);
    expect(reply.text).toMatch(text);
    expect((await bench.post('/invoice', invoice('A'))).status).toBe(200);
  });

  it('hits as many as were asked for, after those that were let pass', async () => {
    await bench.control('POST', 'faults', {
      name: 'service-unavailable',
      skip: 1,
      count: 2,
      match: { body: '"DocNumber":"N' },
    });
    const statuses: number[] = [];
    for (const number of ['N1', 'M', 'N2', 'N3', 'N4']) {
      statuses.push((await bench.post('/invoice', invoice(number))).status);
    }
    expect(statuses).toEqual([200, 200, 503, 503, 200]);
  });

  it('of an unknown name is refused with the known ones', async () => {
    const reply = await bench.control('POST', 'faults', { name: 'bad-luck' });
    expect(reply.status).toBe(400);
    expect(reply.json['error']).toContain('commit-then-drop');
  });
});

describe('a hold', () => {
  it('stops a call before its commit and lets it go on', async () => {
    const hold = await bench.control('POST', 'holds', { match: { entity: 'Invoice' } });
    const id = hold.json['id'] as string;
    const reply = bench.post('/invoice', invoice('A'));
    const caught = await bench.control('GET', `holds/${id}?wait=true`);
    expect(caught.json).toMatchObject({ waiting: 1, released: false });
    expect((await bench.control('GET', `companies/${bench.realm}/Invoice`)).json['objects']).toEqual([]);
    await bench.control('POST', `holds/${id}/release`);
    expect((await reply).status).toBe(200);
  });

  it('after the commit can end in a cut connection', async () => {
    const hold = await bench.control('POST', 'holds', {
      phase: 'after-commit',
      match: { entity: 'Invoice' },
    });
    const id = hold.json['id'] as string;
    const cut = expect(bench.post('/invoice', invoice('A'))).rejects.toThrow();
    await bench.control('GET', `holds/${id}?wait=true`);
    expect((await bench.control('GET', `companies/${bench.realm}/Invoice`)).json['objects']).toHaveLength(1);
    await bench.control('POST', `holds/${id}/release`, { outcome: 'drop' });
    await cut;
  });

  it('named hang ends when it is released', async () => {
    const fault = await bench.control('POST', 'faults', { name: 'hang', match: { entity: 'Invoice' } });
    const probe = await bench.control('POST', 'holds', {
      phase: 'after-commit',
      match: { entity: 'Invoice' },
    });
    const reply = bench.post('/invoice', invoice('A'));
    const id = fault.json['id'] as string;
    await expect.poll(async () => (await bench.control('POST', `faults/${id}/release`)).status).toBe(200);
    await bench.control('GET', `holds/${probe.json['id'] as string}?wait=true`);
    await bench.control('DELETE', 'holds');
    expect((await reply).status).toBe(200);
  });
});

describe('the call log', () => {
  it('knows who asked what, and what it would cost', async () => {
    await bench.control('DELETE', 'calls');
    await bench.post('/invoice?requestid=r-1', invoice('A'));
    await bench.query('select * from Invoice');
    const { json } = await bench.control('GET', `calls?realm=${bench.realm}&since=0`);
    const calls = json['calls'] as Json[];
    expect(calls).toMatchObject([
      {
        entity: 'Invoice',
        operation: 'create',
        requestid: 'r-1',
        status: 200,
        committed: true,
        metered: false,
      },
      { operation: 'query', status: 200, committed: false, metered: true },
    ]);
    expect(JSON.parse(calls[0]?.['body'] as string)).toMatchObject({ DocNumber: 'A' });
    expect(await bench.counts()).toMatchObject({ writes: 1, reads: 1, metered: 1, committed: 1 });
  });
});

describe("the bookkeeper's hand", () => {
  it('changes things without a token and without a call', async () => {
    const made = identity(await bench.make('Invoice', invoice('A')));
    await bench.control('DELETE', 'calls');
    const changed = await bench.control('POST', `companies/${bench.realm}/objects/Invoice`, {
      Id: made.Id,
      PrivateNote: 'by hand',
    });
    expect(at(changed.json, 'Invoice')).toMatchObject({
      PrivateNote: 'by hand',
      SyncToken: '1',
      TotalAmt: 10,
    });
    expect(await bench.counts()).toMatchObject({ calls: 0 });
    await bench.control('POST', `companies/${bench.realm}/objects/Invoice?operation=delete`, { Id: made.Id });
    const { json } = await bench.control('GET', `companies/${bench.realm}/Invoice`);
    expect(at(json, 'objects.0')).toMatchObject({ Id: made.Id, deleted: true });
  });

  it('is bound by the same rules', async () => {
    const reply = await bench.control('POST', `companies/${bench.realm}/objects/Customer`, {
      DisplayName: 'ada byron',
    });
    expect(reply.status).toBe(400);
    expect(errorsOf(reply)[0]?.code).toBe('6240');
  });
});

describe('a company without a subscription', () => {
  it('reads and does not write', async () => {
    await bench.control('POST', `companies/${bench.realm}/status`, { status: 'read-only' });
    expect(errorsOf(await bench.post('/invoice', invoice('A')))[0]?.code).toBe('6190');
    expect(await bench.read('Customer', client)).toMatchObject({ DisplayName: 'Ada Byron' });
  });
});

describe('traffic limits', () => {
  it('are off, and throttle when they are on', async () => {
    await bench.control('POST', 'switches', {
      rateLimits: true,
      requestsPerMinute: 2,
      requestsPerSecond: 100,
    });
    const statuses = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await bench.get('/preferences')).status);
    expect(statuses).toEqual([200, 200, 429]);
    await bench.control('POST', 'clock', { advanceMs: 60_000 });
    expect((await bench.get('/preferences')).status).toBe(200);
  });
});

describe('the commit log', () => {
  const commits = async (since = 0) =>
    (await bench.control('GET', `companies/${bench.realm}/commits?since=${since}`)).json as unknown as {
      oldest: number;
      commits: { seq: number; entity: string; operation: string; object: Json }[];
    };

  it('tells what the API and the screen have changed, in that order and as it was left', async () => {
    const { commits: before } = await commits();
    const made = identity(await bench.make('Invoice', invoice('A')));
    const path = `companies/${bench.realm}/objects/Invoice`;
    await bench.control('POST', path, { Id: made.Id, DocNumber: 'B' });
    await bench.control('POST', `${path}?operation=delete`, { Id: made.Id });
    const told = (await commits(before.at(-1)?.seq)).commits.filter(({ entity }) => entity === 'Invoice');
    expect(
      told.map(({ operation, object }) => [operation, object['DocNumber'], object['SyncToken']]),
    ).toEqual([
      ['create', 'A', '0'],
      ['update', 'B', '1'],
      ['delete', 'B', '1'],
    ]);
    expect(told.map(({ seq }) => seq)).toEqual([...told.map(({ seq }) => seq)].sort((a, b) => a - b));
  });

  it('says from where on it is kept, and begins anew with a reset', async () => {
    await bench.control('POST', 'switches', { callLogLimit: 2 });
    for (const number of ['A', 'B', 'C', 'D']) await bench.make('Invoice', invoice(number));
    const { oldest, commits: kept } = await commits();
    expect(oldest).toBeGreaterThan(1);
    expect(kept[0]?.seq).toBe(oldest);
    await bench.control('POST', 'reset', {});
    expect(await commits()).toEqual({ oldest: 1, commits: [] });
  });
});
