import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, errorsOf, feeLine, identity } from './company.js';
import { openBench } from './opened.js';

const bench = openBench();
let client: string;

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  client = identity(await bench.make('Customer', { DisplayName: 'Ada <Byron> & Co' })).Id;
});

async function page(params: Record<string, string> = {}): Promise<string> {
  const query = new URLSearchParams({ realm: bench.realm, ...params });
  const response = await fetch(`${bench.url}/_page?${query.toString()}`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  return response.text();
}

/** Sends a form, and gives back what the page says of it. */
async function press(action: string, fields: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`${bench.url}/_page/${action}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ realm: bench.realm, back: 'view=transactions', ...fields }),
  });
  expect(response.status).toBe(303);
  const to = new URL(response.headers.get('location') ?? '', bench.url).searchParams;
  return `${to.has('failed') ? 'failed: ' : ''}${to.get('said') ?? ''}`;
}

function invoice(DocNumber: string, amount = 100): Promise<Json> {
  return bench.make('Invoice', { CustomerRef: { value: client }, Line: [feeLine(amount)], DocNumber });
}

const rowsOf = (markup: string): string[] =>
  (/<tbody[^>]*>([^]*?)<\/tbody>/.exec(markup)?.[1] ?? '')
    .split('</tr>')
    .map((row) =>
      row
        .replace(/<details>[^]*<\/details>/, '')
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((row) => row !== '');

describe('the page', () => {
  it('is at the front door for a browser, and for nobody else', async () => {
    const browser = await fetch(bench.url, { headers: { accept: 'text/html,*/*' } });
    expect(await browser.text()).toContain('Marlow &amp; Reyes LLP');
    expect((await fetch(bench.url, { headers: { accept: 'application/json' } })).status).toBe(404);
  });

  it('needs nothing from elsewhere, and lets nothing in', async () => {
    const response = await fetch(`${bench.url}/_page`);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).not.toMatch(/(src|href)="(https?:)?\/\//);
    const stranger = await fetch(`${bench.url}/_page/disconnect`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ realm: bench.realm }),
    });
    expect(stranger.status).toBe(403);
  });

  it('lists transactions with their state, the newest first', async () => {
    await invoice('A-1');
    const paid = await invoice('A-2', 30);
    const line = { Amount: 20, LinkedTxn: [{ TxnId: paid['Id'], TxnType: 'Invoice' }] };
    await bench.make('Payment', {
      CustomerRef: { value: client },
      TotalAmt: 25,
      Line: [line],
      PaymentRefNum: '77',
    });
    const rows = rowsOf(await page());
    expect(rows).toHaveLength(3);
    expect(rows.find((row) => row.includes('A-1'))).toContain(
      'Invoice A-1 Ada &lt;Byron&gt; &amp; Co 100.00 100.00 Open',
    );
    expect(rows.find((row) => row.includes('A-2'))).toContain('30.00 10.00 Partly paid');
    expect(rows.find((row) => row.includes('77'))).toContain('Payment 77');
    expect(rows.find((row) => row.includes('77'))).toContain('25.00 5.00 Unapplied');
  });

  it('lists customers and accounts with their balances, and finds by name', async () => {
    await invoice('A-1');
    expect(rowsOf(await page({ view: 'Customer' }))[0]).toContain(
      'Ada &lt;Byron&gt; &amp; Co 100.00 100.00 Active',
    );
    const found = rowsOf(await page({ view: 'Account', q: 'receivable' }));
    expect(found).toEqual([expect.stringContaining('Accounts Receivable 100.00')]);
    expect(rowsOf(await page({ view: 'Item', q: 'legal' }))).toHaveLength(1);
  });

  it('shows the latest calls, and their rows alone', async () => {
    await bench.control('POST', 'faults', { name: 'throttled' });
    await bench.get('/customer/1');
    const rows = await page({ view: 'calls', part: 'rows' });
    expect(rows.startsWith('<tr>')).toBe(true);
    expect(rows).toMatch(/429.*[^]*injected: throttled/);
    expect(await page({ view: 'calls' })).toContain('POST /customer</code>');
    await bench.get('/customer/999');
    expect(await page({ view: 'calls' })).toMatch(/>400<[^]*fault 610/);
  });

  it('shows another company when it is chosen', async () => {
    expect(await press('add-company', { newRealm: '123', seed: 'empty' })).toBe('Company 123 is there.');
    expect(await page({ realm: '123' })).toContain('Nothing has been booked yet.');
    expect(await press('add-company', { newRealm: '124', seed: 'weeds' })).toMatch(
      /^failed: .*no seed weeds/,
    );
  });
});

describe('a bookkeeper', () => {
  it('renumbers, voids and deletes', async () => {
    const { Id } = identity(await invoice('A-1'));
    const target = { entity: 'Invoice', id: Id };
    await press('renumber', { ...target, number: 'B-7' });
    expect(await bench.read('Invoice', Id)).toMatchObject({ DocNumber: 'B-7', SyncToken: '1' });
    await press('void', target);
    expect(await bench.read('Invoice', Id)).toMatchObject({ TotalAmt: 0, PrivateNote: 'Voided' });
    expect(rowsOf(await page())[0]).toContain('Voided');
    await press('delete', target);
    expect(errorsOf(await bench.get(`/invoice/${Id}`))[0]?.code).toBe('610');
    expect(await press('void', target)).toContain('failed: 610');
  });

  it('renames, retires, brings back and merges', async () => {
    const target = { entity: 'Customer', id: client };
    await press('rename', { ...target, name: 'Ada Lovelace' });
    expect(await bench.read('Customer', client)).toMatchObject({ DisplayName: 'Ada Lovelace' });
    await press('archive', target);
    expect(await bench.read('Customer', client)).toMatchObject({ DisplayName: 'Ada Lovelace (deleted)' });
    await press('reactivate', target);
    expect(await bench.read('Customer', client)).toMatchObject({ DisplayName: 'Ada Lovelace', Active: true });
    const other = identity(await bench.make('Customer', { DisplayName: 'Countess' })).Id;
    expect(await press('rename', { ...target, name: 'countess' })).toContain('failed: 6240');
    await press('merge', { ...target, into: other });
    expect(errorsOf(await bench.get(`/customer/${client}`))[0]?.code).toBe('610');
  });

  it('deposits a payment, which locks it', async () => {
    const payment = identity(await bench.make('Payment', { CustomerRef: { value: client }, TotalAmt: 70 }));
    expect(await page()).toContain('action="/_page/deposit"');
    const accountId = await bench.idOf('Account', 'Operating Bank');
    await press('deposit', { entity: 'Payment', id: payment.Id, accountId });
    const edit = await bench.post('/payment', { ...payment, sparse: true, PrivateNote: 'x' });
    expect(errorsOf(edit)[0]?.code).toBe('6540');
    const markup = await page();
    expect(markup).not.toContain('action="/_page/deposit"');
    expect(rowsOf(markup).some((row) => row.includes('Deposited'))).toBe(true);
  });

  it('closes the books and opens them again', async () => {
    const { Id } = identity(await invoice('A-1'));
    expect(await press('close-books', { date: '2099-12-31' })).toBe(
      'The books are closed through 2099-12-31.',
    );
    expect(await press('delete', { entity: 'Invoice', id: Id })).toContain('failed: 6210');
    await press('reopen-books');
    expect(await press('delete', { entity: 'Invoice', id: Id })).toBe(`Invoice ${Id} was deleted.`);
  });

  it('prints cheques', async () => {
    const bank = await bench.idOf('Account', 'Trust Bank (IOLTA)');
    const detail = { AccountRef: { value: await bench.idOf('Account', 'Bank Charges') } };
    const made = await bench.make('Purchase', {
      PaymentType: 'Check',
      PrintStatus: 'NeedToPrint',
      AccountRef: { value: bank },
      Line: [
        { Amount: 9, DetailType: 'AccountBasedExpenseLineDetail', AccountBasedExpenseLineDetail: detail },
      ],
    });
    expect(rowsOf(await page())[0]).toContain('Cheque To print 9.00');
    expect(await page({ view: 'company' })).toContain('One cheque waits to be printed.');
    await press('print-cheques', { accountId: bank, startNumber: '500' });
    expect(await bench.read('Purchase', identity(made).Id)).toMatchObject({ DocNumber: '500' });
    await press('renumber', { entity: 'Purchase', id: identity(made).Id, number: '501' });
    expect(await bench.read('Purchase', identity(made).Id)).toMatchObject({ DocNumber: '501' });
  });

  it('ends the subscription and disconnects the app', async () => {
    await press('end-subscription');
    expect(errorsOf(await bench.post('/customer', { DisplayName: 'Bob' }))[0]?.code).toBe('6190');
    await press('renew-subscription');
    expect((await bench.post('/customer', { DisplayName: 'Bob' })).status).toBe(200);
    await press('disconnect');
    expect((await bench.get('/customer/1')).status).toBe(401);
  });

  it('is told what is missing and what there is not', async () => {
    expect(await press('fly')).toBe('failed: There is no action fly.');
    expect(await press('rename', { entity: 'Customer', id: '999', name: 'x' })).toBe(
      'failed: there is no Customer 999',
    );
    expect(await press('rename', { entity: 'Customer', id: client })).toBe('failed: name is missing');
  });
});
