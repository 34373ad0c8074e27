import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Bench, type Json, at, errorsOf, identity } from './company.js';
import { accountIds, side, trialBalance } from './journal.js';

let bench: Bench;
let client: string;
let vendor: string;
const code: Record<string, string> = {};
const rate: Record<string, string> = {};

async function namesOf(entity: string): Promise<Record<string, string>> {
  const { json } = await bench.query(`select * from ${entity}`);
  const found = at(json, `QueryResponse.${entity}`) as Json[];
  return Object.fromEntries(found.map((one) => [one['Name'] as string, one['Id'] as string]));
}

beforeAll(async () => {
  bench = await Bench.start('canada');
});

afterAll(() => bench.close());

beforeEach(async () => {
  await bench.control('POST', 'reset', {});
  await bench.connect();
  Object.assign(code, await namesOf('TaxCode'));
  Object.assign(rate, await namesOf('TaxRate'));
  client = identity(await bench.make('Customer', { DisplayName: 'Ada Byron' })).Id;
  vendor = identity(await bench.make('Vendor', { DisplayName: 'Court Reporters' })).Id;
});

function line(amount: number, codeName: string | undefined, more: Json = {}): Json {
  const tax = codeName === undefined ? {} : { TaxCodeRef: { value: code[codeName] ?? codeName } };
  return {
    Amount: amount,
    DetailType: 'SalesItemLineDetail',
    SalesItemLineDetail: { ItemRef: { value: '2' }, ...tax, ...more },
  };
}

function invoice(lines: Json[], more: Json = {}): Json {
  return { CustomerRef: { value: client }, Line: lines, ...more };
}

/** Rate, percent, taxable amount and tax of each tax line. */
function taxOf(form: Json): unknown[] {
  const lines = (at(form, 'TxnTaxDetail.TaxLine') ?? []) as Json[];
  return lines.map((one) => [
    at(one, 'TaxLineDetail.TaxRateRef.value'),
    at(one, 'TaxLineDetail.TaxPercent'),
    at(one, 'TaxLineDetail.NetAmountTaxable'),
    one['Amount'],
  ]);
}

async function balance(name: string): Promise<unknown> {
  return (await bench.read('Account', (await accountIds(bench))(name)))['CurrentBalance'];
}

async function detailOf(form: Json): Promise<string | undefined> {
  const [error] = errorsOf(await bench.post('/invoice', form));
  return error && `${error.code} ${error.Detail}`;
}

describe('a Canadian company', () => {
  it('shows its country, its currency and its codes', async () => {
    const info = (await bench.get(`/companyinfo/${bench.realm}`)).json;
    expect(at(info, 'CompanyInfo.Country')).toBe('CA');
    expect(client && (await bench.read('Customer', client))).toMatchObject({ CurrencyRef: { value: 'CAD' } });
    expect(Object.keys(code).sort()).toEqual([
      'Exempt',
      'GST',
      'GST/PST BC',
      'HST ON',
      'Out of Scope',
      'Zero-rated',
    ]);
  });

  it('wants a code on every line', async () => {
    const sentence =
      '6000 Business Validation Error: Make sure all your transactions have a GST/HST rate before you save.';
    expect(await detailOf(invoice([line(10, 'GST'), line(5, undefined)]))).toBe(sentence);
    expect(await detailOf(invoice([line(5, 'NON')]))).toContain('2500');
    expect(await detailOf(invoice([line(5, 'Out of Scope')]))).toBeUndefined();
  });

  it('wants none where it charges no tax', async () => {
    await bench.control('POST', `companies/${bench.realm}/preferences`, {
      TaxPrefs: { UsingSalesTax: false },
    });
    const made = await bench.make('Invoice', invoice([line(5, undefined)]));
    expect(made).toMatchObject({ TotalAmt: 5, TxnTaxDetail: { TotalTax: 0 } });
  });
});

