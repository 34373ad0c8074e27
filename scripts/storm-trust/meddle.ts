import { within } from '../local/within.js';
import { BookkeeperRefused, type QboObject } from '../local/simulator-control.js';
import type { Stage } from '../storm/stage.js';
import type { Said } from './book.js';
import type { Deed } from './life.js';
import { markedBy, type Account, type Done, type TrustFirm } from './stage.js';

interface Line {
  Amount: number;
  DetailType: string;
  JournalEntryLineDetail: {
    PostingType: string;
    AccountRef: { value: string };
    Entity?: { Type: string; EntityRef: { value: string } };
  };
}

interface Wish {
  deed: Deed;
  /** What he may come upon. */
  among: readonly Said[];
  cents: number;
  on: string;
}

/** He waits no longer for one of them to be in QuickBooks. */
const SETTLE_MS = 60_000;

/** What he did, which is remembered with the firm; undefined where there was nothing to do, or he was not let. */
export async function meddle(
  stage: Stage,
  firm: TrustFirm,
  account: Account,
  wish: Wish,
): Promise<Done | undefined> {
  const { qbo, done: all } = firm;
  const said = await firstSettled(stage, firm, wish.among);
  const id = said?.snapshot.trustTransactionId;
  const [entry] = markedBy(await qbo.objects('JournalEntry'), `trust/${id}/entry`);
  if (!said || !entry) return undefined;
  try {
    const done = await layHandsOn(firm, account, { said, entry }, wish);
    if (!done) return undefined;
    all.push(done);
    if (done.trustTransactionId !== undefined) said.meddled = true;
    return done;
  } catch (error) {
    if (error instanceof BookkeeperRefused) return undefined;
    throw error;
  }
}

async function firstSettled({ client }: Stage, { firmId }: TrustFirm, among: readonly Said[]) {
  let found: Said | undefined;
  await within(SETTLE_MS, async () => {
    for (const said of among) {
      const id = said.snapshot.trustTransactionId;
      if ((await client.isSettled({ firmId, type: 'trustTransaction', id })) !== true) continue;
      found = said;
      break;
    }
    return found !== undefined || among.length === 0;
  });
  return found;
}

async function layHandsOn(
  firm: TrustFirm,
  account: Account,
  { said, entry }: { said: Said; entry: QboObject },
  { deed, cents, on }: Wish,
): Promise<Done | undefined> {
  const { qbo } = firm;
  const { accountId } = account;
  const { Id } = entry;
  const own = { deed, accountId, qboId: Id, trustTransactionId: said.snapshot.trustTransactionId };
  const edited = async (change: object): Promise<Done> => {
    const { SyncToken } = await qbo.bookkeeper('JournalEntry', { Id, ...change });
    return { ...own, token: String(SyncToken) };
  };
  const lines = entry.Line as Line[];
  if (deed === 'delete') {
    await qbo.bookkeeper('JournalEntry', { Id }, 'delete');
    return { ...own, token: undefined };
  }
  if (deed === 'day') return entry.TxnDate === on ? undefined : await edited({ TxnDate: on });
  if (deed === 'amount') {
    return lines[0]?.Amount === cents / 100
      ? undefined
      : await edited({ Line: lines.map((line) => ({ ...line, Amount: cents / 100 })) });
  }
  if (deed === 'other-client') {
    const other = await otherThan(firm, lines);
    return other === undefined ? undefined : await edited({ Line: lines.map((line) => given(line, other)) });
  }
  const { Id: qboId, SyncToken } = await qbo.bookkeeper('JournalEntry', typed(account, lines, cents, on));
  return { deed, accountId, qboId, token: String(SyncToken) };
}

/** Money of the same client out of the bank, as if a courier had been paid. */
function typed({ bankId, liabilityId }: Account, lines: readonly Line[], cents: number, on: string) {
  const entity = lines.map(({ JournalEntryLineDetail: { Entity } }) => Entity).find(Boolean);
  const side = (PostingType: string, value: string, Entity?: object) => ({
    Amount: cents / 100,
    DetailType: 'JournalEntryLineDetail',
    JournalEntryLineDetail: { PostingType, AccountRef: { value }, ...(Entity && { Entity }) },
  });
  return {
    TxnDate: on,
    PrivateNote: 'Courier',
    Line: [side('Debit', liabilityId, entity), side('Credit', bankId)],
  };
}

/** A client who stands on none of the lines; undefined where lines name nobody. */
async function otherThan({ qbo }: TrustFirm, lines: readonly Line[]): Promise<string | undefined> {
  const named = lines.map(({ JournalEntryLineDetail: { Entity } }) => Entity?.EntityRef.value);
  if (named.every((id) => id === undefined)) return undefined;
  const customers = await qbo.objects('Customer');
  return customers.find(({ Id }) => !named.includes(Id))?.Id;
}

function given(line: Line, customerId: string): Line {
  const { Entity } = line.JournalEntryLineDetail;
  if (!Entity) return line;
  const entity = { ...Entity, EntityRef: { value: customerId } };
  return { ...line, JournalEntryLineDetail: { ...line.JournalEntryLineDetail, Entity: entity } };
}
