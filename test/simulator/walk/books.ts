import type { Fields } from '../../../src/simulator/fields.js';
import { Lookup } from './chart.js';
import {
  GIVES,
  POSTING,
  type Side,
  type Used,
  currencyOf,
  linesOf,
  linksOf,
  refOf,
  sidesOf,
  toCents,
  usedBy,
} from './model.js';
import type { Office, Touched } from './office.js';
import { netOf, taxOf, taxesOf } from './tax.js';

const keyOf = (entity: string, id: string): string => `${entity}:${id}`;
const add = (sums: Map<string, number>, key: string, cents: number): void => {
  sums.set(key, (sums.get(key) ?? 0) + cents);
};

/** Keys by keys, in sets that go when they are empty. */
class Relation {
  private readonly all = new Map<string, Set<string>>();

  add(from: string, to: string): void {
    const known = this.all.get(from);
    if (known === undefined) this.all.set(from, new Set([to]));
    else known.add(to);
  }

  remove(from: string, to: string): void {
    const known = this.all.get(from);
    known?.delete(to);
    if (known?.size === 0) this.all.delete(from);
  }

  get(from: string): readonly string[] {
    return [...(this.all.get(from) ?? [])];
  }
}

const USERS = ['Payment', 'BillPayment', 'Deposit'];
const OPEN = ['Invoice', 'Bill', 'CreditMemo', 'VendorCredit'];
const TAXED = [...OPEN, 'SalesReceipt', 'RefundReceipt', 'Purchase', 'Estimate'];

/**
 * Books of our own, kept from the answers alone. After a step only what it touched is worked out again; `recount`
 * throws everything away and begins anew, so that a touch that nobody told of comes to light too.
 */
export class Books {
  private readonly sides = new Map<string, readonly Side[]>();
  private readonly uses = new Map<string, readonly Used[]>();
  readonly byAccount = new Map<string, number>();
  private readonly foreignByAccount = new Map<string, number>();
  readonly byName = new Map<string, number>();
  private readonly usedOf = new Map<string, number>();
  private readonly users = new Relation();
  /** Transactions by the name or the account that they post to. */
  private readonly postings = new Relation();
  private readonly matters = new Relation();
  private readonly parentOf = new Map<string, string>();
  readonly chart: Lookup;

  constructor(private readonly office: Office) {
    this.chart = new Lookup(office);
  }

  typeOf(accountId: string): string {
    return this.chart.typeOf(accountId);
  }

  /** How many transactions post something. */
  get postedCount(): number {
    let count = 0;
    for (const sides of this.sides.values()) if (sides.some((side) => side.cents !== 0)) count += 1;
    return count;
  }

  /** What posts to an account or concerns a name, and so moves with it in a merge. */
  postingTo(id: string): Touched[] {
    return this.postings.get(id).map((key) => {
      const [entity = '', own = ''] = key.split(':');
      return { entity, id: own };
    });
  }

  private enter(key: string, sign: 1 | -1, concerned: Set<string>): void {
    const relate = sign === 1 ? 'add' : 'remove';
    concerned.add(key);
    for (const { accountId, nameId, cents, foreignCents } of this.sides.get(key) ?? []) {
      add(this.byAccount, accountId, sign * cents);
      add(this.foreignByAccount, accountId, sign * foreignCents);
      this.postings[relate](accountId, key);
      concerned.add(keyOf('Account', accountId));
      if (nameId === undefined) continue;
      add(this.byName, nameId, sign * foreignCents);
      this.postings[relate](nameId, key);
      concerned.add(keyOf('Name', nameId));
    }
    for (const used of this.uses.get(key) ?? []) {
      const target = keyOf(used.entity, used.id);
      add(this.usedOf, target, sign * used.cents);
      this.users[relate](target, key);
      concerned.add(target);
    }
  }

  private put(entity: string, id: string, concerned: Set<string>): void {
    const key = keyOf(entity, id);
    this.enter(key, -1, concerned);
    const fields = this.office.read(entity, id);
    this.sides.set(key, fields === undefined ? [] : sidesOf(this.chart, entity, fields));
    this.uses.set(key, fields === undefined || !USERS.includes(entity) ? [] : usedBy(fields));
    this.enter(key, 1, concerned);
  }