describe('tax on top', () => {
  it.each([
    ['GST', [['GST', 5, 100, 5]], 105],
    ['HST ON', [['HST ON', 13, 100, 13]], 113],
    [
      'GST/PST BC',
      [
        ['GST', 5, 100, 5],
        ['PST BC', 7, 100, 7],
      ],
      112,
    ],
    ['Zero-rated', [['GST ZR', 0, 100, 0]], 100],
    ['Exempt', [['GST EP', 0, 100, 0]], 100],
    ['Out of Scope', [], 100],
  ])('by %s is %j', async (name, expected, total) => {
    const made = await bench.make('Invoice', invoice([line(100, name)]));
    expect(taxOf(made)).toEqual(expected.map(([rateName, ...rest]) => [rate[String(rateName)], ...rest]));
    expect(made).toMatchObject({ TotalAmt: total, Balance: total, GlobalTaxCalculation: 'TaxExcluded' });
  });

  it('is reckoned by rate on the sum of the lines, half a cent going up', async () => {
    const made = await bench.make(
      'Invoice',
      invoice([line(0.1, 'GST'), line(0.1, 'GST/PST BC'), line(0.1, 'GST')]),
    );
    // 5 % of 0.30 is 0.015; each line alone would have given 0.005, thrice a whole cent.
    expect(taxOf(made)).toEqual([
      [rate['GST'], 5, 0.3, 0.02],
      [rate['PST BC'], 7, 0.1, 0.01],
    ]);
  });

  it.each([
    [37.38, 4.86],
    [37.37, 4.86],
    [4495.16, 584.37],
    [0.5, 0.07],
  ])('of 13 percent on %d is %d', async (amount, tax) => {
    const made = await bench.make('Invoice', invoice([line(amount, 'HST ON')]));
    expect(at(made, 'TxnTaxDetail.TotalTax')).toBe(tax);
  });

  it('is owed to the agency of each rate, and given back by a credit memo', async () => {
    await bench.make('Invoice', invoice([line(100, 'GST/PST BC')]));
    expect([await balance('GST/HST Payable'), await balance('PST BC Payable')]).toEqual([-5, -7]);
    await bench.make('CreditMemo', invoice([line(40, 'GST/PST BC')]));
    expect([await balance('GST/HST Payable'), await balance('PST BC Payable')]).toEqual([-3, -4.2]);
    const [debits, credits] = await trialBalance(bench);
    expect(debits).toBe(credits);
  });

  it('follows its lines, and stays when something else is changed', async () => {
    const made = await bench.make('Invoice', invoice([line(100, 'GST')]));
    const noted = await bench.make('Invoice', { ...identity(made), sparse: true, PrivateNote: 'x' });
    expect(noted).toMatchObject({ TotalAmt: 105 });
    const changed = await bench.make('Invoice', {
      ...identity(noted),
      sparse: true,
      Line: [line(200, 'HST ON')],
      TxnTaxDetail: undefined,
    });
    expect(changed).toMatchObject({ TotalAmt: 226, Balance: 226 });
  });

  it('is taken after the discount, whatever is asked for', async () => {
    const discount = {
      DetailType: 'DiscountLineDetail',
      Amount: 10,
      DiscountLineDetail: { PercentBased: false },
    };
    for (const ApplyTaxAfterDiscount of [false, true]) {
      const made = await bench.make(
        'Invoice',
        invoice([line(100, 'GST'), discount], { ApplyTaxAfterDiscount }),
      );
      expect(made).toMatchObject({ TotalAmt: 94.5 });
    }
  });
});

