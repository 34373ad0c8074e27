import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { ContactSnapshot } from '../../src/domain/contact.js';
import { aBill, aClient } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { settledOf } from '../support/settled.js';
import type { QboObject } from '../../scripts/local/simulator-control.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
});
afterAll(async () => world.close());

let count = 0;
/** A client whom nobody else in this file has, and a bill of it. */
const aStory = (of = firm) => {
  const id = `K${(count += 1)}`;
  const client = aClient({ clientId: id, name: `Client ${id}`, email: `${id.toLowerCase()}@example.com` });
  return {
    client,
    bill: { firmId: of.firmId, type: 'bill', id } satisfies AggregateRef,
    contact: { firmId: of.firmId, type: 'contact', id } satisfies AggregateRef,
    sync: (over: Partial<ContactSnapshot> = {}, version = 1, billId = id) =>
      world.client.syncBill(
        aBill({ firmId: of.firmId, billId, number: billId, version, client: { ...client, ...over } }),
      ),
  };
};

const posted = async (ref: AggregateRef) => settledOf(world.client, ref);

const parked = async (ref: AggregateRef, fault: string) =>
  eventually(async () => {
    const status = await world.client.status(ref);
    expect(status.parked?.fault).toBe(fault);
    return status.parked!;
  });

const waiting = async (ref: AggregateRef) =>
  eventually(async () => expect((await world.client.status(ref)).state).toBe('waiting'));

const customerOf = async (number: string, of = firm): Promise<unknown> => {
  const invoices = await of.qbo.objects('Invoice');
  const invoice = invoices.find(({ DocNumber }) => DocNumber === number);
  return (invoice?.CustomerRef as { value?: unknown } | undefined)?.value;
};

const customer = (name: string, email?: string): Promise<QboObject> =>
  firm.qbo.bookkeeper('Customer', {
    DisplayName: name,
    ...(email !== undefined && { PrimaryEmailAddr: { Address: email } }),
  });

const writesOf = async (entity: string) =>
  (await firm.qbo.calls()).filter((call) => call.entity === entity && call.committed).length;

