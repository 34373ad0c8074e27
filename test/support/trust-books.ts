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

/** A trust account of the firm, set up over its bank and its liability account in QuickBooks. */
export async function setUpTrust(world: World, { firmId, qbo }: TestFirm, over: object = {}) {
  const accounts = await qbo.objects('Account');
  const idOf = (name: string): string => accounts.find(({ Name }) => Name === name)?.Id ?? '';
  const settings = {
    name: 'IOLTA at First Bank',
    bankAccountId: idOf('Trust Bank (IOLTA)'),
    liabilityAccountId: idOf('Client Trust Liability'),
    startOn: '2026-01-01',
    ...over,
  };
  await world.call('PUT', `/v1/firms/${firmId}/trust-accounts/IOLTA`, settings);
  return settings;
}

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
