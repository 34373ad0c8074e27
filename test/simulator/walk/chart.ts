import type { Fields } from '../../../src/simulator/fields.js';
import { type Chart, linesOf, refOf } from './model.js';
import type { Office } from './office.js';
import { type Rate, type TaxedLine } from './tax.js';

/** Where the seeds keep the tax of an agency that was there before; later ones have accounts by their names. */
const SEEDED: Readonly<Record<string, string>> = {
  'Canada Revenue Agency': 'GST/HST Payable',
  'Ministry of Finance (BC)': 'PST BC Payable',
};

const TAXED = ['SalesItemLineDetail', 'AccountBasedExpenseLineDetail', 'ItemBasedExpenseLineDetail'];

/** What the books look up of the company: accounts, items, rates. It asks as any reader would. */
export class Lookup implements Chart {
  readonly homeCurrency: string;
  readonly isAbroad: boolean;
  private readonly accounts = new Map<string, Fields>();
  private readonly liabilities = new Map<string, string>();
  private readonly rates = new Map<string, readonly Rate[]>();

  constructor(private readonly office: Office) {
    this.homeCurrency = office.company.homeCurrency;
    this.isAbroad = office.company.country !== 'US';
  }

  private account(test: (account: Fields) => boolean): string {
    for (const id of this.office.all('Account')) {
      const fields = this.accounts.get(id) ?? this.office.read('Account', id) ?? {};
      this.accounts.set(id, fields);
      if (test(fields)) return id;
    }
    return '';
  }

  /** Remembers an answer to a question, as long as there was one. */
  private readonly known = new Map<string, string>();
  private once(key: string, test: (account: Fields) => boolean): string {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const found = this.account(test);
    if (found !== '') this.known.set(key, found);
    return found;
  }

  private control(subType: string, currency: string): string {
    return this.once(
      `${subType} ${currency}`,
      (account) => account['AccountSubType'] === subType && refOf(account, 'CurrencyRef') === currency,
    );
  }

  get undeposited(): string {
    return this.once('undeposited', (account) => account['AccountSubType'] === 'UndepositedFunds');
  }

  gainOrLoss = (): string =>
    this.once('gain', (account) => account['AccountSubType'] === 'ExchangeGainOrLoss');
  receivable = (currency: string): string => this.control('AccountsReceivable', currency);
  payable = (currency: string): string => this.control('AccountsPayable', currency);

  costOf = (itemId: string): string => {
    const item = this.office.company.table('Item').get(itemId)?.fields;
    const kinds = ['AssetAccountRef', 'ExpenseAccountRef', 'IncomeAccountRef'];
    return kinds.map((kind) => refOf(item, kind)).find((id) => id !== undefined) ?? '';
  };

  typeOf = (accountId: string): string =>
    String(this.office.company.table('Account').get(accountId)?.fields['AccountType']);

  read = (entity: string, id: string): Fields | undefined => this.office.read(entity, id);

  liabilityOf = (rateId: string): string => {
    let accountId = this.liabilities.get(rateId);
    if (accountId === undefined) {
      const agencyId = refOf(this.office.read('TaxRate', rateId), 'AgencyRef') ?? '';
      const agency = String(this.office.read('TaxAgency', agencyId)?.['DisplayName']);
      const name = SEEDED[agency] ?? `${agency} Payable`;
      accountId = this.once(name, (account) => account['Name'] === name);
      this.liabilities.set(rateId, accountId);
    }
    return accountId;
  };

  private ratesOf(codeId: string, list: string): readonly Rate[] {
    const key = `${codeId} ${list}`;
    let rates = this.rates.get(key);
    if (rates === undefined) {
      const details = (this.office.read('TaxCode', codeId)?.[list] as Fields | undefined)?.['TaxRateDetail'];
      rates = ((details ?? []) as Fields[]).map((detail) => {
        const id = refOf(detail, 'TaxRateRef') ?? '';
        return { id, percent: Number(this.office.read('TaxRate', id)?.['RateValue']) };
      });
      this.rates.set(key, rates);
    }
    return rates;
  }

  /** The lines of an answer with the rates that apply to them. */
  taxedLines(entity: string, fields: Fields): TaxedLine[] {
    const isPurchase = ['Bill', 'Purchase', 'VendorCredit'].includes(entity);
    const list = isPurchase ? 'PurchaseTaxRateList' : 'SalesTaxRateList';
    const whole = refOf(fields['TxnTaxDetail'], 'TxnTaxCodeRef') ?? '';
    const isIncluded = fields['GlobalTaxCalculation'] === 'TaxInclusive';
    return linesOf(fields).flatMap((line) => {
      if (!TAXED.includes(String(line['DetailType']))) return [];
      const detail = line[String(line['DetailType'])] as Fields;
      const code = refOf(detail, 'TaxCodeRef') ?? '';
      const own = this.isAbroad ? code : code === 'TAX' ? whole : '';
      const isOut = this.isAbroad && fields['GlobalTaxCalculation'] === 'NotApplicable';
      const cents = (value: unknown): number => Math.round(Number(value ?? 0) * 100);
      return {
        amountCents: cents(line['Amount']),
        grossCents: isIncluded ? cents(detail['TaxInclusiveAmt']) : undefined,
        rates: isOut || (isPurchase && !this.isAbroad) ? [] : this.ratesOf(own, list),
      };
    });
  }
}