describe('tax within the price', () => {
  const inclusive = { GlobalTaxCalculation: 'TaxInclusive' };

  it('is taken out of each line, which then shows both amounts', async () => {
    const made = await bench.make(
      'Invoice',
      invoice([line(450, 'HST ON', { Qty: 450, UnitPrice: 1 })], inclusive),
    );
    expect(at(made, 'Line.0')).toMatchObject({
      Amount: 398.23,
      SalesItemLineDetail: { TaxInclusiveAmt: 450, Qty: 450, UnitPrice: 0.8849556 },
    });
    expect(at(made, 'Line.1')).toMatchObject({ DetailType: 'SubTotalLineDetail', Amount: 398.23 });
    expect(taxOf(made)).toEqual([[rate['HST ON'], 13, 398.23, 51.77]]);
    expect(made).toMatchObject({ TotalAmt: 450, ...inclusive });
  });

  it('is rounded line by line', async () => {
    const one = await bench.make('Invoice', invoice([line(20, 'HST ON')], inclusive));
    const five = await bench.make(
      'Invoice',
      invoice(
        Array.from({ length: 5 }, () => line(4, 'HST ON')),
        inclusive,
      ),
    );
    // 20 / 1.13 is 17.699…, 4 / 1.13 is 3.539….
    expect([at(one, 'TxnTaxDetail.TotalTax'), at(five, 'TxnTaxDetail.TotalTax')]).toEqual([2.3, 2.3]);
    const small = Array.from({ length: 7 }, () => line(1, 'HST ON'));
    // 1 / 1.13 is 0.884…, so each line holds 12 cents, where 7 / 1.13 would leave 81.
    expect(at(await bench.make('Invoice', invoice(small, inclusive)), 'TxnTaxDetail.TotalTax')).toBe(0.84);
  });

  it('is shared by the rates of a group', async () => {
    const made = await bench.make('Invoice', invoice([line(112, 'GST/PST BC')], inclusive));
    expect(taxOf(made)).toEqual([
      [rate['GST'], 5, 100, 5],
      [rate['PST BC'], 7, 100, 7],
    ]);
  });

  it('is taken out of the members of a group, and a discount leaves books that agree', async () => {
    const detail = { GroupItemRef: { value: '2' }, Line: [line(113, 'HST ON'), line(226, 'HST ON')] };
    const discount = {
      DetailType: 'DiscountLineDetail',
      DiscountLineDetail: { PercentBased: true, DiscountPercent: 10 },
    };
    const group = { DetailType: 'GroupLineDetail', GroupLineDetail: detail };
    const made = await bench.make('Invoice', invoice([group, discount], inclusive));
    expect(made).toMatchObject({ TotalAmt: 305.1, TxnTaxDetail: { TotalTax: 35.1 } });
    expect(at(made, 'Line.0.Amount')).toBe(300);
    expect(at(made, 'Line.2.DiscountLineDetail.DiscountAccountRef.name')).toBe('Discounts given');
    const [debits, credits] = await trialBalance(bench);
    expect(debits).toBe(credits);
  });

  it('gets smaller with a discount by as much as the prices do', async () => {
    const discount = {
      DetailType: 'DiscountLineDetail',
      DiscountLineDetail: { PercentBased: true, DiscountPercent: 20 },
    };
    const lines = [line(9, 'HST ON'), line(3, 'HST ON'), discount];
    const made = await bench.make('Invoice', invoice(lines, inclusive));
    // 9 and 3 hold 7.96 and 2.65; four fifths of 12 are 9.60, and four fifths of 10.61 are 8.49.
    expect(taxOf(made)).toEqual([[rate['HST ON'], 13, 8.49, 1.11]]);
    expect([at(made, 'Line.2.Amount'), at(made, 'Line.3.Amount'), made['TotalAmt']]).toEqual([
      10.61, 2.12, 9.6,
    ]);
  });

  it('does not move when what was read is sent back, nor when the rest is changed', async () => {
    const made = await bench.make(
      'Invoice',
      invoice([line(450, 'HST ON', { Qty: 450, UnitPrice: 1 })], inclusive),
    );
    const [first] = made['Line'] as Json[];
    const back = await bench.make('Invoice', { ...identity(made), sparse: true, Line: [first] });
    expect(back).toMatchObject({ TotalAmt: 450, Line: [{ Amount: 398.23 }, {}] });
    const noted = await bench.make('Invoice', { ...identity(back), sparse: true, PrivateNote: 'x' });
    expect(noted).toMatchObject({ TotalAmt: 450, Line: [{ Amount: 398.23 }, {}] });
  });

  it('is added to a line whose two amounts are the same, and wherever amounts are net', async () => {
    const both = line(100, 'GST', { TaxInclusiveAmt: 100 });
    expect(await bench.make('Invoice', invoice([both], inclusive))).toMatchObject({ TotalAmt: 105 });
    await bench.control('POST', 'switches', { inclusiveLineAmount: 'net' });
    const made = await bench.make('Invoice', invoice([line(100, 'GST')], inclusive));
    expect(made).toMatchObject({ TotalAmt: 105, Line: [{ Amount: 100 }, {}] });
  });
});

describe('a form without tax', () => {
  it('needs no codes, and takes no tax', async () => {
    const none = { GlobalTaxCalculation: 'NotApplicable' };
    expect(await bench.make('Invoice', invoice([line(100, undefined)], none))).toMatchObject({
      TotalAmt: 100,
      TxnTaxDetail: { TotalTax: 0 },
    });
    expect(await detailOf(invoice([line(100, 'GST')], { ...none, TxnTaxDetail: { TotalTax: 5 } }))).toContain(
      '6170',
    );
  });
});

describe('a tax that the caller sends', () => {
  function taxLine(name: string, amount: number, taxable?: number): Json {
    const about = taxable === undefined ? {} : { NetAmountTaxable: taxable };
    const detail = { TaxRateRef: { value: rate[name] }, PercentBased: false, ...about };
    return { Amount: amount, DetailType: 'TaxLineDetail', TaxLineDetail: detail };
  }

  function sent(...lines: Json[]): Json {
    return invoice([line(100, 'GST/PST BC')], { TxnTaxDetail: { TaxLine: lines } });
  }

  it('takes the place of the computed one, rate by rate, for as long as the lines stay', async () => {
    const made = await bench.make('Invoice', sent(taxLine('GST', 5.02, 100), taxLine('PST BC', 7)));
    expect(made).toMatchObject({ TotalAmt: 112.02, TxnTaxDetail: { TotalTax: 12.02 } });
    const noted = await bench.make('Invoice', { ...identity(made), sparse: true, PrivateNote: 'x' });
    expect(noted).toMatchObject({ TotalAmt: 112.02 });
    const changed = await bench.make('Invoice', {
      ...identity(noted),
      sparse: true,
      Line: [line(200, 'GST/PST BC')],
    });
    expect(changed).toMatchObject({ TotalAmt: 224 });
  });

  it('must come for all rates of the lines and for no other', async () => {
    const sentence = 'QuickBooks encountered an error while calculating tax';
    expect(await detailOf(sent(taxLine('GST', 5)))).toContain(sentence);
    const stranger = sent(taxLine('GST', 5), taxLine('PST BC', 7), taxLine('HST ON', 1));
    expect(await detailOf(stranger)).toContain(sentence);
  });

  it('is passed over as a total alone', async () => {
    const total = invoice([line(100, 'GST')], { TxnTaxDetail: { TotalTax: 6 } });
    expect(await bench.make('Invoice', total)).toMatchObject({ TotalAmt: 105 });
  });

  it('may be as far off as is switched on', async () => {
    await bench.control('POST', 'switches', { taxOverrideToleranceCents: 2 });
    expect(await detailOf(sent(taxLine('GST', 5.02), taxLine('PST BC', 6.98)))).toBeUndefined();
    expect(await detailOf(sent(taxLine('GST', 5.03), taxLine('PST BC', 7)))).toContain('6070');
  });
});

