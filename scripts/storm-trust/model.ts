import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import type { QboObject } from '../local/simulator-control.js';
import { COMES_IN } from './book.js';
import type { Account, Owner, TrustFirm } from './stage.js';

// Both sides in words, computed from what was said and from what QuickBooks holds; not by the code that posts it.

interface Side {
  debits: string;
  credits: string;
}

const money = (cents: number): string => (cents / 100).toFixed(2);

/** The entry that QuickBooks shall have; undefined where nothing is posted, because nobody is named. */
export function wantedEntry(snapshot: TrustTransactionSnapshot, firm: TrustFirm): string | undefined {
  const account = firm.accounts.find(({ accountId }) => accountId === snapshot.accountId)!;
  if (snapshot.kind === 'opening-balance' && !account.isTagged) return undefined;
  const { debits, credits } = sidesOf(snapshot, account, firm);
  return `${money(snapshot.amountCents)} of ${snapshot.date}: ${debits} to ${credits}; ${snapshot.memo ?? ''}`;
}

function sidesOf(snapshot: TrustTransactionSnapshot, account: Account, firm: TrustFirm): Side {
  const { kind, client, matter, to, reverses } = snapshot;
  if (kind === 'reversal') {
    const original = firm.book.said.get(reverses ?? '')?.snapshot;
    const { debits, credits } = original ? sidesOf(original, account, firm) : { debits: '?', credits: '?' };
    return { debits: credits, credits: debits };
  }
  const isNamed = firm.adopted.get(snapshot.trustTransactionId)?.isNamed ?? account.isTagged;
  const owedTo = (owner?: Owner) => {
    const on = owner && account.isPerClient ? ` on the account of Client ${owner.clientId}` : '';
    return (owner && isNamed ? `owed ${customerOf(owner, firm)}` : 'owed') + on;
  };
  const own = owedTo({ clientId: client.clientId, matterId: matter.matterId });
  if (to) {
    const goal = owedTo({ clientId: to.client.clientId, matterId: to.matter.matterId });
    return { debits: own, credits: goal };
  }
  if (kind === 'opening-balance') return { debits: owedTo(), credits: own };
  return COMES_IN.includes(kind) ? { debits: 'bank', credits: own } : { debits: own, credits: 'bank' };
}

/** As the mark of a customer has it: the client, or the matter where the firm keeps matters so. */
export const customerOf = ({ clientId, matterId }: Owner, { hasMatterCustomers }: TrustFirm): string =>
  hasMatterCustomers ? `${clientId}/matter/${matterId}` : `${clientId}/customer`;

interface JournalLine {
  Amount: number;
  JournalEntryLineDetail: {
    PostingType: string;
    AccountRef: { value: string };
    Entity?: { EntityRef: { value: string } };
  };
}

interface ChequeLine {
  Amount: number;
  AccountBasedExpenseLineDetail: { AccountRef: { value: string }; CustomerRef?: { value: string } };
}

/** A cheque does to the accounts what a journal entry in its place would. */
function linesOf(object: QboObject): JournalLine[] {
  if (object.PaymentType !== 'Check') return object.Line as JournalLine[];
  const lines = (object.Line as ChequeLine[]).map(({ Amount, AccountBasedExpenseLineDetail: paid }) =>
    lineOf('Debit', Amount, paid.AccountRef, paid.CustomerRef),
  );
  const bank = object.AccountRef as { value: string };
  return [...lines, lineOf('Credit', Number(object.TotalAmt), bank)];
}

const lineOf = (
  PostingType: string,
  Amount: number,
  AccountRef: { value: string },
  EntityRef?: { value: string },
): JournalLine => ({
  Amount,
  JournalEntryLineDetail: { PostingType, AccountRef, ...(EntityRef && { Entity: { EntityRef } }) },
});

/** What QuickBooks has, with our own names of its accounts and customers. */
export class Found {
  private readonly owners = new Map<string, string>();

  constructor(
    private readonly firm: TrustFirm,
    customers: readonly QboObject[],
  ) {
    for (const { Id, Notes } of customers) {
      const mark = typeof Notes === 'string' ? /\bcontact\/(\S+)/.exec(Notes)?.[1] : undefined;
      if (mark !== undefined) this.owners.set(Id, mark);
    }
  }

  /** In the words of `wantedEntry`. */
  entry(object: QboObject, accountId: string): string {
    const lines = linesOf(object);
    const side = (type: string) =>
      lines
        .filter(({ JournalEntryLineDetail: { PostingType } }) => PostingType === type)
        .map((line) => this.party(line, accountId))
        .join(' and ');
    const amounts = [...new Set(lines.map(({ Amount }) => Amount.toFixed(2)))].join(' and ');
    const memo = / (Said anew \d+)/.exec(String(object.PrivateNote))?.[1] ?? '';
    return `${amounts} of ${String(object.TxnDate)}: ${side('Debit')} to ${side('Credit')}; ${memo}`;
  }

  private party({ JournalEntryLineDetail: { AccountRef, Entity } }: JournalLine, of: string) {
    const account = this.firm.accounts.find(({ accountId }) => accountId === of);
    if (AccountRef.value === account?.bankId) return 'bank';
    const below = this.firm.below.get(AccountRef.value);
    if ((below?.parentId ?? AccountRef.value) !== account?.liabilityId) return `account ${AccountRef.value}`;
    const on = below ? ` on the account of ${below.name}` : '';
    if (!Entity) return `owed${on}`;
    return `owed ${this.owners.get(Entity.EntityRef.value) ?? `customer ${Entity.EntityRef.value}`}${on}`;
  }
}
