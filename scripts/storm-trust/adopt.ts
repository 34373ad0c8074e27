import { within } from '../local/within.js';
import { BookkeeperRefused, type QboObject } from '../local/simulator-control.js';
import type { Stage } from '../storm/stage.js';
import type { Adoption } from '../../src/domain/trust/adoption/record.js';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import type { AdoptedDeed, After, RecordType } from './life.js';
import { customerOf } from './model.js';
import type { Teller } from './say.js';
import { readBelow, type Account, type Adopted, type Done, type Owner, type TrustFirm } from './stage.js';

/** Whose money comes or goes, and how much of it. */
export interface Entry {
  kind: 'deposit' | 'disbursement';
  owner: Owner;
  cents: number;
}

interface Wish {
  type: RecordType;
  parts: readonly Entry[];
  on: string;
  after: After;
}

type Entered = Omit<Adopted, 'isNamed'> & { isNamed: boolean[] };

/** He waits no longer for it to be adopted. */
const SETTLE_MS = 60_000;

/** The bookkeeper has it before anybody says it; and at times he lays his hands on it afterwards. */
export async function sayEntered(
  teller: Teller,
  account: Account,
  { type, parts, on, after }: Wish,
  movementOf: (adopts: Adoption, part: Entry) => TrustTransactionSnapshot,
): Promise<void> {
  const { stage, firm, story } = teller;
  const entered = await enter(firm, account, { type, parts, on });
  if (!entered) return;
  story.push(`the bookkeeper enters ${JSON.stringify(entered)}`);
  const { isNamed, ...record } = entered;
  const ids: string[] = [];
  for (const [index, part] of parts.entries()) {
    const snapshot = movementOf({ type, id: record.qboId }, part);
    if (!(await teller.say(snapshot))) continue;
    ids.push(snapshot.trustTransactionId);
    firm.adopted.set(snapshot.trustTransactionId, { ...record, isNamed: isNamed[index]! });
  }
  if (ids.length < parts.length) {
    // Nobody here says it, so that it is only his.
    const { qboId, token } = record;
    firm.done.push({ deed: 'typed', accountId: account.accountId, qboId, token });
  } else if (after !== 'nothing') {
    const done = await meddleWithAdopted(stage, firm, account, { deed: after, ids });
    story.push(`the bookkeeper: ${done ? JSON.stringify(done) : 'nothing'}`);
  }
}

/** What a bookkeeper enters in QuickBooks' own pages; undefined where he has no account to enter it on. */
async function enter(
  firm: TrustFirm,
  account: Account,
  { type, parts, on }: { type: RecordType; parts: readonly Entry[]; on: string },
): Promise<Entered | undefined> {
  const customers = await firm.qbo.objects('Customer');
  await readBelow(firm);
  const lines = parts.map(({ owner, cents }) => {
    const mark = `contact/${customerOf(owner, firm)}`;
    const known = customers.find(
      ({ Notes }) => typeof Notes === 'string' && Notes.split(/\s/).includes(mark),
    );
    return {
      cents,
      accountId: owedOn(firm, account, owner),
      // One who is not there yet is nobody.
      customerId: account.isTagged ? known?.Id : undefined,
    };
  });
  if (lines.some(({ accountId }) => accountId === undefined)) return undefined;
  const body = { TxnDate: on, PrivateNote: 'By hand', ...BODY[type](account.bankId, lines) };
  const { Id: qboId, SyncToken } = await firm.qbo.bookkeeper(type, body);
  const isNamed = lines.map(({ customerId }) => customerId !== undefined);
  return { type, qboId, token: String(SyncToken), isNamed };
}

function owedOn(
  { below }: TrustFirm,
  { isPerClient, liabilityId }: Account,
  { clientId }: Owner,
): string | undefined {
  if (!isPerClient) return liabilityId;
  return [...below].find(
    ([, { parentId, name }]) => parentId === liabilityId && name === `Client ${clientId}`,
  )?.[0];
}

interface LineWish {
  cents: number;
  accountId: string | undefined;
  customerId: string | undefined;
}

const ref = (value: string | undefined) => ({ value });

const side = (PostingType: string, account: string | undefined, cents: number, customerId?: string) => ({
  Amount: cents / 100,
  DetailType: 'JournalEntryLineDetail',
  JournalEntryLineDetail: {
    ...{ PostingType, AccountRef: ref(account) },
    ...(customerId !== undefined && { Entity: { Type: 'Customer', EntityRef: ref(customerId) } }),
  },
});

