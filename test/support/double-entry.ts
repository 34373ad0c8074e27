import type { QboObject, SimulatorControl } from '../../scripts/local/simulator-control.js';

/**
 * QuickBooks' objects as debits and credits by a public accounting model that is not ours: Fivetran's dbt package for
 * QuickBooks, https://github.com/fivetran/dbt_quickbooks, whose models below `double_entry_transactions` each say in
 * their first sentence what they debit and credit. Its rules in words of our own, for what a life of client money makes:
 *
 * - journal entry: each line with an amount, on the side and the account that it names
 * - invoice: each line on an item debits receivables and credits the income account of the item
 * - payment: the whole of it debits where it is deposited and credits receivables
 * - deposit: each line debits the bank, and credits its own account or else undeposited funds
 * - purchase: each line debits its account and credits the account that is paid from
 * - transfer: debits the account that receives and credits the one that sends
 */
export interface Posting {
  accountId: string;
  /** Debits are above zero. */
  cents: number;
  /** Who stands on the line. */
  customerId?: string;
}

interface Ref {
  value: string;
}

interface Line {
  Amount?: number;
  JournalEntryLineDetail?: { PostingType: string; AccountRef: Ref; Entity?: { EntityRef: Ref } };
  SalesItemLineDetail?: { ItemRef: Ref };
  DepositLineDetail?: { AccountRef?: Ref };
  AccountBasedExpenseLineDetail?: { AccountRef: Ref; CustomerRef?: Ref };
}

interface Lists {
  receivableId: string;
  undepositedId: string;
  /** Of each item. */
  incomeIds: ReadonlyMap<string, string>;
}

type Rule = (object: QboObject, lists: Lists) => Posting[];

const linesOf = ({ Line }: QboObject): Line[] => (Line ?? []) as Line[];
const idIn = (object: QboObject, property: string): string =>
  (object[property] as Ref | undefined)?.value ?? '';
const toCents = (amount: unknown): number => Math.round(Number(amount) * 100);

const both = (debited: string, credited: string, cents: number, customerId?: string): Posting[] => [
  { accountId: debited, cents, ...(customerId !== undefined && { customerId }) },
  { accountId: credited, cents: -cents },
];

const RULES: Readonly<Record<string, Rule>> = {
  JournalEntry: (object) =>
    linesOf(object).flatMap(({ Amount, JournalEntryLineDetail: detail }): Posting[] => {
      if (Amount === undefined || !detail) return [];
      const customerId = detail.Entity?.EntityRef.value;
      const cents = detail.PostingType === 'Debit' ? toCents(Amount) : -toCents(Amount);
      return [{ accountId: detail.AccountRef.value, cents, ...(customerId !== undefined && { customerId }) }];
    }),

  Invoice: (object, { receivableId, incomeIds }) =>
    linesOf(object).flatMap(({ Amount, SalesItemLineDetail: detail }) =>
      detail ? both(receivableId, incomeIds.get(detail.ItemRef.value) ?? '', toCents(Amount)) : [],
    ),

  Payment: (object, { receivableId, undepositedId }) =>
    both(idIn(object, 'DepositToAccountRef') || undepositedId, receivableId, toCents(object.TotalAmt)),

  Deposit: (object, { undepositedId }) =>
    linesOf(object).flatMap(({ Amount, DepositLineDetail: detail }) =>
      both(idIn(object, 'DepositToAccountRef'), detail?.AccountRef?.value ?? undepositedId, toCents(Amount)),
    ),

  Purchase: (object) =>
    linesOf(object).flatMap(({ Amount, AccountBasedExpenseLineDetail: detail }) =>
      detail
        ? both(
            detail.AccountRef.value,
            idIn(object, 'AccountRef'),
            toCents(Amount),
            detail.CustomerRef?.value,
          )
        : [],
    ),

  Transfer: (object) =>
    both(idIn(object, 'ToAccountRef'), idIn(object, 'FromAccountRef'), toCents(object.Amount)),
};

/** All that lives in a company, by these rules. */
export async function doubleEntries(qbo: SimulatorControl): Promise<Posting[]> {
  const [accounts, items] = await Promise.all([qbo.objects('Account'), qbo.objects('Item')]);
  const lists: Lists = {
    receivableId: accounts.find(({ AccountType }) => AccountType === 'Accounts Receivable')?.Id ?? '',
    undepositedId: accounts.find(({ AccountSubType }) => AccountSubType === 'UndepositedFunds')?.Id ?? '',
    incomeIds: new Map(items.map((item) => [item.Id, idIn(item, 'IncomeAccountRef')])),
  };
  const kinds = await Promise.all(
    Object.entries(RULES).map(async ([entity, rule]) =>
      (await qbo.objects(entity)).flatMap((object) => rule(object, lists)),
    ),
  );
  return kinds.flat();
}

/** What each comes to that is not nothing. */
export function sums(postings: readonly Posting[], by: (posting: Posting) => string | undefined) {
  const found = new Map<string, number>();
  for (const posting of postings) {
    const key = by(posting);
    if (key !== undefined) found.set(key, (found.get(key) ?? 0) + posting.cents);
  }
  return Object.fromEntries([...found].filter(([, cents]) => cents !== 0));
}
