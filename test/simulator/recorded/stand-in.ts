import { type Fields, isFields, list, text } from '../../../src/simulator/fields.js';
import { Office } from '../walk/office.js';
import { ECHO, OWN, accountType, isForeign, namesCode, taxLines } from './reading.js';

const ENTITIES: Readonly<Record<string, string>> = {
  AgencyRef: 'TaxAgency',
  ClassRef: 'Class',
  CustomerRef: 'Customer',
  DepartmentRef: 'Department',
  EmployeeRef: 'Employee',
  GroupItemRef: 'Item',
  ItemRef: 'Item',
  PaymentMethodRef: 'PaymentMethod',
  SalesTermRef: 'Term',
  TermRef: 'Term',
  VendorRef: 'Vendor',
};

const NAMES = ['Customer', 'Vendor', 'Employee'];
const LINES = { sale: 'SalesItemLineDetail', cost: 'AccountBasedExpenseLineDetail' } as const;

/**
 * A company in which one thing of each kind exists, and the rule by which a recorded body is sent to it. A reference
 * goes to what exists of its kind: an account to one of the type that stands there, a tax code to one with as many
 * rates as the body has tax lines, a currency to the home currency. What a line links to is made for it. What only the
 * service writes is left out, and `None`, by which one app's files mean `null`, is `null`. Nothing else is touched.
 */
export class StandIn {
  readonly office: Office;
  private readonly ids = new Map<string, string>();
  private readonly isAbroad: boolean;

  constructor(body: Fields) {
    this.isAbroad = namesCode(body);
    this.office = new Office(1, this.isAbroad ? 'canada' : 'law-firm');
    this.office.prefer({
      AccountingInfoPrefs: {
        ClassTrackingPerTxn: true,
        ClassTrackingPerTxnLine: true,
        TrackDepartments: true,
      },
      SalesFormsPrefs: { AllowDeposit: body['Deposit'] !== undefined },
      TaxPrefs: { UsingSalesTax: this.isAbroad || taxLines(body).length > 0 },
      ...(isForeign(body) ? { CurrencyPrefs: { MultiCurrencyEnabled: true } } : {}),
    });
  }

  make(entity: string, fields: Fields, path = entity.toLowerCase()): Fields {
    const { value, detail } = this.office.call('POST', `/${path}`, fields);
    const made = value?.[entity] ?? value;
    if (!isFields(made)) throw new Error(detail ?? `${entity} was refused`);
    return made;
  }

  private one(key: string, make: () => unknown): string {
    let id = this.ids.get(key);
    if (id === undefined) {
      id = String(make());
      this.ids.set(key, id);
    }
    return id;
  }

  account(AccountType: string): string {
    const known = this.office.all('Account').map((id) => this.office.read('Account', id));
    const found = known.find((account) => account?.['AccountType'] === AccountType);
    if (found !== undefined) return String(found['Id']);
    return this.one(
      AccountType,
      () => this.make('Account', { Name: `One ${AccountType}`, AccountType })['Id'],
    );
  }

  idOf(entity: string): string {
    const name = `One ${entity}`;
    if (entity === 'TaxAgency') return this.one(entity, () => this.make(entity, { DisplayName: name })['Id']);
    const more: Readonly<Record<string, Fields>> = {
      Item: { Type: 'Service', IncomeAccountRef: { value: this.account('Income') } },
      Term: { DueDays: 30 },
    };
    const named = NAMES.includes(entity) ? { DisplayName: name, GivenName: name } : { Name: name };
    return this.one(entity, () => this.make(entity, { ...named, ...more[entity] })['Id']);
  }

  /** A code of so many rates, which sales and purchases share. */
  taxCode(rates: number): string {
    return this.one(`code of ${rates}`, () => {
      const TaxRateDetails = Array.from({ length: Math.max(1, rates) }, (_, index) =>
        ['Sales', 'Purchase'].map((TaxApplicableOn) => ({
          ...{ TaxRateName: `Rate ${index} ${TaxApplicableOn}`, RateValue: rates === 0 ? 0 : index + 5 },
          ...{ TaxAgencyId: this.idOf('TaxAgency'), TaxApplicableOn },
        })),
      ).flat();
      const TaxCode = `Code of ${rates}`;
      return this.make('TaxService', { TaxCode, TaxRateDetails }, 'taxservice/taxcode')['TaxCodeId'];
    });
  }

  private rate(index: number, root: Fields): string {
    const code = this.office.read('TaxCode', this.taxCode(taxLines(root).length));
    const side = root['VendorRef'] !== undefined || root['PaymentType'] !== undefined ? 'Purchase' : 'Sales';
    const isJournal = list(root, 'Line').some((line) => line['JournalEntryLineDetail'] !== undefined);
    const rates = list(
      code?.[isJournal ? 'PurchaseTaxRateList' : `${side}TaxRateList`] as Fields,
      'TaxRateDetail',
    );
    return String((rates[index]?.['TaxRateRef'] as Fields)['value']);
  }