  private place(id: string): void {
    const before = this.parentOf.get(id);
    const parent = refOf(this.office.read('Customer', id), 'ParentRef');
    if (before === parent) return;
    if (before !== undefined) this.matters.remove(before, id);
    if (parent === undefined) this.parentOf.delete(id);
    else {
      this.parentOf.set(id, parent);
      this.matters.add(parent, id);
    }
  }

  /** Takes in what a step has changed, and compares what that concerns. */
  follow(touched: readonly Touched[]): void {
    const concerned = new Set<string>();
    const settling = new Set<string>();
    for (const { entity, id } of touched) {
      if (entity === 'Customer') this.place(id);
      if (entity === 'Customer' || entity === 'Vendor') concerned.add(keyOf('Name', id));
      if (TAXED.includes(entity)) concerned.add(keyOf(entity, id));
      if (!POSTING.includes(entity)) continue;
      this.put(entity, id, concerned);
      for (const user of this.users.get(keyOf(entity, id))) settling.add(user);
    }
    for (const key of settling) {
      const [entity = '', id = ''] = key.split(':');
      this.put(entity, id, concerned);
    }
    for (const key of concerned) this.compare(key);
  }

  /** Everything from the beginning. */
  recount(): void {
    const sums = [this.sides, this.uses, this.byAccount, this.foreignByAccount, this.byName, this.usedOf];
    for (const map of sums) map.clear();
    const ignored = new Set<string>();
    for (const id of this.office.all('Customer')) this.place(id);
    for (const entity of POSTING) for (const id of this.office.all(entity)) this.put(entity, id, ignored);
    for (const entity of new Set([...POSTING, ...TAXED]))
      for (const id of this.office.all(entity)) this.compare(keyOf(entity, id));
    for (const id of this.office.all('Account')) this.compare(keyOf('Account', id));
    for (const entity of ['Customer', 'Vendor'])
      for (const id of this.office.all(entity)) this.compare(keyOf('Name', id));
  }

  private compare(key: string): void {
    const [entity = '', id = ''] = key.split(':');
    if (entity === 'Account') this.compareAccount(id);
    else if (entity === 'Name') this.compareName(id);
    else this.compareTransaction(entity, id);
  }

  private same(what: string, shown: unknown, expectedCents: number): void {
    if (toCents(shown) === expectedCents) return;
    throw new Error(`${what} shows ${String(shown)}, and should show ${(expectedCents / 100).toFixed(2)}`);
  }

  private compareAccount(id: string): void {
    const fields = this.office.read('Account', id);
    const cents = this.byAccount.get(id) ?? 0;
    if (fields === undefined && cents === 0) return;
    if (fields === undefined) throw new Error(`there is no account ${id}, but something was posted to it`);
    const isShown = ['Asset', 'Liability', 'Equity'].includes(String(fields['Classification']));
    const isForeign = currencyOf(this.chart, fields) !== this.chart.homeCurrency;
    const shown = isForeign ? (this.foreignByAccount.get(id) ?? 0) : cents;
    this.same(`account ${id}`, fields['CurrentBalance'], isShown ? shown : 0);
    const posted = this.office.company.ledger.accountCents(id);
    if (posted !== cents) throw new Error(`account ${id} has ${posted} cents in the ledger, not ${cents}`);
  }

  private withMatters(id: string): number {
    let sum = this.byName.get(id) ?? 0;
    for (const matter of this.matters.get(id)) sum += this.withMatters(matter);
    return sum;
  }

  private compareName(id: string): void {
    const customer = this.office.read('Customer', id);
    const vendor = customer === undefined ? this.office.read('Vendor', id) : undefined;
    const cents = this.byName.get(id) ?? 0;
    if (vendor !== undefined) this.same(`vendor ${id}`, vendor['Balance'], -cents);
    if (customer === undefined && vendor === undefined && cents !== 0)
      throw new Error(`${id} is nobody, but owes ${cents} cents`);
    if (customer === undefined) return;
    this.same(`customer ${id}`, customer['Balance'], cents);
    for (let at: string | undefined = id; at !== undefined; at = this.parentOf.get(at)) {
      const shown = this.office.read('Customer', at)?.['BalanceWithJobs'];
      this.same(`customer ${at} with matters`, shown, this.withMatters(at));
    }
  }

