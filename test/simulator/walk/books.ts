import type { Fields } from '../../../src/simulator/fields.js';
import {
  type Chart,
  POSTING,
  type Side,
  type Used,
  linesOf,
  refOf,
  sidesOf,
  toCents,
  usedBy,
} from './model.js';
import type { Office, Touched } from './office.js';

const keyOf = (entity: string, id: string): string => `${entity}:${id}`;
const add = (sums: Map<string, number>, key: string, cents: number): void => {
  sums.set(key, (sums.get(key) ?? 0) + cents);
};

/**
 * Books of our own, kept from the answers alone. After a step only what it touched is worked out again; `recount`
 * throws everything away and begins anew, so that a touch that nobody told of comes to light too.
 */
export class Books {
  private readonly sides = new Map<string, readonly Side[]>();
  private readonly uses = new Map<string, readonly Used[]>();
  readonly byAccount = new Map<string, number>();
  readonly byName = new Map<string, number>();
  private readonly usedOf = new Map<string, number>();
  private readonly chart: Chart;

  constructor(private readonly office: Office) {
    const account = (subType: string): string => office.company.accountOf(subType) ?? '';
    const textOf = (entity: string, id: string, property: string): string =>
      String(office.company.table(entity).get(id)?.fields[property]);
    this.chart = {
      receivable: account('AccountsReceivable'),
      payable: account('AccountsPayable'),
      undeposited: account('UndepositedFunds'),
      incomeOf: (id) => refOf(office.company.table('Item').get(id)?.fields, 'IncomeAccountRef') ?? '',
      typeOf: (id) => textOf('Account', id, 'AccountType'),
      read: (entity, id) => office.read(entity, id),
    };
  }

  get receivable(): string {
    return this.chart.receivable;
  }

  typeOf(accountId: string): string {
    return this.chart.typeOf(accountId);
  }

  private enter(entity: string, id: string, sign: 1 | -1): Set<string> {
    const key = keyOf(entity, id);
    const concerned = new Set<string>([key]);
    for (const { accountId, nameId, cents } of this.sides.get(key) ?? []) {
      add(this.byAccount, accountId, sign * cents);
      concerned.add(keyOf('Account', accountId));
      if (nameId === undefined) continue;
      add(this.byName, nameId, sign * cents);
      concerned.add(keyOf('Name', nameId));
    }
    for (const used of this.uses.get(key) ?? []) {
      add(this.usedOf, keyOf(used.entity, used.id), sign * used.cents);
      concerned.add(keyOf(used.entity, used.id));
    }
    return concerned;
  }

  private put(entity: string, id: string): Set<string> {
    const concerned = this.enter(entity, id, -1);
    const fields = this.office.read(entity, id);
    this.sides.set(keyOf(entity, id), fields === undefined ? [] : sidesOf(this.chart, entity, fields));
    const isUser = ['Payment', 'BillPayment'].includes(entity);
    this.uses.set(keyOf(entity, id), fields === undefined || !isUser ? [] : usedBy(fields));
    for (const key of this.enter(entity, id, 1)) concerned.add(key);
    return concerned;
  }

  /** Takes in what a step has changed, and compares what that concerns. */
  follow(touched: readonly Touched[]): void {
    const concerned = new Set<string>();
    for (const { entity, id } of touched) {
      if (!POSTING.includes(entity)) continue;
      for (const key of this.put(entity, id)) concerned.add(key);
    }
    for (const key of concerned) this.compare(key);
  }

  /** Everything from the beginning. */
  recount(): void {
    for (const map of [this.sides, this.uses, this.byAccount, this.byName, this.usedOf]) map.clear();
    for (const entity of POSTING) for (const id of this.office.all(entity)) this.put(entity, id);
    for (const entity of POSTING) for (const id of this.office.all(entity)) this.compare(keyOf(entity, id));
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
    if (fields === undefined) throw new Error(`there is no account ${id}, but something was posted to it`);
    const isShown = ['Asset', 'Liability', 'Equity'].includes(String(fields['Classification']));
    const cents = this.byAccount.get(id) ?? 0;
    this.same(`account ${id}`, fields['CurrentBalance'], isShown ? cents : 0);
    const posted = this.office.company.ledger.accountCents(id);
    if (posted !== cents) throw new Error(`account ${id} has ${posted} cents in the ledger, not ${cents}`);
  }

  private compareName(id: string): void {
    const customer = this.office.read('Customer', id);
    const cents = this.byName.get(id) ?? 0;
    if (customer !== undefined) this.same(`customer ${id}`, customer['Balance'], cents);
    else this.same(`vendor ${id}`, this.office.read('Vendor', id)?.['Balance'], -cents);
  }

  private compareTransaction(entity: string, id: string): void {
    const fields = this.office.read(entity, id);
    if (fields === undefined) return;
    const sum = (this.sides.get(keyOf(entity, id)) ?? []).reduce((total, side) => total + side.cents, 0);
    if (sum !== 0) throw new Error(`${entity} ${id} posts ${sum} cents more debits than credits`);
    const whole = toCents(fields['TotalAmt']) - toCents(fields['Deposit']);
    const open = whole - (this.usedOf.get(keyOf(entity, id)) ?? 0);
    if (['Invoice', 'Bill', 'CreditMemo'].includes(entity)) {
      this.same(`${entity} ${id}`, fields['Balance'], open);
      if (open < 0) throw new Error(`${entity} ${id} has more applied to it than it comes to: ${open} cents`);
    }
    if (entity === 'CreditMemo') this.same(`CreditMemo ${id}`, fields['RemainingCredit'], open);
    if (entity === 'Payment') this.same(`Payment ${id}`, fields['UnappliedAmt'], this.unapplied(fields));
    if (entity === 'Invoice') this.compareLinks(id, fields);
  }

  private unapplied(fields: Fields): number {
    const signs: Readonly<Record<string, 1 | -1>> = { CreditMemo: 1, JournalEntry: 1 };
    return usedBy(fields).reduce(
      (rest, used) => rest + (signs[used.entity] ?? -1) * used.cents,
      toCents(fields['TotalAmt']),
    );
  }

  /** A payment is on its invoice exactly when the invoice is on the payment. */
  private compareLinks(id: string, fields: Fields): void {
    for (const linked of (fields['LinkedTxn'] ?? []) as Fields[]) {
      if (linked['TxnType'] !== 'Payment') continue;
      const payment = this.office.read('Payment', String(linked['TxnId']));
      const isThere = linesOf(payment ?? {}).some((line) =>
        ((line['LinkedTxn'] ?? []) as Fields[]).some((one) => one['TxnId'] === id),
      );
      if (!isThere)
        throw new Error(`invoice ${id} names payment ${String(linked['TxnId'])}, which does not name it`);
    }
  }
}
