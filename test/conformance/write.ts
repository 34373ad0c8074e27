import { expect, it } from 'vitest';
import { type Company, type Json, at, errorsOf, identity } from './company.js';

const linesOf = (form: Json): Json[] => (form['Line'] as Json[]).filter((line) => line['Id'] !== undefined);

function tellDefaults(company: () => Company): void {
  it('a customer is completed: active, no job, its name qualified and on cheques', async () => {
    const DisplayName = company().unique('client');
    expect(await company().make('Customer', { DisplayName })).toMatchObject({
      Id: expect.any(String),
      SyncToken: '0',
      Active: true,
      Job: false,
      BillWithParent: false,
      Balance: 0,
      FullyQualifiedName: DisplayName,
      PrintOnCheckName: DisplayName,
      sparse: false,
      domain: 'QBO',
    });
  });

  it('a matter has its parent in its qualified name', async () => {
    const parent = await company().make('Customer', { DisplayName: company().unique('client') });
    const DisplayName = company().unique('matter');
    const matter = await company().make('Customer', {
      DisplayName,
      ParentRef: { value: parent['Id'] },
      Job: true,
    });
    expect(matter).toMatchObject({
      FullyQualifiedName: `${String(parent['DisplayName'])}:${DisplayName}`,
      Level: 1,
      Job: true,
    });
  });

  it('an invoice gets line ids, a sub-total without one, and an open balance', async () => {
    const form = await company().make('Invoice', company().sale(await company().customer(), 12.5));
    expect(form).toMatchObject({
      TotalAmt: 12.5,
      Balance: 12.5,
      EmailStatus: 'NotSet',
      PrintStatus: 'NeedToPrint',
    });
    const lines = form['Line'] as Json[];
    expect(lines[0]).toMatchObject({ Id: '1', LineNum: 1 });
    const subTotal = lines.find((line) => line['DetailType'] === 'SubTotalLineDetail');
    expect(subTotal).toMatchObject({ Amount: 12.5 });
    expect(subTotal).not.toHaveProperty('Id');
    const days = (Date.parse(form['DueDate'] as string) - Date.parse(form['TxnDate'] as string)) / 86_400_000;
    company().settle('days until an invoice without terms is due', String(days), '30');
    company().settle(
      'terms of such an invoice',
      form['SalesTermRef'] === undefined ? 'none' : 'some',
      'none',
    );
  });

  it('names in references are the real ones, whatever was sent', async () => {
    const customer = await company().customer();
    const sale = company().sale(customer, 1);
    const form = await company().make('Invoice', {
      ...sale,
      CustomerRef: { value: customer, name: 'Somebody Else' },
    });
    expect(at(form, 'CustomerRef.name')).not.toBe('Somebody Else');
  });

  it('what is read-only is overwritten in silence, what is unknown is refused', async () => {
    const sale = company().sale(await company().customer(), 3);
    expect(await company().make('Invoice', { ...sale, TotalAmt: 99, Balance: 99 })).toMatchObject({
      TotalAmt: 3,
    });
    const [error] = errorsOf(await company().post('/invoice', { ...sale, Colour: 'red' }));
    expect(error).toMatchObject({ code: '2010' });
  });
}