  private compareTransaction(entity: string, id: string): void {
    const fields = this.office.read(entity, id);
    if (fields === undefined) return;
    const sides = this.sides.get(keyOf(entity, id)) ?? [];
    const sum = sides.reduce((total, side) => total + side.cents, 0);
    if (sum !== 0) throw new Error(`${entity} ${id} posts ${sum} cents more debits than credits`);
    if (TAXED.includes(entity)) this.compareTotal(entity, id, fields);
    if (OPEN.includes(entity)) this.compareOpen(entity, id, fields);
    if (entity === 'Payment') this.same(`Payment ${id}`, fields['UnappliedAmt'], this.unapplied(fields));
    if (entity === 'Invoice') this.compareLinks(id, fields);
    if (this.chart.homeCurrency === currencyOf(this.chart, fields)) return;
    const rate = Number(fields['ExchangeRate']);
    for (const name of ['TotalAmt', 'Balance'])
      if (fields[`Home${name}`] !== undefined)
        this.same(`${entity} ${id} Home${name}`, fields[`Home${name}`], toCents(Number(fields[name]) * rate));
  }

  private compareOpen(entity: string, id: string, fields: Fields): void {
    const whole = toCents(fields['TotalAmt']) - toCents(fields['Deposit']);
    const open = whole - (this.usedOf.get(keyOf(entity, id)) ?? 0);
    this.same(`${entity} ${id}`, fields['Balance'], open);
    if (open < 0) throw new Error(`${entity} ${id} has more applied to it than it comes to: ${open} cents`);
    if (entity === 'CreditMemo') this.same(`CreditMemo ${id}`, fields['RemainingCredit'], open);
  }

  /** Lines, discount and tax are what the form comes to. */
  private compareTotal(entity: string, id: string, fields: Fields): void {
    const lines = this.chart.taxedLines(entity, fields);
    const subTotal = lines.reduce((sum, line) => sum + line.amountCents, 0);
    const discount = linesOf(fields)
      .filter((line) => line['DetailType'] === 'DiscountLineDetail')
      .reduce((sum, line) => sum + toCents(line['Amount']), 0);
    const isAfter = this.chart.isAbroad || fields['ApplyTaxAfterDiscount'] === true;
    for (const line of lines)
      if (line.grossCents !== undefined && netOf(line.grossCents, line.rates) !== line.amountCents)
        throw new Error(`${entity} ${id} has a line of ${line.amountCents} within ${line.grossCents} cents`);
    const wanted = taxOf(lines, isAfter && subTotal !== 0 ? discount / subTotal : 0);
    const shown = taxesOf(fields);
    let tax = 0;
    for (const rateId of new Set([...wanted.keys(), ...shown.keys()])) {
      const cents = wanted.get(rateId)?.cents ?? 0;
      tax += cents;
      const own = shown.get(rateId);
      if ((own?.cents ?? 0) !== cents)
        throw new Error(
          `${entity} ${id} has ${own?.cents ?? 0} cents of rate ${rateId}, and should have ${cents}`,
        );
      if (own !== undefined && own.netCents !== (wanted.get(rateId)?.netCents ?? 0))
        throw new Error(`${entity} ${id} is taxed on ${own.netCents} cents by rate ${rateId}`);
    }
    this.same(`the total of ${entity} ${id}`, fields['TotalAmt'], subTotal - discount + tax);
  }

  private unapplied(fields: Fields): number {
    return usedBy(fields).reduce(
      (rest, used) => rest + (GIVES.includes(used.entity) ? 1 : -1) * used.cents,
      toCents(fields['TotalAmt']),
    );
  }

  /** A payment is on its invoice exactly when the invoice is on the payment. */
  private compareLinks(id: string, fields: Fields): void {
    for (const linked of (fields['LinkedTxn'] ?? []) as Fields[]) {
      if (linked['TxnType'] !== 'Payment') continue;
      const payment = this.office.read('Payment', String(linked['TxnId']));
      const isThere = linesOf(payment ?? {}).some((line) => linksOf(line).some((one) => one['TxnId'] === id));
      if (!isThere)
        throw new Error(`invoice ${id} names payment ${String(linked['TxnId'])}, which does not name it`);
    }
  }
}
