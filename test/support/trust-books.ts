import type { TrustBalance } from '../../src/db/trust-balance.js';
import type { RemedyMessage } from '../../src/domain/remedy.js';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import { eventually } from './eventually.js';
import { settledOf } from './settled.js';
import { setUpTrust as setUp } from '../../scripts/local/office.js';
import type { QboObject, SimulatorControl } from '../../scripts/local/simulator-control.js';
import type { TestFirm, World } from './world.js';

interface Line {
  Amount: number;
  JournalEntryLineDetail: {
    PostingType: string;
    AccountRef: { value: string };
    Entity?: { EntityRef: { value: string } };
  };
}

export const setUpTrust = (world: World, firm: TestFirm, over: object = {}) =>
  setUp((...request) => world.call(...request), firm, over);

/** What an entry says, as a bookkeeper reads it: side, amount, account, and whose money. */
export async function linesOf(qbo: SimulatorControl, entry: QboObject | undefined): Promise<string[]> {
  const [accounts, customers] = await Promise.all([qbo.objects('Account'), qbo.objects('Customer')]);
  return ((entry?.Line ?? []) as Line[]).map(({ Amount, JournalEntryLineDetail: detail }) => {
    const account = accounts.find(({ Id }) => Id === detail.AccountRef.value);
    const customer = customers.find(({ Id }) => Id === detail.Entity?.EntityRef.value);
    const whose = customer ? `, ${String(customer.DisplayName)}` : '';
    return `${detail.PostingType} ${Amount} ${String(account?.Name)}${whose}`;
  });
}

/** The journal entries that stand for a trust transaction. */
export const entriesOf = async (qbo: SimulatorControl, id: string): Promise<QboObject[]> =>
  (await qbo.objects('JournalEntry')).filter(({ PrivateNote }) =>
    String(PrivateNote).startsWith(`trust/${id}/entry `),
  );

/** Whoever moves a firm's client money: sends it to the server, and asks what became of it. */
export function trustOffice(world: () => World, firm: () => TestFirm) {
  const refOf = (id: string) => ({ firmId: firm().firmId, type: 'trustTransaction', id }) as const;
  const send = (snapshot: TrustTransactionSnapshot, query = '') =>
    world().call('POST', `/v1/trust-transactions${query}`, { ...snapshot, firmId: firm().firmId });
  const settled = (id: string, timeoutMs?: number) => settledOf(world().client, refOf(id), timeoutMs);
  return {
    refOf,
    send,
    settled,
    post: async (snapshot: TrustTransactionSnapshot): Promise<void> => {
      await send(snapshot);
      await settled(snapshot.trustTransactionId);
    },
    /** Once it is parked for a person. */
    parked: (id: string, fault: string) =>
      eventually(async () => {
        const { parked } = await world().client.status(refOf(id));
        if (parked?.fault !== fault) throw new Error(`${id} is parked for ${parked?.fault ?? 'nothing'}`);
        return parked;
      }),
    waiting: (id: string) =>
      eventually(async () => {
        const { waitingFor } = await world().client.status(refOf(id));
        if (waitingFor === undefined) throw new Error(`${id} does not wait`);
        return waitingFor;
      }),
    remedy: (id: string, message: RemedyMessage) => world().client.remediate(refOf(id), message),
    /** Of one matter: accepted, and in QuickBooks at the least. */
    balance: async (matterId = 'M1') => {
      const path = `/v1/firms/${firm().firmId}/trust-balances?matterId=${matterId}`;
      const { balances } = (await world().call('GET', path)) as { balances: TrustBalance[] };
      return balances.map(({ acceptedCents, postedCents }) => [acceptedCents, postedCents])[0];
    },
    lines: async (id: string) => linesOf(firm().qbo, (await entriesOf(firm().qbo, id))[0]),
  };
}

/** What the matters held in QuickBooks after each of its entries, in the order in which it received them. */
export async function lowest(qbo: SimulatorControl, liabilityAccountId: string): Promise<number> {
  const entries = await qbo.objects('JournalEntry');
  const held = new Map<string, number>();
  let least = 0;
  for (const entry of entries.sort((one, other) => Number(one.Id) - Number(other.Id))) {
    for (const { Amount, JournalEntryLineDetail: detail } of entry.Line as Line[]) {
      const customer = detail.Entity?.EntityRef.value;
      if (detail.AccountRef.value !== liabilityAccountId || customer === undefined) continue;
      const sum = (held.get(customer) ?? 0) + (detail.PostingType === 'Credit' ? Amount : -Amount);
      held.set(customer, sum);
    }
    least = Math.min(least, ...held.values());
  }
  return least;
}