function tellUpdates(company: () => Company): void {
  it('an update counts by one, and one without a difference not at all', async () => {
    const made = await company().make('Customer', { DisplayName: company().unique('client') });
    const same = { ...identity(made), sparse: true, DisplayName: made['DisplayName'] };
    expect(await company().make('Customer', same)).toMatchObject({
      SyncToken: '0',
      MetaData: made['MetaData'],
    });
    const changed = { ...identity(made), sparse: true, Notes: 'Called twice.' };
    expect(await company().make('Customer', changed)).toMatchObject({ SyncToken: '1', sparse: false });
  });

  it('a superseded token is refused with 5010, and a missing one too', async () => {
    const made = await company().make('Customer', { DisplayName: company().unique('client') });
    await company().make('Customer', { ...identity(made), sparse: true, Notes: 'one' });
    const stale = await company().post('/customer', { ...identity(made), sparse: true, Notes: 'two' });
    expect(stale.status).toBe(400);
    expect(errorsOf(stale)[0]?.code).toBe('5010');
    const missing = await company().post('/customer', { Id: made['Id'], sparse: true, Notes: 'two' });
    company().settle('an update without a token', company().outcome(missing), '2020');
  });

  it('a sparse update leaves the rest, and replaces lines as a whole', async () => {
    const customer = await company().customer();
    const sale = company().sale(customer, 10, { PrivateNote: 'kept' });
    const made = await company().make('Invoice', { ...sale, Line: [company().line(10), company().line(5)] });
    const [first] = linesOf(made);
    const Line = [first, company().line(7)];
    const after = await company().make('Invoice', { ...identity(made), sparse: true, Line });
    expect(after).toMatchObject({ PrivateNote: 'kept', TotalAmt: 17, DocNumber: made['DocNumber'] });
    expect(linesOf(after)).toHaveLength(2);
    expect(linesOf(after)[0]).toMatchObject({ Id: '1' });
    expect(['1', '2']).not.toContain(linesOf(after)[1]?.['Id']);
  });

  it('a full update takes away what it leaves out', async () => {
    const DisplayName = company().unique('client');
    const made = await company().make('Customer', {
      DisplayName,
      CompanyName: 'Analytical Ltd',
      Notes: 'gone',
    });
    const after = await company().make('Customer', { ...identity(made), DisplayName });
    expect(after).not.toHaveProperty('CompanyName');
    expect(after).not.toHaveProperty('Notes');
  });

  it('a full update without a date makes a credit memo one of today', async () => {
    const customer = await company().customer();
    const sale = company().sale(customer, 4, { TxnDate: '2026-01-05' });
    const made = await company().make('CreditMemo', sale);
    const { DocNumber, CustomerRef, Line } = made;
    const after = await company().make('CreditMemo', { ...identity(made), DocNumber, CustomerRef, Line });
    expect(after['TxnDate']).not.toBe('2026-01-05');
  });

  it('a posting moves the time of its customer, and not the token', async () => {
    const made = await company().make('Customer', { DisplayName: company().unique('client') });
    await company().make('Invoice', company().sale(made['Id'] as string, 20));
    expect(await company().read('Customer', made['Id'])).toMatchObject({ SyncToken: '0', Balance: 20 });
  });
}

function tellEnds(company: () => Company): void {
  it('a deleted transaction answers with a stub, and then 610', async () => {
    const made = await company().make('Invoice', company().sale(await company().customer(), 2));
    const gone = await company().make('Invoice', identity(made), '?operation=delete');
    expect(gone).toEqual({ domain: 'QBO', status: 'Deleted', Id: made['Id'] });
    expect(errorsOf(await company().get(`/invoice/${String(made['Id'])}`))[0]?.code).toBe('610');
    const again = await company().post('/invoice?operation=delete', identity(made));
    expect(errorsOf(again)[0]).toMatchObject({ code: '610', Detail: expect.stringContaining('deleted') });
  });

  it('an inactive name is marked, free again, hidden from queries and readable', async () => {
    const DisplayName = company().unique('client');
    const made = await company().make('Customer', { DisplayName });
    const after = await company().make('Customer', { ...identity(made), sparse: true, Active: false });
    expect(after).toMatchObject({ Active: false, DisplayName: `${DisplayName} (deleted)` });
    expect(await company().rows('Customer', `where Id = '${String(made['Id'])}'`)).toEqual([]);
    const all = await company().rows(
      'Customer',
      `where Id = '${String(made['Id'])}' and Active in (true, false)`,
    );
    expect(all).toHaveLength(1);
    const use = await company().post('/invoice', company().sale(made['Id'] as string, 1));
    company().settle('an invoice for an inactive customer', company().outcome(use), '610');
    await company().make('Customer', { DisplayName });
  });

  it('a name is taken whatever its case, by vendors too', async () => {
    const DisplayName = company().unique('client');
    await company().make('Customer', { DisplayName });
    for (const entity of ['customer', 'vendor']) {
      const reply = await company().post(`/${entity}`, { DisplayName: DisplayName.toUpperCase() });
      expect(errorsOf(reply)[0]?.code).toBe('6240');
    }
  });

  it('a voided invoice keeps number and customer, and nothing else', async () => {
    const customer = await company().customer();
    const made = await company().make(
      'Invoice',
      company().sale(customer, 30, { PrivateNote: 'for the file' }),
    );
    const after = await company().make('Invoice', identity(made), '?operation=void');
    expect(after).toMatchObject({ TotalAmt: 0, Balance: 0, SyncToken: '1', DocNumber: made['DocNumber'] });
    expect(after['PrivateNote']).toMatch(/^Voided/);
    company().settle('the note of a voided invoice', String(after['PrivateNote']), 'Voided - for the file');
  });

  it('a credit memo cannot be voided', async () => {
    const made = await company().make('CreditMemo', company().sale(await company().customer(), 6));
    const reply = await company().post('/creditmemo?operation=void', identity(made));
    company().settle('voiding a credit memo', company().outcome(reply), 'accepted');
    expect(await company().read('CreditMemo', made['Id'])).toMatchObject({ TotalAmt: 6 });
  });
}

export function tellWrites(company: () => Company): void {
  tellDefaults(company);
  tellUpdates(company);
  tellEnds(company);
}
