import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import type { QboObject, SimulatorControl } from '../../scripts/local/simulator-control.js';
import { aDisbursement } from './trust.js';

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
