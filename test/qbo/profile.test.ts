import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_PROFILE, foreignCurrency } from '../../src/domain/company.js';
import { readProfile } from '../../src/qbo/profile.js';
import { startSimulator, type Simulator } from '../../src/simulator/server.js';
import { SimulatorControl } from '../../scripts/local/simulator-control.js';

let simulator: Simulator;
let qbo: SimulatorControl;
beforeAll(async () => {
  simulator = await startSimulator({ seed: 'law-firm' });
  qbo = new SimulatorControl(simulator.url, '9130000000000001');
  await qbo.createCompany();
});
afterAll(async () => simulator.close());

/** As the side door shows both, in the envelopes of the API. */
const read = async () => {
  const [[Preferences], [CompanyInfo]] = await Promise.all([
    qbo.objects('Preferences'),
    qbo.objects('CompanyInfo'),
  ]);
  return readProfile({ Preferences }, { CompanyInfo });
};

describe("a company's profile", () => {
  test('is that of a law firm in the United States', async () => {
    expect(await read()).toEqual({
      homeCurrency: 'USD',
      multiCurrency: false,
      customNumbers: true,
      classTracking: 'off',
      autoApplyCredit: false,
      country: 'US',
      plan: 'QuickBooks Online Plus',
      usesSalesTax: false,
    });
  });

  test.each([
    [{ AccountingInfoPrefs: { ClassTrackingPerTxn: true } }, { classTracking: 'transaction' }],
    [{ AccountingInfoPrefs: { ClassTrackingPerTxnLine: true } }, { classTracking: 'line' }],
    [{ AccountingInfoPrefs: { BookCloseDate: '2026-06-30' } }, { closedThrough: '2026-06-30' }],
    [{ SalesFormsPrefs: { CustomTxnNumbers: false } }, { customNumbers: false }],
    [{ SalesFormsPrefs: { AutoApplyCredit: true } }, { autoApplyCredit: true }],
    [{ TaxPrefs: { UsingSalesTax: true } }, { usesSalesTax: true }],
    [
      { CurrencyPrefs: { MultiCurrencyEnabled: true, HomeCurrency: { value: 'CAD' } } },
      { multiCurrency: true, homeCurrency: 'CAD' },
    ],
  ])('follows %j', async (sections: Record<string, Record<string, unknown>>, profile) => {
    await qbo.preferences(sections);
    expect(await read()).toMatchObject(profile);
  });

  test('takes what a company does not say as switched off', () => {
    expect(readProfile({}, {})).toEqual({ ...DEFAULT_PROFILE, customNumbers: false, country: '' });
    const pairs = [{ Name: 'Other', Value: 'x' }, { Name: 'OfferingSku' }];
    expect(readProfile({}, { CompanyInfo: { NameValue: pairs } }).plan).toBe('');
  });
});

test.each([
  [undefined, undefined],
  ['USD', undefined],
  ['EUR', 'EUR'],
])('the currency %s is foreign as %s', (currency, foreign) => {
  expect(foreignCurrency(currency)).toBe(foreign);
});
