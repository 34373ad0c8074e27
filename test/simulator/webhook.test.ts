import { createHmac } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Bench, type Json, at, feeLine, identity } from './company.js';

let bench: Bench;
let receiver: Server;
let url: string;
let received: { body: string; signature: string }[] = [];
let statuses: number[] = [];

beforeAll(async () => {
  bench = await Bench.start();
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      received.push({ body, signature: String(request.headers['intuit-signature']) });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});

afterAll(async () => {
  await bench.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  received = [];
  statuses = [];
});

function subscribe(more: Json = {}): Promise<unknown> {
  return bench.control('POST', 'webhooks', { url, verifier: 'secret', retriesMs: [1, 1], ...more });
}

/** Waits for that many deliveries to arrive, and gives back the events of all of them. */
async function events(deliveries: number): Promise<Json[]> {
  await expect.poll(() => received.length).toBe(deliveries);
  return received.flatMap(({ body }) => JSON.parse(body) as Json[]);
}

describe('a webhook', () => {
  it('tells what was created, signed, as a cloud event', async () => {
    await subscribe();
    const { Id } = identity(await bench.make('Customer', { DisplayName: 'Ada' }));
    const [event] = await events(1);
    expect(event).toMatchObject({
      specversion: '1.0',
      type: 'qbo.customer.created.v1',
      intuitentityid: Id,
      intuitaccountid: bench.realm,
    });
    const { body = '', signature } = received[0] ?? {};
    expect(signature).toBe(createHmac('sha256', 'secret').update(body).digest('base64'));
  });

  it('tells voids and deletions apart from updates, and the invoice that a payment moved', async () => {
    const client = identity(await bench.make('Customer', { DisplayName: 'Ada' })).Id;
    const form = { CustomerRef: { value: client }, Line: [feeLine(10)] };
    const voided = identity(await bench.make('Invoice', form));
    const paid = identity(await bench.make('Invoice', form));
    await subscribe();
    await bench.make('Invoice', voided, '?operation=void');
    await events(1);
    await bench.make('Invoice', { ...voided, SyncToken: '1' }, '?operation=delete');
    await events(2);
    const line = { Amount: 10, LinkedTxn: [{ TxnId: paid.Id, TxnType: 'Invoice' }] };
    await bench.make('Payment', { CustomerRef: { value: client }, TotalAmt: 10, Line: [line] });
    expect((await events(3)).map((event) => event['type'])).toEqual([
      'qbo.invoice.voided.v1',
      'qbo.invoice.deleted.v1',
      'qbo.payment.created.v1',
      'qbo.invoice.updated.v1',
    ]);
  });

  it('has an older form', async () => {
    await subscribe({ format: 'legacy' });
    await bench.make('Customer', { DisplayName: 'Ada' });
    await expect.poll(() => received.length).toBe(1);
    const body = JSON.parse(received[0]?.body ?? '') as Json;
    expect(at(body, 'eventNotifications.0.dataChangeEvent.entities.0')).toMatchObject({
      name: 'Customer',
      operation: 'Create',
    });
  });

  it('comes again until it is taken, and not for ever', async () => {
    await subscribe();
    statuses = [500, 500, 200];
    await bench.make('Customer', { DisplayName: 'Ada' });
    await expect
      .poll(async () => at((await bench.control('GET', 'webhooks')).json, 'deliveries.0.outcome'))
      .toBe('delivered');
    expect(received).toHaveLength(3);
    statuses = [500, 500, 500];
    await bench.make('Customer', { DisplayName: 'Bob' });
    await expect
      .poll(async () => at((await bench.control('GET', 'webhooks')).json, 'deliveries.1.outcome'))
      .toBe('given-up');
  });

  it('can be lost, and can arrive twice', async () => {
    await subscribe({ lose: 1 });
    await bench.make('Customer', { DisplayName: 'Ada' });
    await expect
      .poll(async () => at((await bench.control('GET', 'webhooks')).json, 'deliveries.0.outcome'))
      .toBe('lost');
    await bench.control('POST', 'webhooks', { duplicate: 1 });
    await bench.make('Customer', { DisplayName: 'Bob' });
    await expect.poll(() => received.length).toBe(2);
    expect(received[0]?.body).toBe(received[1]?.body);
  });
});
