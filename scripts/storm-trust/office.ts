import type { ConnectedFirm } from '../local/office.js';
import { within } from '../local/within.js';
import type { Stage } from '../storm/stage.js';
import { TrustBook } from './book.js';
import type { Calendar } from './day.js';
import { ACCOUNTS, type Family } from './life.js';
import { FIRM_ITSELF, nameOf, ownerOf, type Played } from './play.js';
import { Teller } from './say.js';
import { snapshotOf } from './snapshot.js';
import type { Account, Owner, TrustFirm } from './stage.js';

const FOUNDATION: Owner = { clientId: 'BAR', matterId: 'IOLTA' };
/** What the firm keeps in each account for its charges: more than any storm takes. */
const OWN_CENTS = 10_000_000;

/**
 * Three accounts for each firm, each in another way: the first is opened with what matters held already and sends its
 * interest to the bar, in the second money takes a day to clear, the third of the first firm names nobody on its lines. In
 * the first and third of the second firm each client has an account of his own.
 */
export async function openAccounts(
  stage: Stage,
  connected: ConnectedFirm,
  place: { firm: number; calendar: Calendar },
  families: readonly Family[],
): Promise<{ firm: TrustFirm; played: Played }> {
  const { firmId, qbo } = connected;
  const hasMatterCustomers = place.firm % 2 === 1;
  await stage.call('PUT', `/v1/firms/${firmId}/settings`, {
    matters: hasMatterCustomers ? 'sub-customer' : 'memo',
  });
  const firm: TrustFirm = {
    ...connected,
    accounts: [],
    book: new TrustBook(),
    done: [],
    ...{ adopted: new Map(), renumbered: [], below: new Map() },
    hasMatterCustomers,
    calendar: place.calendar,
  };
  // The other plans have no room for an account of each client.
  if (hasMatterCustomers) await qbo.company('plan', { plan: 'Advanced' });
  const openings = openingsOf(place.firm, families);
  for (let index = 0; index < ACCOUNTS; index += 1) {
    const made = async (Name: string, AccountType: string, AccountSubType: string) =>
      (await qbo.bookkeeper('Account', { Name: `${Name} ${index}`, AccountType, AccountSubType })).Id;
    const account: Account = {
      accountId: `A${index}`,
      bankId: await made('Trust bank', 'Bank', 'TrustAccounts'),
      liabilityId: await made('Owed to clients', 'Other Current Liability', 'TrustAccountsLiabilities'),
      isTagged: index !== 2 || hasMatterCustomers,
      isPerClient: hasMatterCustomers && index !== 1,
      ...(index === 0 && { interestTo: FOUNDATION }),
    };
    firm.accounts.push(account);
    const openingCents = index === 0 ? openings.reduce((sum, { cents }) => sum + cents, 0) : 0;
    if (openingCents > 0) await heldBefore(firm, account, openingCents);
    await setUp(stage, firm, account, openingCents);
  }
  return { firm, played: await firstWords(stage, firm, openings) };
}

const FIRST_MS = 60_000;
/** Nothing waits for the opening balances of the second account. */
const rank = ({ accountId }: { accountId: string }): number => (accountId === 'A1' ? 0 : 1);

interface Opening {
  owner: Owner;
  cents: number;
}

const openingsOf = (firm: number, families: readonly Family[]): Opening[] =>
  families.flatMap((family, index) =>
    family.firm === firm && family.account === 0
      ? family.openings
          .slice(0, family.matters)
          .map((cents, matter) => ({ owner: ownerOf(nameOf(index), matter), cents }))
          .filter(({ cents }) => cents > 0)
      : [],
  );

/** The bookkeeper had it in one sum, without names. */
async function heldBefore({ qbo, calendar }: TrustFirm, { bankId, liabilityId }: Account, cents: number) {
  const side = (PostingType: string, value: string) => ({
    Amount: cents / 100,
    DetailType: 'JournalEntryLineDetail',
    JournalEntryLineDetail: { PostingType, AccountRef: { value } },
  });
  await qbo.bookkeeper('JournalEntry', {
    TxnDate: calendar.on(0),
    PrivateNote: 'Brought forward',
    Line: [side('Debit', bankId), side('Credit', liabilityId)],
  });
}

async function setUp(stage: Stage, firm: TrustFirm, account: Account, openingCents: number): Promise<void> {
  const { accountId, bankId, liabilityId, isTagged, isPerClient, interestTo } = account;
  await stage.call('PUT', `/v1/firms/${firm.firmId}/trust-accounts/${accountId}`, {
    name: `Trust account ${accountId}`,
    bankAccountId: bankId,
    liabilityAccountId: liabilityId,
    startOn: firm.calendar.on(1),
    charges: FIRM_ITSELF,
    ...(openingCents > 0 && { openingCents }),
    ...(interestTo && { interest: interestTo }),
    ...(accountId === 'A1' && { clearingDays: 1 }),
    ...(!isTagged && { lineCustomer: 'plain' }),
    ...(isPerClient && { subAccounts: 'client' }),
  });
}

/** What the matters held at the start, all of it, and the firm's own money. */
async function firstWords(stage: Stage, firm: TrustFirm, openings: readonly Opening[]): Promise<Played> {
  const { firmId, calendar } = firm;
  const teller = new Teller(stage, firm);
  const date = calendar.on(1);
  const words = [
    ...openings.map(({ owner, cents }) => ({
      ...{ id: `O-${owner.clientId}-${owner.matterId}`, kind: 'opening-balance' as const },
      ...{ accountId: 'A0', owner, cents },
    })),
    ...firm.accounts.map(({ accountId }) => ({
      ...{ id: `OWN-${accountId}`, kind: 'deposit' as const, accountId },
      ...{ owner: FIRM_ITSELF, cents: OWN_CENTS },
    })),
  ];
  const say = ({
    id: trustTransactionId,
    kind,
    accountId,
    owner,
    cents: amountCents,
  }: (typeof words)[number]) =>
    teller.say(snapshotOf({ firmId, trustTransactionId, kind, accountId, date, amountCents }, owner));
  // With the first one QuickBooks is asked for its plan and its accounts, which all others go by.
  const [first, ...others] = [...words].sort((one, other) => rank(one) - rank(other));
  if (first) await say(first);
  const ref = { firmId, type: 'trustTransaction', id: first?.id ?? '' } as const;
  await within(FIRST_MS, async () => (await stage.client.isSettled(ref)) === true);
  await Promise.all(others.map(say));
  return { name: firmId, story: teller.story, complaints: teller.complaints };
}