describe('a client whose name QuickBooks has already', () => {
  test('is shown who has it, and takes that one when a person says so, without a write', async () => {
    const { client, bill, contact, sync } = aStory();
    const theirs = await customer(client.name, client.email);
    await sync();
    const { cause, allowed, qboId, qboUrl } = await parked(contact, 'contact-name-taken');
    await waiting(bill);
    expect(allowed).toEqual(['adopt', 'retry']);
    expect(qboId).toBe(theirs.Id);
    expect(cause).toContain(`customer ${client.name}, id ${theirs.Id}, ${client.email}, balance 0.00`);
    expect(qboUrl).toContain(`customerdetail?nameId=${theirs.Id}`);
    const before = await writesOf('Customer');
    await world.client.remediate(contact, { action: 'adopt', qboId: theirs.Id, by: 'Kim' });
    await posted(bill);
    expect(await customerOf(bill.id)).toBe(theirs.Id);
    expect(await writesOf('Customer')).toBe(before);
  });

  test('with another address and in other letters is taken only when that is confirmed', async () => {
    const { client, bill, contact, sync } = aStory();
    const theirs = await customer(client.name.toUpperCase(), 'other@example.com');
    await sync();
    await parked(contact, 'contact-name-taken');
    await world.client.remediate(contact, { action: 'adopt', qboId: theirs.Id });
    const { cause } = await parked(contact, 'adopt-differs');
    expect(cause).toContain(`name: meant ${client.name}, QuickBooks has ${client.name.toUpperCase()}`);
    expect(cause).toContain('other@example.com');
    await world.client.remediate(contact, { action: 'adopt', qboId: theirs.Id, confirm: true });
    await posted(bill);
    expect(await customerOf(bill.id)).toBe(theirs.Id);
    const kept = (await firm.qbo.objects('Customer')).find(({ Id }) => Id === theirs.Id);
    expect(kept?.DisplayName).toBe(client.name.toUpperCase());
  });

  test('cannot take a record that is not there, nor that of another client', async () => {
    const other = aStory();
    await other.sync();
    await posted(other.bill);
    const { client, bill, contact, sync } = aStory();
    const theirs = await customer(client.name);
    await sync();
    await parked(contact, 'contact-name-taken');
    await world.client.remediate(contact, { action: 'adopt', qboId: '999999' });
    await parked(contact, 'adopt-refused');
    const taken = String(await customerOf(other.bill.id));
    await world.client.remediate(contact, { action: 'adopt', qboId: taken });
    await eventually(async () => {
      const { parked: now } = await world.client.status(contact);
      expect(now?.cause).toContain(`contact/${other.client.clientId}/customer`);
    });
    await world.client.remediate(contact, { action: 'adopt', qboId: theirs.Id, confirm: true });
    await posted(bill);
  });

  test('is a vendor there: the billing app gives another name, and it goes on by itself', async () => {
    const { client, bill, contact, sync } = aStory();
    await firm.qbo.bookkeeper('Vendor', { DisplayName: client.name });
    await sync();
    const { cause, allowed } = await parked(contact, 'contact-name-elsewhere');
    expect(cause).toContain('vendor');
    expect(allowed).toEqual(['retry']);
    await sync({ version: 2, name: `${client.name} (client)` }, 2);
    await posted(bill);
  });

  test('is an inactive customer there: it is made active again and taken', async () => {
    const { client, bill, contact, sync } = aStory();
    const theirs = await customer(client.name, client.email);
    await firm.qbo.bookkeeper('Customer', { Id: theirs.Id, Active: false });
    // Most companies free the name of what is inactive; some have it taken all the same.
    await firm.qbo.fault('literal', {
      match: { entity: 'Customer', operation: 'create' },
      status: 400,
      body: {
        Fault: {
          Error: [
            {
              code: '6240',
              Message: 'Duplicate Name Exists Error',
              Detail: 'The name supplied already exists. : null',
            },
          ],
          type: 'ValidationFault',
        },
      },
    });
    await sync();
    const { qboId } = await parked(contact, 'contact-name-inactive');
    expect(qboId).toBe(theirs.Id);
    await world.client.remediate(contact, { action: 'reactivate' });
    await posted(bill);
    const kept = (await firm.qbo.objects('Customer')).find(({ Id }) => Id === theirs.Id);
    expect(kept).toMatchObject({ Active: true, DisplayName: client.name });
    expect(await customerOf(bill.id)).toBe(theirs.Id);
  });

  test('is taken unasked where the firm says so and name and address agree, and never else', async () => {
    await world.call('PUT', `/v1/firms/${firm.firmId}/settings`, { match: 'name-and-email' });
    const alike = aStory();
    const theirs = await customer(alike.client.name, alike.client.email?.toUpperCase());
    await alike.sync();
    await posted(alike.bill);
    expect(await customerOf(alike.bill.id)).toBe(theirs.Id);
    const unlike = aStory();
    await customer(unlike.client.name, 'other@example.com');
    await unlike.sync();
    await parked(unlike.contact, 'contact-name-taken');
    const bare = aStory();
    await customer(bare.client.name);
    await bare.sync();
    await parked(bare.contact, 'contact-name-taken');
    await world.call('PUT', `/v1/firms/${firm.firmId}/settings`, { match: null });
  });
});

