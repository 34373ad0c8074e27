/** Whose ledger it is: one client's money for one matter, in one trust account. */
export interface Holder {
  clientId: string;
  matterId: string;
}

/** A bank account in which the firm holds its clients' money, and where that stands in QuickBooks. */
export interface TrustAccount {
  accountId: string;
  name: string;
  /** QuickBooks' ids of the bank account and of the liability account that it is owed to clients on. */
  bankAccountId: string;
  liabilityAccountId: string;
  /** Nothing older is taken; what the account held before comes in as opening balances of this day. `YYYY-MM-DD`. */
  startOn: string;
  /** What the bank held on that day. Nothing else is posted before the opening balances come to it. */
  openingCents?: number;
  /** Money in can be drawn this many days after its date, unless its transaction says when; absent = at once. */
  clearingDays?: number;
  /** The firm's own ledger line in this account, that bank charges are drawn from. */
  charges?: Holder;
  /** Whom interest goes to, such as the bar foundation; absent = the client whose money earned it. */
  interest?: Holder;
  /** Name the client on each line of an entry (the default), or only in its words. */
  lineCustomer?: 'tag' | 'plain';
  /** Owe it to each client on an account of its own, below the liability account; absent = on that one, to all. */
  subAccounts?: 'client';
}
