import { beforeEach, describe, expect, test } from 'vitest';
import { acceptBill, saveBill } from '../../src/db/bill.js';
import type { BillSnapshot } from '../../src/domain/bill.js';
import { connectCompany } from '../../src/db/company.js';
import { acceptContact, clientOnRecord, lockContactFacts, saveContact } from '../../src/db/contact.js';
import type { Database } from '../../src/db/database.js';
import { lockDocument, saveLink } from '../../src/db/document.js';
import { createFirm } from '../../src/db/firm.js';
import type { ContactSnapshot } from '../../src/domain/contact.js';
import { DEFAULT_SETTINGS } from '../../src/domain/firm.js';
import { DEFAULT_PROFILE } from '../../src/domain/company.js';
import { customerKey } from '../../src/domain/document.js';
import type { CustomerIntent } from '../../src/domain/intent.js';
import { aBill, aClient } from '../support/builder.js';
import { useDatabase } from '../support/database.js';

const tokens = {
  accessToken: Buffer.from('access'),
  accessExpiresAt: new Date('2026-11-22T08:00:00Z'),
  refreshToken: Buffer.from('refresh'),
  refreshExpiresAt: new Date('2027-03-01T08:00:00Z'),
};

let db: Database;
let firmId: string;
let firmCount = 0;

useDatabase((opened) => (db = opened));

beforeEach(async () => {
  firmId = `firm-${(firmCount += 1)}`;
  await createFirm(db, firmId, 'Hale & Partners');
});

const accept = (over: Partial<ContactSnapshot> = {}) => acceptContact(db, firmId, aClient(over));
const facts = () => lockContactFacts(db, firmId, 'C1');

describe('accepting a client', () => {
  test('keeps the newest, and says what it did', async () => {
    expect((await clientOnRecord(db, firmId, 'C1')).version).toBe(0);
    expect(await accept({ version: 2 })).toBe('accepted');
    expect(await accept({ version: 2 })).toBe('known');
    expect(await accept({ version: 1, name: 'Older' })).toBe('known');
    expect(await accept({ version: 2, name: 'Another' })).toBe('contradiction');
    expect((await clientOnRecord(db, firmId, 'C1')).version).toBe(2);
    expect((await facts())?.desired).toEqual(aClient({ version: 2 }));
    expect(await accept({ version: 3, name: 'Ada King' })).toBe('accepted');
    expect((await facts())?.desired.name).toBe('Ada King');
  });

  test('keeps the clients of two firms apart', async () => {
    await accept({ version: 4 });
    await createFirm(db, `${firmId}-b`, 'Others');
    expect((await clientOnRecord(db, `${firmId}-b`, 'C1')).version).toBe(0);
    expect(await acceptContact(db, `${firmId}-b`, aClient({ version: 1 }))).toBe('accepted');
    expect((await clientOnRecord(db, firmId, 'C1')).version).toBe(4);
  });

  test('does not bring back one that a person has excluded', async () => {
    await accept();
    await saveContact(db, firmId, 'C1', { excluded: true, state: 'excluded' });
    await accept({ version: 2 });
    expect((await facts())?.excluded).toBe(true);
  });
});

describe('the facts of a client', () => {
  const intent: CustomerIntent = { document: 'customer', name: 'Ada Lovelace', mark: customerKey('C1') };

  test('are none for one never seen', async () => {
    expect(await facts()).toBeUndefined();
  });

  test('have the customer of the company that is connected, and of no other', async () => {
    const key = customerKey('C1');
    await accept();
    await lockDocument(db, { firmId, type: 'contact', id: 'C1' }, key, 'customer');
    await saveLink(db, firmId, key, intent, {
      realmId: `${firmId}-realm`,
      qboType: 'Customer',
      qboId: '58',
      syncToken: '3',
    });
    await connectCompany(db, firmId, `${firmId}-realm`, tokens);
    expect(await facts()).toEqual({
      desired: aClient(),
      excluded: false,
      documents: { [key]: { intent, qboId: '58', syncToken: '3' } },
      profile: DEFAULT_PROFILE,
      settings: DEFAULT_SETTINGS,
      billings: [],
      clientAccounts: [],
    });
    await connectCompany(db, firmId, `${firmId}-other`, tokens);
    expect((await facts())?.documents).toEqual({});
  });

  test('have what its bills and payments stand under, each kind once, the one taken in last at the end', async () => {
    await accept();
    const bill = async (billId: string, over: Partial<BillSnapshot> & { currency?: string } = {}) =>
      acceptBill(db, aBill({ firmId, billId, ...over }));
    const matters = [{ matterId: 'M1', number: '2026-017', description: 'Engine dispute' }];
    const renamed = [{ matterId: 'M1', number: '2026-018', description: 'Engine dispute' }];
    await bill('B1');
    await bill('B2', { currency: 'EUR' });
    await bill('B3', { matters: renamed });
    await bill('B4');
    await bill('V', { state: 'void', currency: 'GBP' });
    await bill('X', { currency: 'CHF' });
    await saveBill(db, firmId, 'X', { excluded: true });
    await bill('Other', { client: aClient({ clientId: 'C2' }), currency: 'SEK' });
    const client = { clientId: 'C1' };
    expect((await facts())?.billings).toEqual([
      { client, currency: 'EUR', matters },
      { client, matters: renamed },
      { client, matters },
    ]);
  });
});