describe('a customer of ours that somebody', () => {
  const known = async () => {
    const story = aStory();
    await story.sync();
    await posted(story.bill);
    return { ...story, id: String(await customerOf(story.bill.id)) };
  };

  test.each(['610', '2500'])('made inactive (%s) is decided about once for all bills', async (code) => {
    await firm.qbo.switches({ inactiveReferenceCode: code });
    const { bill, contact, sync, id } = await known();
    await firm.qbo.bookkeeper('Customer', { Id: id, Active: false });
    const later = [`${bill.id}-b`, `${bill.id}-c`];
    for (const billId of later) await sync({}, 1, billId);
    const { allowed, parkId } = await parked(contact, 'contact-inactive');
    expect(allowed).toEqual(['reactivate', 'adopt', 'recreate', 'retry']);
    for (const one of later) await waiting({ ...bill, id: one });
    await world.client.retry(contact);
    await eventually(async () => {
      expect((await parked(contact, 'contact-inactive')).parkId).not.toBe(parkId);
    });
    await world.client.remediate(contact, { action: 'reactivate', by: 'Kim' });
    for (const one of later) {
      await posted({ ...bill, id: one });
      expect(await customerOf(one)).toBe(id);
    }
  });

  test('made inactive and active again goes on with a retry', async () => {
    const { bill, contact, sync, id, client } = await known();
    await firm.qbo.bookkeeper('Customer', { Id: id, Active: false });
    await sync({}, 2, `${bill.id}-b`);
    await parked(contact, 'contact-inactive');
    await firm.qbo.bookkeeper('Customer', { Id: id, Active: true, DisplayName: client.name });
    await world.client.retry(contact);
    await posted({ ...bill, id: `${bill.id}-b` });
  });

  test('renamed and made inactive has its own name again when a person brings it back', async () => {
    const { bill, contact, sync, id, client } = await known();
    await firm.qbo.bookkeeper('Customer', { Id: id, DisplayName: `${client.name}, formerly` });
    await firm.qbo.bookkeeper('Customer', { Id: id, Active: false });
    await sync({}, 1, `${bill.id}-b`);
    await parked(contact, 'contact-inactive');
    await world.client.remediate(contact, { action: 'reactivate', by: 'Kim' });
    await posted({ ...bill, id: `${bill.id}-b` });
    const customers = await firm.qbo.objects('Customer');
    expect(customers.find(({ Id }) => Id === id)).toMatchObject({ DisplayName: client.name });
  });

  test('merged into another one is replaced by that one', async () => {
    const { bill, contact, sync, id } = await known();
    const left = await customer(`Merged ${bill.id}`);
    await firm.qbo.merge('Customer', id, left.Id);
    await sync({}, 1, `${bill.id}-b`);
    await parked(contact, 'contact-gone');
    await world.client.remediate(contact, { action: 'adopt', qboId: left.Id });
    await parked(contact, 'adopt-differs');
    await world.client.remediate(contact, { action: 'adopt', qboId: left.Id, confirm: true });
    await posted({ ...bill, id: `${bill.id}-b` });
    expect(await customerOf(`${bill.id}-b`)).toBe(left.Id);
  });

  test('merged away can be made anew', async () => {
    const { bill, contact, sync, id, client } = await known();
    const left = await customer(`Merged ${bill.id}`);
    await firm.qbo.merge('Customer', id, left.Id);
    await sync({}, 1, `${bill.id}-b`);
    await parked(contact, 'contact-gone');
    await world.client.remediate(contact, { action: 'recreate' });
    await posted({ ...bill, id: `${bill.id}-b` });
    const anew = (await firm.qbo.objects('Customer')).find(({ DisplayName }) => DisplayName === client.name);
    expect(await customerOf(`${bill.id}-b`)).toBe(anew?.Id);
  });
});

test('an address that QuickBooks does not take is put right by the billing app', async () => {
  const { bill, contact, sync } = aStory();
  await firm.qbo.fault('literal', {
    match: { entity: 'Customer', operation: 'create' },
    status: 400,
    body: {
      Fault: {
        Error: [
          {
            code: '2210',
            Message: 'Invalid Email Address format',
            Detail:
              'Invalid Email Address format : Email address must comply with RFC 822 standards. Supplied value: a@b.c',
          },
        ],
        type: 'ValidationFault',
      },
    },
  });
  await sync();
  await parked(contact, 'email-malformed');
  await sync({ version: 2, email: 'right@example.com' }, 2);
  await posted(bill);
});

test('an address that is taken away in the billing app is taken away in QuickBooks', async () => {
  const { client, bill, contact, sync } = aStory();
  await sync();
  await posted(bill);
  const { email: _gone, ...without } = client;
  await world.client.syncBill(
    aBill({
      firmId: firm.firmId,
      billId: bill.id,
      number: bill.id,
      version: 2,
      client: { ...without, version: 2 },
    }),
  );
  await posted(bill);
  await posted(contact);
  await eventually(async () => {
    const ours = (await firm.qbo.objects('Customer')).find(({ DisplayName }) => DisplayName === client.name);
    expect(ours).toBeDefined();
    expect(ours).not.toHaveProperty('PrimaryEmailAddr');
  });
});

test('a decision outlives an outage', async () => {
  const { client, bill, contact, sync } = aStory();
  const theirs = await customer(client.name, client.email);
  await sync();
  await parked(contact, 'contact-name-taken');
  await firm.qbo.fault('service-unavailable', { match: { entity: 'Customer', method: 'GET' }, count: 2 });
  await world.client.remediate(contact, { action: 'adopt', qboId: theirs.Id });
  await posted(bill);
  expect(await customerOf(bill.id)).toBe(theirs.Id);
});