const BODY: Readonly<Record<RecordType, (bankId: string, lines: readonly LineWish[]) => object>> = {
  JournalEntry: (bankId, lines) => ({
    Line: lines.flatMap(({ cents, accountId, customerId }) => [
      side('Debit', bankId, cents),
      side('Credit', accountId, cents, customerId),
    ]),
  }),
  Deposit: (bankId, lines) => ({
    DepositToAccountRef: ref(bankId),
    Line: lines.map(({ cents, accountId, customerId }) => ({
      Amount: cents / 100,
      DetailType: 'DepositLineDetail',
      DepositLineDetail: {
        AccountRef: ref(accountId),
        ...(customerId !== undefined && { Entity: { value: customerId, type: 'CUSTOMER' } }),
      },
    })),
  }),
  Purchase: (bankId, lines) => ({
    ...{ PaymentType: 'Check', AccountRef: ref(bankId) },
    Line: lines.map(({ cents, accountId, customerId }) => ({
      Amount: cents / 100,
      DetailType: 'AccountBasedExpenseLineDetail',
      AccountBasedExpenseLineDetail: {
        AccountRef: ref(accountId),
        ...(customerId !== undefined && { CustomerRef: ref(customerId) }),
      },
    })),
  }),
};

/** Changes or deletes what was adopted, once it is; a reconciliation has to name it for each who stands in it. */
async function meddleWithAdopted(
  stage: Stage,
  firm: TrustFirm,
  { accountId }: Account,
  { deed, ids }: { deed: AdoptedDeed; ids: readonly string[] },
): Promise<Done[] | undefined> {
  const { qbo, adopted, book } = firm;
  const record = adopted.get(ids[0] ?? '');
  if (!record || !(await areSettled(stage, firm, ids))) return undefined;
  const { type, qboId } = record;
  if (!(await isChanged(firm, record, deed))) return undefined;
  const left = (await qbo.objects(type)).find(({ Id }) => Id === qboId);
  const done = ids.map((trustTransactionId) => ({
    ...{ deed, accountId, qboId, trustTransactionId },
    token: left && String(left.SyncToken),
  }));
  for (const id of ids) book.said.get(id)!.meddled = true;
  firm.done.push(...done);
  return done;
}

/** False: QuickBooks did not let him. */
async function isChanged({ qbo }: TrustFirm, { type, qboId: Id }: Adopted, deed: AdoptedDeed) {
  try {
    if (deed === 'adopted-delete') {
      await qbo.bookkeeper(type, { Id }, 'delete');
      return true;
    }
    const object = (await qbo.objects(type)).find((one) => one.Id === Id);
    const lines = (object?.Line ?? []) as { Amount: number }[];
    // Both sides of an entry, and of what has a head one line.
    const Line = lines.map((line, index) => (type === 'JournalEntry' || index === 0 ? dearer(line) : line));
    const head = type === 'Purchase' ? { PaymentType: 'Check' } : {};
    await qbo.bookkeeper(type, { Id, sparse: true, ...head, Line });
    return true;
  } catch (error) {
    if (error instanceof BookkeeperRefused) return false;
    throw error;
  }
}

/** A dollar more, which no line was of before. */
const dearer = (line: { Amount: number }): object => ({
  ...line,
  Amount: Math.round((line.Amount + 1) * 100) / 100,
});

async function areSettled(
  { client }: Stage,
  { firmId }: TrustFirm,
  ids: readonly string[],
): Promise<boolean> {
  let all = false;
  await within(SETTLE_MS, async () => {
    const settled = await Promise.all(
      ids.map((id) => client.isSettled({ firmId, type: 'trustTransaction', id })),
    );
    all = settled.every((one) => one === true);
    return all;
  });
  return all;
}

/** What is wrong with an adopted record, as QuickBooks has it: nobody but the bookkeeper writes it, and nothing is posted. */
export function wrongAdoption(
  { type, qboId, token }: Adopted,
  { posted, records, meddled }: { posted: number; records: readonly QboObject[]; meddled: boolean },
): string | undefined {
  if (posted > 0) return `is ${type} ${qboId}, and was posted beside it`;
  const record = records.find(({ Id }) => Id === qboId);
  if (meddled || record?.SyncToken === token) return undefined;
  return `${type} ${qboId} is not as it was entered: ${record ? `version ${String(record.SyncToken)}` : 'gone'}`;
}
