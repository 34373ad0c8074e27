import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import type { QboObject, SimulatorControl } from '../../scripts/local/simulator-control.js';
import { aDisbursement } from './trust.js';
import type { TestFirm, World } from './world.js';

/** 200.00 of Ada's to the court, by a cheque that the bookkeeper prints. */
export const aCheque = (over: Partial<TrustTransactionSnapshot> = {}): TrustTransactionSnapshot =>
  aDisbursement({
    amountCents: 20_000,
    cheque: { print: true, address: '1 Court Square\nSalinas' },
    ...over,
  });

interface Line {
  Amount: number;
  AccountBasedExpenseLineDetail: {
    AccountRef: { value: string };
    CustomerRef?: { value: string };
    BillableStatus: string;
  };
}

/** The cheques that stand for a trust transaction. */
export const chequesOf = async (qbo: SimulatorControl, id: string): Promise<QboObject[]> =>
  (await qbo.objects('Purchase')).filter(({ PrivateNote }) =>
    String(PrivateNote).startsWith(`trust/${id}/entry `),
  );

/** What a cheque says, as a bookkeeper reads it: bank, payee, number or its place in the queue, and its lines. */
export async function chequeText(qbo: SimulatorControl, cheque: QboObject | undefined): Promise<string[]> {
  if (!cheque) return [];
  const [accounts, customers] = await Promise.all([qbo.objects('Account'), qbo.objects('Customer')]);
  const { AccountRef, EntityRef, DocNumber, PrintStatus } = cheque as QboObject & {
    AccountRef: { value: string };
    EntityRef: { name: string; type: string };
  };
  const nameOf = (id?: string) => String(accounts.find(({ Id }) => Id === id)?.Name);
  const lines = (cheque.Line as Line[]).map(({ Amount, AccountBasedExpenseLineDetail: detail }) => {
    const customer = customers.find(({ Id }) => Id === detail.CustomerRef?.value);
    const whose = customer ? `, ${String(customer.DisplayName)}, ${detail.BillableStatus}` : '';
    return `${Amount} ${nameOf(detail.AccountRef.value)}${whose}`;
  });
  const head = `${nameOf(AccountRef.value)} to ${EntityRef.type} ${EntityRef.name}`;
  return [head, PrintStatus === 'NeedToPrint' ? 'to be printed' : `number ${String(DocNumber)}`, ...lines];
}

/** Whoever looks after a firm's cheques: what we say of them, and what the bookkeeper does in QuickBooks' own pages. */
export function chequeDesk(world: () => World, firm: () => TestFirm) {
  const account = () => `/v1/firms/${firm().firmId}/trust-accounts/IOLTA`;
  const cheque = async (id = 'D1'): Promise<QboObject> => (await chequesOf(firm().qbo, id))[0]!;
  return {
    cheque,
    status: async (id = 'D1') =>
      (await world().call('GET', `/v1/trustTransaction/${firm().firmId}/${id}/status`)).cheque,
    touch: async (over: Record<string, unknown>, operation?: 'delete' | 'void', id = 'D1'): Promise<void> => {
      const { Id, SyncToken } = await cheque(id);
      const change = operation ? {} : { sparse: true, PaymentType: 'Check', ...over };
      await firm().qbo.bookkeeper('Purchase', { Id, SyncToken, ...change }, operation);
    },
    reads: async () => (await firm().qbo.counts()).metered,
    /** Each line of the client ledgers with its number in QuickBooks. */
    ledger: async () => {
      const { lines } = (await world().call('GET', `${account()}/ledger`)) as {
        lines: { number: string; trustTransactionId: string }[];
      };
      return lines.map(({ trustTransactionId, number }) => [trustTransactionId, number]);
    },
    /** Whether QuickBooks agrees with the ledgers at the end of a day, and in how many ways it does not. */
    agrees: async (on = '2026-11-20') => {
      const { result } = (await world().call('POST', `${account()}/reconciliations`, { on })) as {
        result: { agrees: boolean; differences: object[] };
      };
      return [result.agrees, result.differences.length];
    },
  };
}