describe('tax on money out', () => {
  async function expense(codeName: string | undefined): Promise<Json> {
    const accountOf = await accountIds(bench);
    const tax = codeName === undefined ? {} : { TaxCodeRef: { value: code[codeName] } };
    const detail = { AccountRef: { value: accountOf('Bank Charges') }, ...tax };
    return {
      Amount: 100,
      DetailType: 'AccountBasedExpenseLineDetail',
      AccountBasedExpenseLineDetail: detail,
    };
  }

  it('is claimed back by the rates of purchases', async () => {
    const made = await bench.make('Bill', {
      VendorRef: { value: vendor },
      Line: [await expense('GST/PST BC')],
    });
    expect(taxOf(made)).toEqual([[rate['GST (ITC)'], 5, 100, 5]]);
    expect(made).toMatchObject({ TotalAmt: 105, Balance: 105 });
    expect(await balance('GST/HST Payable')).toBe(5);
    const [debits, credits] = await trialBalance(bench);
    expect(debits).toBe(credits);
  });

  it('wants a code too', async () => {
    const bill = { VendorRef: { value: vendor }, Line: [await expense(undefined)] };
    expect(errorsOf(await bench.post('/bill', bill))[0]?.Detail).toContain('GST/HST rate');
  });
});

describe('a journal line with a tax code', () => {
  it('says what it applies to and what it comes to', async () => {
    const accountOf = await accountIds(bench);
    const entry = (tax: Json): Json => ({
      Line: [
        side('Debit', accountOf('Bank Charges'), 20, tax),
        side('Credit', accountOf('Operating Bank'), 20),
      ],
    });
    const coded = { TaxCodeRef: { value: code['Exempt'] } };
    const codes = errorsOf(await bench.post('/journalentry', entry(coded))).map((error) => error.code);
    expect(codes).toEqual(['2270', '2280']);
    const whole = { ...coded, TaxApplicableOn: 'Purchase', TaxAmount: 0 };
    expect((await bench.post('/journalentry', entry(whole))).status).toBe(200);
  });
});

describe('the tax service', () => {
  it('makes codes that forms are taxed by, for an agency with an account of its own', async () => {
    const agency = await bench.make('TaxAgency', { DisplayName: 'Revenu Québec' });
    expect(agency).not.toHaveProperty('TaxTrackedOnSalesAccountRef');
    const { json } = await bench.post('/taxservice/taxcode', {
      TaxCode: 'GST/QST QC',
      TaxRateDetails: [
        { TaxRateId: rate['GST'], TaxApplicableOn: 'Sales' },
        { TaxRateName: 'QST 9.975%', RateValue: 9.975, TaxAgencyId: agency['Id'], TaxApplicableOn: 'Sales' },
      ],
    });
    const made = await bench.make('Invoice', invoice([line(4495.16, json['TaxCodeId'] as string)]));
    expect((taxOf(made) as unknown[][]).map(([, ...rest]) => rest)).toEqual([
      [5, 4495.16, 224.76],
      [9.975, 4495.16, 448.39],
    ]);
    expect(await balance('Revenu Québec Payable')).toBe(-448.39);
  });

  it('knows its agencies and rates', async () => {
    const create = async (detail: Json): Promise<string | undefined> =>
      errorsOf(await bench.post('/taxservice/taxcode', { TaxCode: 'New', TaxRateDetails: [detail] }))[0]
        ?.code;
    expect(await create({ TaxRateId: '999' })).toBe('2500');
    expect(await create({ TaxRateName: 'New', RateValue: 1, TaxAgencyId: '99' })).toBe('2500');
  });
});
