import { beforeEach, describe, expect, it } from 'vitest';
import { type Json, at, errorsOf, identity } from './company.js';
import { accountIds, trialBalance } from './journal.js';
import { openBench } from './opened.js';

const bench = openBench('sandbox');
let client: string;
let agency: string;

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  client = identity(await bench.make('Customer', { DisplayName: 'Ada Byron' })).Id;
  agency = at((await bench.query('select * from TaxAgency')).json, 'QueryResponse.TaxAgency.0.Id') as string;
});

function line(amount: number, tax: 'TAX' | 'NON'): Json {
  return {
    Amount: amount,
    DetailType: 'SalesItemLineDetail',
    SalesItemLineDetail: { ItemRef: { value: '1' }, TaxCodeRef: { value: tax } },
  };
}

function invoice(lines: Json[], tax: Json = {}, more: Json = {}): Json {
  return { CustomerRef: { value: client }, Line: lines, TxnTaxDetail: tax, ...more };
}

/** A code with a rate of the state and one of the town; the id of the code. */
async function makeCode(): Promise<string> {
  const rates = [
    ['State', 6],
    ['Town', 1.25],
  ].map(([TaxRateName, RateValue]) => ({
    TaxRateName,
    RateValue,
    TaxAgencyId: agency,
    TaxApplicableOn: 'Sales',
  }));
  const { json } = await bench.post('/taxservice/taxcode', { TaxCode: 'Springfield', TaxRateDetails: rates });
  return json['TaxCodeId'] as string;
}

function taxOf(form: Json): unknown[] {
  const lines = (at(form, 'TxnTaxDetail.TaxLine') ?? []) as Json[];
  return lines.map((one) => [at(one, 'TaxLineDetail.NetAmountTaxable'), one['Amount']]);
}

describe('the tax of a sale in the United States', () => {
  it('is reckoned on the taxed lines, by each rate of its one code', async () => {
    const chosen = { TxnTaxCodeRef: { value: await makeCode() } };
    const made = await bench.make(
      'Invoice',
      invoice([line(100, 'TAX'), line(50, 'NON'), line(10, 'TAX')], chosen),
    );
    expect(taxOf(made)).toEqual([
      [110, 6.6],
      [110, 1.38],
    ]);
    expect(made).toMatchObject({ TotalAmt: 167.98, TxnTaxDetail: { ...chosen, TotalTax: 7.98 } });
    expect(made).not.toHaveProperty('GlobalTaxCalculation');
    const accountOf = await accountIds(bench);
    const owed = await bench.read('Account', accountOf('State Board of Equalization Payable'));
    expect(owed).toMatchObject({ CurrentBalance: -7.98, AccountSubType: 'SalesTaxPayable' });
    const [debits, credits] = await trialBalance(bench);
    expect(debits).toBe(credits);
  });

  it('is the total that the caller says, shared by the rates', async () => {
    const tax = { TxnTaxCodeRef: { value: await makeCode() }, TotalTax: 8 };
    const made = await bench.make('Invoice', invoice([line(100, 'TAX')], tax));
    expect(taxOf(made)).toEqual([
      [100, 6.62],
      [100, 1.38],
    ]);
    expect(made).toMatchObject({ TotalAmt: 108 });
    const noted = await bench.make('Invoice', { ...identity(made), sparse: true, PrivateNote: 'x' });
    expect(noted).toMatchObject({ TotalAmt: 108 });
  });

  it('needs no code where the caller says a total, and is nothing where there is neither', async () => {
    expect(await bench.make('Invoice', invoice([line(100, 'TAX')], { TotalTax: 3 }))).toMatchObject({
      TotalAmt: 103,
    });
    expect(await bench.make('Invoice', invoice([line(100, 'TAX')]))).toMatchObject({ TotalAmt: 100 });
  });

  it('is nothing on lines that are not taxed, and names a code that exists', async () => {
    const chosen = { TxnTaxCodeRef: { value: await makeCode() } };
    expect(await bench.make('Invoice', invoice([line(100, 'NON')], chosen))).toMatchObject({ TotalAmt: 100 });
    const unknown = await bench.post(
      '/invoice',
      invoice([line(1, 'TAX')], { TxnTaxCodeRef: { value: '99' } }),
    );
    expect(errorsOf(unknown)[0]?.code).toBe('2500');
  });

  it('is dropped where the company charges none', async () => {
    const chosen = { TxnTaxCodeRef: { value: await makeCode() }, TotalTax: 8 };
    await bench.control('POST', `companies/${bench.realm}/preferences`, {
      TaxPrefs: { UsingSalesTax: false },
    });
    expect(await bench.make('Invoice', invoice([line(100, 'TAX')], chosen))).toMatchObject({
      TotalAmt: 100,
      TxnTaxDetail: { TotalTax: 0 },
    });
  });
});

describe('automated sales tax', () => {
  beforeEach(async () => {
    await bench.control('POST', `companies/${bench.realm}/preferences`, {
      TaxPrefs: { PartnerTaxEnabled: true },
    });
  });

  it('takes its own code, sent or not', async () => {
    const chosen = { TxnTaxCodeRef: { value: await makeCode() } };
    for (const tax of [chosen, {}]) {
      const made = await bench.make('Invoice', invoice([line(100, 'TAX')], tax));
      expect(made).toMatchObject({ TotalAmt: 108, TxnTaxDetail: { TxnTaxCodeRef: { value: '2' } } });
    }
  });

  it("honours the caller's code together with a total, and otherwise where that is switched on", async () => {
    const code = await makeCode();
    const both = { TxnTaxCodeRef: { value: code }, TotalTax: 1 };
    expect(await bench.make('Invoice', invoice([line(100, 'TAX')], both))).toMatchObject({ TotalAmt: 101 });
    await bench.control('POST', 'switches', { automatedSalesTax: 'honours' });
    const chosen = { TxnTaxCodeRef: { value: code } };
    expect(await bench.make('Invoice', invoice([line(100, 'TAX')], chosen))).toMatchObject({
      TotalAmt: 107.25,
    });
  });
});
