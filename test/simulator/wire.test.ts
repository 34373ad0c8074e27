import { describe, expect, it } from 'vitest';
import { at, errorsOf, identity } from './company.js';
import { openBench } from './opened.js';

const bench = openBench();

describe('the wire', () => {
  it('is XML unless JSON was asked for', async () => {
    const reply = await bench.send('GET', '/companyinfo/1', undefined, { accept: '*/*' });
    expect(reply.headers.get('content-type')).toContain('application/xml');
    expect(reply.text).toContain('<IntuitResponse xmlns="http://schema.intuit.com/finance/v3" time="');
    expect(reply.text).toContain('<CompanyName>Marlow &amp; Reyes LLP</CompanyName>');
    const fault = await bench.send('GET', '/invoice/999', undefined, { accept: 'text/html' });
    expect(fault.text).toContain('<Fault type="ValidationFault"><Error code="610"');
  });

  it('carries a transaction id always, and the version on success only', async () => {
    const good = await bench.get('/preferences');
    expect([good.headers.has('intuit_tid'), good.headers.has('qbo-version')]).toEqual([true, true]);
    const bad = await bench.get('/invoice/999');
    expect([bad.headers.has('intuit_tid'), bad.headers.has('qbo-version')]).toEqual([true, false]);
  });

  it('knows no 404: what is missing is 610, an unknown path 500, both with status 400', async () => {
    const missing = await bench.get('/invoice/999');
    expect([missing.status, errorsOf(missing)[0]?.code]).toEqual([400, '610']);
    const unknown = await bench.get('/customer/1/5');
    expect([unknown.status, errorsOf(unknown)[0]?.code]).toEqual([400, '500']);
    expect(errorsOf(await bench.get('/invoice/1.5'))[0]).toMatchObject({ code: '2030', element: 'Id' });
  });

  it('gives times in Pacific time, to the second in MetaData', async () => {
    await bench.control('POST', 'clock', { freeze: '2026-01-15T20:30:40.268Z' });
    await bench.connect();
    const { json } = await bench.post('/customer', { DisplayName: 'Winter' });
    expect(json['time']).toBe('2026-01-15T12:30:40.268-08:00');
    expect(at(json, 'Customer.MetaData.CreateTime')).toBe('2026-01-15T12:30:40-08:00');
    await bench.control('POST', 'clock', { freeze: '2026-07-15T20:30:40.110Z' });
    await bench.connect();
    expect((await bench.post('/customer', { DisplayName: 'Summer' })).json['time']).toBe(
      '2026-07-15T13:30:40.11-07:00',
    );
  });

  it('refuses a body that is not JSON, and a reference that is not an object', async () => {
    expect(errorsOf(await bench.send('POST', '/customer', '{"DisplayName":'))[0]?.code).toBe('2010');
    expect(errorsOf(await bench.post('/invoice', { CustomerRef: '5' }))[0]?.code).toBe('2010');
  });
});

describe('names', () => {
  it('are unique among customers, vendors and employees, matters too, in any case', async () => {
    const parent = identity(
      await bench.make('Customer', { DisplayName: 'Harbor LLC', CompanyName: 'Harbor' }),
    );
    const matter = await bench.make('Customer', { DisplayName: 'Lease', ParentRef: { value: parent.Id } });
    expect(matter).toMatchObject({ FullyQualifiedName: 'Harbor LLC:Lease', Level: 1, Job: true });
    expect(matter['ParentRef']).toEqual({ value: parent.Id });
    for (const entity of ['customer', 'vendor', 'employee']) {
      const [error] = errorsOf(await bench.post(`/${entity}`, { DisplayName: 'LEASE' }));
      expect(error).toMatchObject({ code: '6240' });
    }
    await bench.make('Customer', { ...parent, sparse: true, DisplayName: 'Harbour LLC' });
    expect(await bench.read('Customer', identity(matter).Id)).toMatchObject({
      FullyQualifiedName: 'Harbour LLC:Lease',
      SyncToken: '0',
    });
  });

  it('come with the defaults of a new customer', async () => {
    const made = await bench.make('Customer', { GivenName: 'Grace', FamilyName: 'Hopper' });
    expect(made).toMatchObject({
      DisplayName: 'Grace Hopper',
      PrintOnCheckName: 'Grace Hopper',
      Active: true,
      Balance: 0,
      BalanceWithJobs: 0,
      PreferredDeliveryMethod: 'Print',
      CurrencyRef: { value: 'USD' },
    });
    expect(errorsOf(await bench.post('/customer', { Notes: 'nobody' }))[0]?.code).toBe('6080');
  });

  it('that are inactive cannot be used anew', async () => {
    const made = await bench.make('Customer', { DisplayName: 'Closed' });
    const { Id } = identity(await bench.make('Customer', { ...identity(made), sparse: true, Active: false }));
    const payment = { CustomerRef: { value: Id }, TotalAmt: 1 };
    expect(errorsOf(await bench.post('/payment', payment))[0]?.code).toBe('610');
    await bench.control('POST', 'switches', { inactiveReferenceCode: '2500' });
    expect(errorsOf(await bench.post('/payment', payment))[0]?.code).toBe('2500');
  });
});
