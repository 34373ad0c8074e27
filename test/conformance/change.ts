import { expect, it } from 'vitest';
import { type Company, type Json, at, errorsOf, identity } from './company.js';

const DAY_MS = 86_400_000;

const since = (ms: number): string => new Date(Date.now() - ms).toISOString().replace(/\.\d+Z$/, 'Z');

function tellCdc(company: () => Company): void {
  const changed = async (entities: string, ms: number): Promise<Json[]> => {
    const reply = await company().get(
      `/cdc?entities=${entities}&changedSince=${encodeURIComponent(since(ms))}`,
    );
    return (at(reply.json, 'CDCResponse.0.QueryResponse') ?? []) as Json[];
  };

  it('tells what was made and what was deleted, each entity for itself', async () => {
    const customer = await company().customer();
    const kept = await company().make('Invoice', company().sale(customer, 1));
    const gone = await company().make('Invoice', company().sale(customer, 1));
    await company().make('Invoice', identity(gone), '?operation=delete');
    const [invoices, budgets] = await changed('Invoice,Budget', 10 * 60_000);
    const rows = invoices?.['Invoice'] as Json[];
    expect(rows.find((row) => row['Id'] === kept['Id'])).toMatchObject({ TotalAmt: 1, SyncToken: '0' });
    expect(rows.find((row) => row['Id'] === gone['Id'])).toMatchObject({
      status: 'Deleted',
      MetaData: { LastUpdatedTime: expect.any(String) },
    });
    expect(budgets).toEqual({});
  });

  it('looks back thirty days and not further', async () => {
    const far = await company().get(`/cdc?entities=Invoice&changedSince=${since(40 * DAY_MS)}`);
    company().settle('changes since forty days', company().outcome(far), '500');
    expect((await company().get(`/cdc?entities=Invoice&changedSince=${since(29 * DAY_MS)}`)).status).toBe(
      200,
    );
  });

  it('does not speak of tax codes', async () => {
    const reply = await company().get(`/cdc?entities=TaxCode&changedSince=${since(DAY_MS)}`);
    company().settle('changes of tax codes', company().outcome(reply), '500');
  });
}

function tellBatches(company: () => Company): void {
  const batch = async (...items: Json[]): Promise<{ status: number; answers: Json[]; codes: string }> => {
    const reply = await company().post('/batch', { BatchItemRequest: items });
    const answers = (at(reply.json, 'BatchItemResponse') ?? []) as Json[];
    return { status: reply.status, answers, codes: company().outcome(reply) };
  };

  it('answers 200 with a fault for each item that failed, and saves the others', async () => {
    const DisplayName = company().unique('client');
    const { status, answers } = await batch(
      { bId: 'good', operation: 'create', Customer: { DisplayName } },
      { bId: 'bad', operation: 'create', Customer: { DisplayName, Colour: 'red' } },
      { bId: 'read', Query: 'select count(*) from Customer' },
    );
    expect(status).toBe(200);
    const byId = new Map(answers.map((answer) => [answer['bId'], answer]));
    expect(byId.get('good')).toMatchObject({ Customer: { DisplayName } });
    expect(byId.get('bad')).toMatchObject({ Fault: { Error: [{ code: '2010' }], type: 'ValidationFault' } });
    expect(byId.get('bad')).not.toHaveProperty('time');
    expect(at(byId.get('read'), 'QueryResponse.totalCount')).toEqual(expect.any(Number));
  });

  it('voids by its options', async () => {
    const customer = await company().customer();
    const invoice = await company().make('Invoice', company().sale(customer, 5));
    const payment = await company().make('Payment', company().paid(customer, 5, invoice));
    const Payment = { ...identity(payment), sparse: true };
    const { answers } = await batch({ bId: '1', operation: 'update', optionsData: 'void', Payment });
    company().settle('voiding a payment in a batch', String(at(answers[0], 'Payment.TotalAmt')), '0');
  });

  it('takes thirty items and no more', async () => {
    const items = Array.from({ length: 31 }, (_, index) => ({
      bId: String(index),
      Query: 'select count(*) from Term',
    }));
    expect((await batch(...items.slice(1))).answers).toHaveLength(30);
    expect((await batch(...items)).codes).toBe('1040');
  });

  it('does not let one item use what another makes', async () => {
    const invoice = await company().make('Invoice', company().sale(await company().customer(), 5));
    const Invoice = { ...identity(invoice), sparse: true };
    const { answers } = await batch(
      { bId: '1', operation: 'update', Invoice: { ...Invoice, PrivateNote: 'one' } },
      { bId: '2', operation: 'update', Invoice: { ...Invoice, PrivateNote: 'two' } },
    );
    const codes = answers.map((answer) => (at(answer, 'Fault.Error.0.code') ?? 'accepted') as string);
    company().settle('two updates of one object in a batch', codes.sort().join(), '5010,accepted');
    expect(errorsOf(await company().get(`/invoice/${String(invoice['Id'])}`))).toEqual([]);
  });
}

export function tellChanges(company: () => Company): void {
  tellCdc(company);
  tellBatches(company);
}
