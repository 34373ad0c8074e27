import type { AdoptableType } from '../../src/domain/trust/adoption/record.js';
import type { QboObject } from '../../scripts/local/simulator-control.js';
import { aClient } from './builder.js';
import { aMatter, aTrustTransaction } from './trust.js';
import type { trustOffice } from './trust-books.js';
import type { TestFirm, World } from './world.js';

/** The day of what the bookkeeper has typed in, which is that of the builders. */
export const DAY = '2026-11-10';

/** Whose money a line is, in dollars as a bookkeeper types them; nobody's where no customer is named. */
export type Part = [amount: number, customerId?: string | undefined];

export const adopting = (id: string, type: AdoptableType = 'JournalEntry', line?: string) => ({
  adopts: { type, id, ...(line !== undefined && { line }) },
});

/** What a bookkeeper types in by hand, in QuickBooks' own pages; money in, unless it is turned round. */
export function bookkeeperOf(
  firm: () => TestFirm,
  accounts: () => { bankAccountId: string; liabilityAccountId: string },
) {
  const ref = (value: string) => ({ value });
  const bank = () => ref(accounts().bankAccountId);
  const owed = () => ref(accounts().liabilityAccountId);
  const sum = (parts: readonly Part[]) => parts.reduce((all, [amount]) => all + amount, 0);
  const side = (PostingType: string, AccountRef: object, Amount: number, customerId?: string) => ({
    DetailType: 'JournalEntryLineDetail',
    Amount,
    JournalEntryLineDetail: {
      ...{ PostingType, AccountRef },
      ...(customerId !== undefined && { Entity: { Type: 'Customer', EntityRef: ref(customerId) } }),
    },
  });
  return {
    /** The id of a customer of that name, who is made where there is none. */
    customer: async (DisplayName: string): Promise<string> => {
      const all = await firm().qbo.objects('Customer');
      const known = all.find((one) => one.DisplayName === DisplayName);
      return (known ?? (await firm().qbo.bookkeeper('Customer', { DisplayName }))).Id;
    },
    journal: (parts: readonly Part[], { out = false, on = DAY } = {}): Promise<QboObject> =>
      firm().qbo.bookkeeper('JournalEntry', {
        TxnDate: on,
        Line: [
          side(out ? 'Credit' : 'Debit', bank(), sum(parts)),
          ...parts.map(([amount, id]) => side(out ? 'Debit' : 'Credit', owed(), amount, id)),
        ],
      }),
    /** From nobody, or from somebody, to somebody else: the bank does not move. */
    within: (amount: number, from: string | undefined, to: string, on = DAY): Promise<QboObject> =>
      firm().qbo.bookkeeper('JournalEntry', {
        TxnDate: on,
        Line: [side('Debit', owed(), amount, from), side('Credit', owed(), amount, to)],
      }),
    deposit: (parts: readonly Part[], on = DAY): Promise<QboObject> =>
      firm().qbo.bookkeeper('Deposit', {
        TxnDate: on,
        DepositToAccountRef: bank(),
        Line: parts.map(([Amount, id]) => ({
          Amount,
          DetailType: 'DepositLineDetail',
          DepositLineDetail: {
            AccountRef: owed(),
            ...(id !== undefined && { Entity: { value: id, type: 'CUSTOMER' } }),
          },
        })),
      }),
    cheque: (parts: readonly Part[], DocNumber: string, on = DAY): Promise<QboObject> =>
      firm().qbo.bookkeeper('Purchase', {
        ...{ PaymentType: 'Check', DocNumber, TxnDate: on, AccountRef: bank() },
        Line: parts.map(([Amount, id]) => ({
          DetailType: 'AccountBasedExpenseLineDetail',
          Amount,
          AccountBasedExpenseLineDetail: {
            AccountRef: owed(),
            ...(id !== undefined && { CustomerRef: ref(id) }),
          },
        })),
      }),
    transfer: (Amount: number, { out = false, on = DAY } = {}): Promise<QboObject> =>
      firm().qbo.bookkeeper('Transfer', {
        ...{ TxnDate: on, Amount },
        ...(out
          ? { FromAccountRef: bank(), ToAccountRef: owed() }
          : { FromAccountRef: owed(), ToAccountRef: bank() }),
      }),
  };
}

/** What is asked about adoptions. */
export function adoptionDesk(
  world: () => World,
  firm: () => TestFirm,
  { post }: Pick<ReturnType<typeof trustOffice>, 'post'>,
) {
  return {
    /** A client who is known here and in QuickBooks already, as those are with whom money was moved before. */
    known: async (clientId: string, name: string): Promise<string> => {
      const trustTransactionId = `OLD-${clientId}`;
      const client = aClient({ clientId, name });
      await post(aTrustTransaction({ trustTransactionId, client, matter: aMatter(trustTransactionId) }));
      const all = await firm().qbo.objects('Customer');
      return all.find(({ DisplayName }) => DisplayName === name)?.Id ?? '';
    },
    /** Records and lines that are a transaction's alone. */
    taken: async (id: string): Promise<string[]> => {
      const rows = await world()
        .db.selectFrom('adopted_line')
        .select(['qbo_type', 'qbo_id', 'line'])
        .where('firm_id', '=', firm().firmId)
        .where('document_key', '=', `trust/${id}/entry`)
        .orderBy('line')
        .execute();
      return rows.map(({ qbo_type, qbo_id, line }) => `${qbo_type} ${qbo_id} ${line}`.trim());
    },
    reconciled: async (on = '2026-11-20'): Promise<Record<string, unknown>> => {
      const path = `/v1/firms/${firm().firmId}/trust-accounts/IOLTA/reconciliations`;
      const { result } = await world().call('POST', path, { on });
      return result as Record<string, unknown>;
    },
    /** How often it is on record as adopted, and as which record. */
    told: async (id: string): Promise<Record<string, unknown>[]> => {
      const rows = await world()
        .db.selectFrom('event')
        .select('data')
        .where('firm_id', '=', firm().firmId)
        .where('aggregate_id', '=', id)
        .where('kind', '=', 'adopted')
        .execute();
      return rows.map(({ data }) => data);
    },
    committed: async (): Promise<number> => (await firm().qbo.counts()).committed,
  };
}
