import { within } from '../local/within.js';
import { BookkeeperRefused, type QboObject } from '../local/simulator-control.js';
import type { Stage } from '../storm/stage.js';
import type { Said } from './book.js';
import type { ChequeDeed } from './life.js';
import { isUnprinted, markedBy, type Account, type Done, type Renumbered, type TrustFirm } from './stage.js';

interface Wish {
  deed: ChequeDeed;
  said: Said;
  cents: number;
}

const SETTLE_MS = 60_000;

/** What a bookkeeper does with a cheque of ours in QuickBooks' own pages; undefined where there is nothing to do. */
export async function meddleWithCheque(
  { client }: Stage,
  firm: TrustFirm,
  account: Account,
  { deed, said, cents }: Wish,
): Promise<Done | Renumbered | undefined> {
  const { firmId, qbo } = firm;
  const { trustTransactionId: id } = said.snapshot;
  await within(SETTLE_MS, async () => {
    return (await client.isSettled({ firmId, type: 'trustTransaction', id })) === true;
  });
  const cheques = await qbo.objects('Purchase');
  const [cheque] = markedBy(cheques, `trust/${id}/entry`);
  if (!cheque || (await client.isSettled({ firmId, type: 'trustTransaction', id })) !== true)
    return undefined;
  try {
    if (deed === 'cheque-number') return await renumber(firm, { cheque, cheques }, said);
    const done = await spoil(firm, account, cheque, { deed, said, cents });
    firm.done.push(done);
    said.meddled = true;
    return done;
  } catch (error) {
    if (error instanceof BookkeeperRefused) return undefined;
    throw error;
  }
}

async function spoil(
  { qbo }: TrustFirm,
  { accountId }: Account,
  { Id, Line, PrivateNote }: QboObject,
  { deed, said, cents }: Wish & { deed: ChequeDeed },
): Promise<Done> {
  const { trustTransactionId, amountCents } = said.snapshot;
  // Another amount than it is of. What is voided stays, with nothing on its lines and a note that says so.
  const other = (cents === amountCents ? cents + 1 : cents) / 100;
  const Amount = deed === 'cheque-void' ? 0 : other;
  const after = await qbo.bookkeeper('Purchase', {
    ...{ Id, sparse: true, PaymentType: 'Check' },
    Line: (Line as object[]).map((line) => ({ ...line, Amount })),
    ...(deed === 'cheque-void' && { PrivateNote: `Voided - ${String(PrivateNote)}` }),
  });
  const what = deed === 'cheque-void' ? deed : 'cheque-amount';
  return { deed: what, accountId, qboId: Id, token: String(after.SyncToken), trustTransactionId };
}

/** That of another printed one of the same bank, or one that nobody has; nothing where it waits for the printer. */
async function renumber(
  { qbo, renumbered }: TrustFirm,
  { cheque, cheques }: { cheque: QboObject; cheques: readonly QboObject[] },
  said: Said,
): Promise<Renumbered | undefined> {
  const was = numberOf(cheque);
  if (isUnprinted(cheque) || was === undefined) return undefined;
  const bankOf = ({ AccountRef }: QboObject) => (AccountRef as { value?: string } | undefined)?.value;
  const other = cheques.find(
    (one) => one.Id !== cheque.Id && numberOf(one) !== undefined && bankOf(one) === bankOf(cheque),
  );
  const now = (other && numberOf(other)) ?? `7${cheque.Id}`;
  const { Id } = cheque;
  await qbo.bookkeeper('Purchase', { Id, sparse: true, PaymentType: 'Check', DocNumber: now });
  const { trustTransactionId } = said.snapshot;
  const done = { trustTransactionId, was, now };
  renumbered.push(done);
  said.meddled = true;
  return done;
}

const numberOf = ({ DocNumber }: QboObject): string | undefined =>
  typeof DocNumber === 'string' ? DocNumber : undefined;

const CAUSES: Readonly<Record<string, Done['deed']>> = {
  'cheque-gone': 'cheque-void',
  'cheque-changed': 'cheque-amount',
};

/** Whether somebody is rightly asked about a cheque: he did what it is parked for. */
export function isAskedRightly(
  { firmId, done, renumbered, book }: TrustFirm,
  { workflowId, fault = '' }: { workflowId: string; fault?: string },
): boolean {
  const id = workflowId.replace(`trustTransaction:${firmId}:`, '');
  if (book.said.get(id)?.snapshot.cheque === undefined) return false;
  // Both who have the number are asked about.
  if (fault === 'cheque-number-twice') return renumbered.length > 0;
  return done.some((one) => one.trustTransactionId === id && one.deed === CAUSES[fault]);
}