  /** A transaction that a line may use, of the same customer or vendor and large enough. */
  linked(TxnType: string, Amount: number, date: unknown): string {
    const dated = { TxnDate: date };
    const customer = { CustomerRef: { value: this.idOf('Customer') }, ...dated };
    const sale = { ItemRef: { value: this.idOf('Item') }, ...this.coded() };
    const cost = { AccountRef: { value: this.account('Expense') }, ...this.coded() };
    if (TxnType === 'Payment')
      return String(this.make('Payment', { ...customer, TotalAmt: Amount || 1 })['Id']);
    const isBill = TxnType === 'Bill' || TxnType === 'VendorCredit';
    const Line = [
      isBill
        ? { Amount, DetailType: LINES.cost, [LINES.cost]: cost }
        : { Amount, DetailType: LINES.sale, [LINES.sale]: sale },
    ];
    const vendor = { VendorRef: { value: this.idOf('Vendor') }, ...dated };
    return String(this.make(TxnType, { ...(isBill ? vendor : customer), Line })['Id']);
  }

  private coded(): Fields {
    return this.isAbroad ? { TaxCodeRef: { value: this.taxCode(0) } } : {};
  }

  /** Undefined takes the reference away. */
  private pointed(property: string, ref: Fields, holder: Fields, root: Fields): Fields | undefined {
    const old = text(ref, 'value');
    if (old === undefined || old === 'None') return undefined;
    const to = (value: string): Fields => ({ ...ref, value });
    const type = accountType(property, holder, root);
    if (type !== undefined) return to(this.account(type));
    if (property === 'CurrencyRef') return to(this.office.company.homeCurrency);
    if (property === 'TaxCodeRef') return to(this.isAbroad ? this.taxCode(taxLines(root).length) : old);
    if (property === 'TxnTaxCodeRef') return to(this.taxCode(taxLines(root).length));
    if (property === 'DefaultTaxCodeRef') return to(this.taxCode(1));
    if (property === 'EntityRef' || property === 'Entity') {
      const kind = text(ref, 'type') ?? text(holder, 'Type') ?? 'Vendor';
      return to(this.idOf(kind.slice(0, 1) + kind.slice(1).toLowerCase()));
    }
    const entity = ENTITIES[property];
    return entity === undefined ? ref : to(this.idOf(entity));
  }

  private repoint(value: unknown, holder: Fields, root: Fields): unknown {
    if (Array.isArray(value)) return value.map((entry) => this.repoint(entry, holder, root));
    if (!isFields(value)) return value === 'None' ? null : value;
    const placed: Fields = {};
    for (const [name, part] of Object.entries(value)) {
      // An attribute that XML has on the fields of preferences.
      if (ECHO.test(name) || (name === 'type' && root['SalesFormsPrefs'] !== undefined)) continue;
      const isRef = isFields(part) && 'value' in part && name !== 'CustomerMemo';
      placed[name] = isRef
        ? (this.pointed(name, part, value, root) ?? null)
        : this.repoint(part, value, root);
      if (name === 'LinkedTxn') placed[name] = this.relink(list(value, name), value, root);
    }
    return placed;
  }

  private relink(links: readonly Fields[], line: Fields, root: Fields): Fields[] {
    const amount = Number(line['Amount'] ?? 1);
    return links.map((link) => ({
      ...link,
      TxnId: this.linked(String(link['TxnType']), amount, root['TxnDate']),
    }));
  }

  /** A body as it is sent. `parent` is made where the body has one. */
  place(entity: string, body: Fields): Fields {
    const own = Object.entries(body).filter(([name]) => !OWN.includes(name));
    const placed = this.repoint(Object.fromEntries(own), body, body) as Fields;
    for (const [index, line] of taxLines(placed).entries()) {
      const detail = line['TaxLineDetail'] as Fields;
      if (isFields(detail['TaxRateRef'])) detail['TaxRateRef'] = { value: this.rate(index, body) };
    }
    if (isFields(placed['ParentRef'])) placed['ParentRef'] = { value: this.parent(entity, body) };
    const orders = list(body, 'LinkedTxn').filter((link) => link['TxnType'] === 'Estimate');
    if (orders.length > 0) placed['LinkedTxn'] = this.relink(orders, body, body);
    return placed;
  }

  private parent(entity: string, body: Fields): string {
    if (entity !== 'Account') return this.idOf(entity);
    const AccountType = body['AccountType'];
    return this.one('parent', () => this.make('Account', { Name: 'One parent', AccountType })['Id']);
  }
}
