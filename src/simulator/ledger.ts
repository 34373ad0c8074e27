/** One side of a double entry. Positive cents are debits, negative ones credits; a transaction's sum to zero. */
export interface Entry {
  readonly accountId: string;
  readonly cents: number;
  /** Customer or vendor, where the account is receivable or payable. */
  readonly nameId?: string;
  /** Customer or vendor that a line on any other account is about. It owes nothing by that. */
  readonly aboutId?: string;
  /** The same in the transaction's currency, where that is not the home currency. */
  readonly foreignCents?: number;
}

/** An entry as a rule states it: in the currency of its transaction. */
export interface Leg extends Omit<Entry, 'foreignCents'> {
  /** The rate of what it settles, where it settles something. */
  readonly rate?: number;
}

export interface Posted {
  readonly date: string;
  readonly entries: readonly Entry[];
}

function add(totals: Map<string, number>, key: string, amountCents: number): void {
  totals.set(key, (totals.get(key) ?? 0) + amountCents);
}

/** Every balance of a company, derived from the entries of its transactions and nothing else. */
export class Ledger {
  private readonly postedByTxn = new Map<string, Posted>();
  private readonly centsByAccount = new Map<string, number>();
  private readonly foreignCentsByAccount = new Map<string, number>();
  private readonly centsByName = new Map<string, number>();

  constructor(private readonly onPost: (txnKey: string, posted: Posted) => void) {}

  /** Replaces what a transaction has posted; no entries removes it. Returns the ids whose balance moved. */
  post(txnKey: string, posted: Posted): { accounts: Set<string>; names: Set<string> } {
    const touched = { accounts: new Set<string>(), names: new Set<string>() };
    const imbalance = posted.entries.reduce((sum, entry) => sum + entry.cents, 0);
    if (imbalance !== 0) throw new Error(`${txnKey} posts ${imbalance} cents more debits than credits`);
    this.onPost(txnKey, posted);
    this.apply(this.postedByTxn.get(txnKey)?.entries ?? [], -1, touched);
    this.apply(posted.entries, 1, touched);
    if (posted.entries.length === 0) this.postedByTxn.delete(txnKey);
    else this.postedByTxn.set(txnKey, posted);
    return touched;
  }

  private apply(
    entries: readonly Entry[],
    sign: 1 | -1,
    touched: { accounts: Set<string>; names: Set<string> },
  ): void {
    for (const entry of entries) {
      add(this.centsByAccount, entry.accountId, sign * entry.cents);
      if (entry.foreignCents !== undefined) {
        add(this.foreignCentsByAccount, entry.accountId, sign * entry.foreignCents);
      }
      touched.accounts.add(entry.accountId);
      if (entry.nameId === undefined) continue;
      add(this.centsByName, entry.nameId, sign * (entry.foreignCents ?? entry.cents));
      touched.names.add(entry.nameId);
    }
  }

  accountCents(accountId: string): number {
    return this.centsByAccount.get(accountId) ?? 0;
  }

  /** The balance of an account that is kept in a foreign currency, in that currency. */
  foreignCents(accountId: string): number {
    return this.foreignCentsByAccount.get(accountId) ?? 0;
  }

  /** What a customer owes (positive) or a vendor is owed (negative), in the name's own currency. */
  nameCents(nameId: string): number {
    return this.centsByName.get(nameId) ?? 0;
  }

  transactions(): Iterable<[string, Posted]> {
    return this.postedByTxn;
  }
}
