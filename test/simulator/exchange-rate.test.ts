import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, at, errorsOf, feeLine, identity } from './company.js';
import { openBench } from './opened.js';

const bench = openBench('multicurrency');

beforeEach(async () => {
  await bench.control('POST', 'reset', { seed: 'multicurrency' });
  await bench.connect();
});

async function rateOn(params: string): Promise<unknown> {
  const reply = await bench.get(`/exchangerate?${params}`);
  return errorsOf(reply)[0]?.code ?? reply.json['ExchangeRate'];
}

describe('an exchange rate', () => {
  it('is read by its currency and day, and has no id', async () => {
    const read = await rateOn('sourcecurrencycode=EUR&asofdate=2025-07-01');
    expect(read).toMatchObject({
      SourceCurrencyCode: 'EUR',
      TargetCurrencyCode: 'USD',
      Rate: 1.05,
      AsOfDate: '2025-07-01',
    });
    expect(read).not.toHaveProperty('Id');
    expect(await rateOn('sourcecurrencycode=eur&asofdate=2026-01-01')).toMatchObject({ Rate: 1.16 });
    expect(await rateOn('sourcecurrencycode=EUR&asofdate=2020-01-01')).toMatchObject({ Rate: 1.05 });
    expect(await rateOn('sourcecurrencycode=EUR')).toMatchObject({ Rate: 1.16 });
  });

  it.each([
    ['sourcecurrencycode=CHF', '610'],
    ['sourcecurrencycode=XXQ', '2220'],
    ['asofdate=2026-01-01', '6000'],
  ])('of %s is refused with %s', async (params, code) => {
    expect(await rateOn(params)).toBe(code);
  });

  it('is found by a query', async () => {
    const { json } = await bench.query(
      "select * from ExchangeRate where SourceCurrencyCode in ('EUR','GBP') and AsOfDate = '2026-01-01'",
    );
    const found = at(json, 'QueryResponse.ExchangeRate') as Json[];
    expect(found.map((one) => [one['SourceCurrencyCode'], one['Rate']])).toEqual([
      ['EUR', 1.16],
      ['GBP', 1.34],
    ]);
    expect(at(json, 'QueryResponse.totalCount')).toBe(2);
  });

  it('is set for a day without an id, and set anew on the same day', async () => {
    const first = { SourceCurrencyCode: 'EUR', AsOfDate: '2026-05-01', Rate: 1.2 };
    expect(await bench.make('ExchangeRate', first)).toMatchObject({ SyncToken: '0', Rate: 1.2 });
    expect(await bench.make('ExchangeRate', { ...first, Rate: 1.3 })).toMatchObject({
      SyncToken: '1',
      Rate: 1.3,
    });
    const stale = await bench.post('/exchangerate', { ...first, Rate: 1.4, SyncToken: '0' });
    expect(errorsOf(stale)[0]?.code).toBe('5010');
    const customer = { DisplayName: 'Notar Lang', CurrencyRef: { value: 'EUR' } };
    const { Id } = identity(await bench.make('Customer', customer));
    const form = (TxnDate: string): Json => ({ CustomerRef: { value: Id }, TxnDate, Line: [feeLine(100)] });
    expect(await bench.make('Invoice', form('2026-05-02'))).toMatchObject({ HomeTotalAmt: 130 });
    expect(await bench.make('Invoice', form('2026-04-30'))).toMatchObject({ HomeTotalAmt: 116 });
  });

  it.each([
    [{ SourceCurrencyCode: 'USD', AsOfDate: '2026-05-01', Rate: 2 }, '6000'],
    [{ SourceCurrencyCode: 'EUR', Rate: 2 }, '2020'],
    [{ SourceCurrencyCode: 'XXQ', AsOfDate: '2026-05-01', Rate: 2 }, '2220'],
  ])('%j is refused with %s', async (body, code) => {
    expect(errorsOf(await bench.post('/exchangerate', body))[0]?.code).toBe(code);
  });
});

describe('multicurrency', () => {
  async function prefer(value: Json): Promise<Json> {
    const { json } = await bench.get('/preferences');
    const preferences = json['Preferences'] as Json;
    return bench.make('Preferences', { ...identity(preferences), CurrencyPrefs: value });
  }

  it('cannot be turned off, and the home currency stays', async () => {
    const off = await prefer({ MultiCurrencyEnabled: false, HomeCurrency: { value: 'EUR' } });
    expect(off['CurrencyPrefs']).toMatchObject({
      MultiCurrencyEnabled: true,
      HomeCurrency: { value: 'USD' },
    });
  });

  it('is turned on on the screen only, and without it a foreign currency is refused or dropped', async () => {
    await bench.control('POST', 'reset', { seed: 'law-firm' });
    await bench.connect();
    const on = await prefer({ MultiCurrencyEnabled: true });
    expect(on['CurrencyPrefs']).toMatchObject({ MultiCurrencyEnabled: false });
    const customer = { DisplayName: 'Kanzlei Brandt', CurrencyRef: { value: 'EUR' } };
    const refused = await bench.post('/customer', customer);
    expect(errorsOf(refused)[0]).toMatchObject({ code: '6000' });
    await bench.control('POST', 'switches', { foreignCurrencyWhenOff: 'home' });
    const made = await bench.make('Customer', customer);
    expect(made).toMatchObject({ CurrencyRef: { value: 'USD' } });
    const form = { CustomerRef: { value: made['Id'] }, Line: [feeLine(1)], ExchangeRate: 2 };
    const invoice = await bench.make('Invoice', form);
    for (const property of ['ExchangeRate', 'HomeTotalAmt', 'HomeBalance']) {
      expect(invoice).not.toHaveProperty(property);
    }
  });

  it('uses the currencies of a list', async () => {
    expect(await bench.make('CompanyCurrency', { Code: 'CHF' })).toMatchObject({
      Name: 'Swiss Franc',
      Active: true,
    });
    const customer = { DisplayName: 'Anwalt Keller', CurrencyRef: { value: 'CHF' } };
    expect(await bench.make('Customer', customer)).toMatchObject({ CurrencyRef: { name: 'Swiss Franc' } });
    expect(errorsOf(await bench.post('/companycurrency', { Code: 'XXQ' }))[0]?.code).toBe('2220');
  });
});
