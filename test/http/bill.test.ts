import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CounterfoilClient } from '../../src/client.js';
import { aBill, aClient, aPayment, expenseLine } from '../support/builder.js';
import { connectTestTemporal, type TestTemporal } from '../support/temporal.js';
import { startApi, type Api } from './api.js';

let temporal: TestTemporal;
let api: Api;
let firmId: string;

beforeAll(async () => {
  temporal = await connectTestTemporal();
  // Nobody polls this queue: a bill is accepted without any worker.
  api = await startApi(new CounterfoilClient(temporal.client, `test-${randomUUID().slice(0, 8)}`));
});

beforeEach(() => {
  firmId = `firm-${randomUUID().slice(0, 8)}`;
});

afterAll(async () => {
  await api.close();
  await temporal.close();
});

const send = (payload: object | string, headers: Record<string, string> = api.headers) =>
  api.app.inject({ method: 'POST', url: '/v1/bills', payload, headers });

describe('POST /v1/bills', () => {
  test('answers 202 once Temporal has it, and a second one goes to the same run', async () => {
    const first = await send(aBill({ firmId }));
    expect(first.statusCode).toBe(202);
    const accepted = first.json<{ workflowId: string; runId: string }>();
    expect(accepted.workflowId).toBe(`bill:${firmId}:B1`);
    expect((await send(aBill({ firmId, version: 2 }))).json()).toEqual(accepted);
    const handle = temporal.client.workflow.getHandle(accepted.workflowId, accepted.runId);
    const { events } = await handle.fetchHistory();
    expect(events?.filter((event) => event.workflowExecutionSignaledEventAttributes)).toHaveLength(2);
    await handle.terminate('end of test');
  });

  test('answers 400 with each field, the rule and the value, and starts nothing', async () => {
    const wrong = aBill({ firmId, version: 0, client: aClient({ name: 'Ada: King' }) });
    const answer = await send({ ...wrong, lines: [{ ...expenseLine(), amountCents: 1.5 }] });
    expect(answer.statusCode).toBe(400);
    const { error, problems } = answer.json<{
      error: string;
      problems: { field: string; rule: string; value: unknown }[];
    }>();
    expect(error).toBe('snapshot-refused');
    expect(problems.map(({ field, value }) => [field, value])).toEqual([
      ['version', 0],
      ['client.name', 'Ada: King'],
      ['lines.0.amountCents', 1.5],
    ]);
    expect(problems.map(({ rule }) => rule)).toContainEqual(expect.stringContaining('colon'));
    const handle = temporal.client.workflow.getHandle(`bill:${firmId}:B1`);
    await expect(handle.describe()).rejects.toThrow('not found');
  });

  test.each(['{"firmId":', '[]', '"B1"', 'null'])('answers 400 to %s', async (body) => {
    const answer = await send(body, { ...api.headers, 'content-type': 'application/json' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ message: string }>().message).not.toBe('');
  });

  test.each([{}, { authorization: 'Bearer wrong' }, { authorization: 'local-api-token-of-the-demo' }])(
    'answers 401 to %j, before it reads anything',
    async (headers) => {
      const answer = await send({ nonsense: true }, headers);
      expect(answer.statusCode).toBe(401);
      expect(answer.json()).toMatchObject({ message: expect.stringContaining('API token') as string });
    },
  );
});

describe('POST /v1/payments', () => {
  const pay = (payload: object) =>
    api.app.inject({ method: 'POST', url: '/v1/payments', payload, headers: api.headers });

  test('answers 202 once Temporal has it', async () => {
    const answer = await pay(aPayment({ firmId }));
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ workflowId: `payment:${firmId}:P1` });
    await temporal.client.workflow.getHandle(`payment:${firmId}:P1`).terminate('end of test');
  });

  test('answers 400 with the rule that is broken, and starts nothing', async () => {
    const answer = await pay(aPayment({ firmId, amountCents: 67_549 }));
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ problems: [{ field: 'allocations' }] });
    const handle = temporal.client.workflow.getHandle(`payment:${firmId}:P1`);
    await expect(handle.describe()).rejects.toThrow('not found');
  });
});

describe('POST /v1/bills/preview', () => {
  const preview = (payload: object) =>
    api.app.inject({ method: 'POST', url: '/v1/bills/preview', payload, headers: api.headers });
  const makeFirm = () =>
    api.app.inject({
      method: 'PUT',
      url: `/v1/firms/${firmId}`,
      payload: { name: 'Hale' },
      headers: api.headers,
    });

  test('says what would happen, and nothing happens', async () => {
    await makeFirm();
    expect((await preview(aBill({ firmId }))).json()).toMatchObject({ parks: { fault: 'no-item-mapped' } });
    await api.app.inject({
      method: 'PUT',
      url: `/v1/firms/${firmId}/settings`,
      payload: { items: { time: '1', expense: '2' } },
      headers: api.headers,
    });
    expect((await preview(aBill({ firmId }))).json()).toMatchObject({
      first: ['contact/C1/customer'],
      documents: [{ action: 'create', number: '1042', cents: 67_550 }],
    });
    const kept = await api.db.selectFrom('bill').select('bill_id').where('firm_id', '=', firmId).execute();
    expect(kept).toEqual([]);
    await expect(temporal.client.workflow.getHandle(`bill:${firmId}:B1`).describe()).rejects.toThrow(
      'not found',
    );
  });

  test('answers 404 where there is no firm, and 400 to what is no bill', async () => {
    expect((await preview(aBill({ firmId }))).statusCode).toBe(404);
    expect((await preview({ firmId })).statusCode).toBe(400);
  });
});
