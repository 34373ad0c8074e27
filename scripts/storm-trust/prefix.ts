import type { Call, Commit } from '../local/simulator-control.js';
import { fallsShort, type Movement, type TrustBook } from './book.js';
import { markOf, type TrustFirm } from './stage.js';

interface JournalLine {
  Amount: number;
  AccountBasedExpenseLineDetail?: { AccountRef: { value: string } };
  JournalEntryLineDetail?: { PostingType: string; AccountRef: { value: string } };
}

/** What moves client money: an entry, or a cheque in its place. */
const KEPT_AS = ['JournalEntry', 'Purchase'];

export interface Prefixes {
  /** Writes of ours that moved client money. */
  writes: number;
  /** A sentence for each write after which a matter was below zero, by that write's doing. */
  negative: string[];
  /** What is ours by its mark, and nobody has said. */
  strange: string[];
}

/**
 * Whether no matter was below zero in QuickBooks after any write of ours, at the end of any day: by the simulator's own
 * objects, in the order in which it committed them. A bookkeeper's changes are left out, as if they had not been; a write
 * that records an overdraw of the bank's may do what it says, and so may one that was on its way by then.
 */
export function examine(commits: readonly Commit[], firm: TrustFirm, calls: readonly Call[] = []): Prefixes {
  const sent = firstCalls(calls);
  const found: Prefixes = { writes: 0, negative: [], strange: [] };
  const held = new Map<string, readonly Movement[]>();
  for (const { seq, entity, object, operation } of commits) {
    if (operation === 'create') bringIn(held, firm, entity, object.Id);
    const id = /^trust\/(.+)\/entry$/.exec(markOf(object.PrivateNote) ?? '')?.[1];
    if (id === undefined || !KEPT_AS.includes(entity) || isByHand(firm, object, operation)) continue;
    const said = firm.book.said.get(id);
    if (!said) {
      found.strange.push(`${id}: QuickBooks has it as ${object.Id}, and it was never taken`);
      continue;
    }
    found.writes += 1;
    const after = operation === 'delete' ? [] : movementsOf(object, id, firm);
    const ledgers = new Set([...(held.get(object.Id) ?? []), ...after].map(({ ledger }) => ledger));
    const before = new Map([...ledgers].map((ledger) => [ledger, ofLedger(held, ledger)]));
    held.set(object.Id, after);
    const isRecorded = (ledger: string) => said.overdraws || isOverdrawnSince(id, ledger, firm, sent);
    for (const ledger of [...ledgers].filter((one) => !isRecorded(one))) {
      if (fallsShort(before.get(ledger) ?? [], ofLedger(held, ledger))) {
        found.negative.push(
          `${id}: ${ledger} was below zero after QuickBooks took it as ${object.Id} (${seq})`,
        );
      }
    }
  }
  return found;
}

/** By trust transaction, the place of the first call that said it. */
function firstCalls(calls: readonly Call[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const { method, body, seq } of calls) {
    const id = /\btrust\/([^/\s"]+)\/entry/.exec((method === 'POST' && body) || '')?.[1];
    if (id !== undefined && !first.has(id)) first.set(id, seq);
  }
  return first;
}

/** A person has recorded that the bank overdrew it, when this was out already and its answer was not known. */
const isOverdrawnSince = (
  id: string,
  ledger: string,
  { book }: TrustFirm,
  sent: ReadonlyMap<string, number>,
): boolean =>
  [...book.said].some(
    ([other, { overdraws, snapshot }]) =>
      overdraws &&
      book.legsOf(snapshot).some((leg) => leg.ledger === ledger) &&
      (sent.get(id) ?? Infinity) < (sent.get(other) ?? 0),
  );

const ofLedger = (held: ReadonlyMap<string, readonly Movement[]>, ledger: string): Movement[] =>
  [...held.values()].flat().filter((one) => one.ledger === ledger);

/** What others entered and was adopted holds what it brings in; what it takes out is not of our doing. */
function bringIn(held: Map<string, readonly Movement[]>, firm: TrustFirm, type: string, qboId: string): void {
  const legs = [...firm.adopted]
    .filter(([, one]) => one.type === type && one.qboId === qboId)
    .flatMap(([id]) => firm.book.legsOf(firm.book.said.get(id)!.snapshot));
  const brought = legs.filter(({ cents }) => cents > 0);
  if (brought.length > 0) held.set(`${type}/${qboId}`, brought);
}

/** What he has changed stays so in whatever is written of it later, a cheque's number too, until it is deleted. */
const isByHand = ({ done }: TrustFirm, object: Commit['object'], operation: Commit['operation']): boolean =>
  done.some(({ qboId, token }) => {
    if (qboId !== object.Id) return false;
    if (token === undefined) return operation === 'delete';
    return operation !== 'delete' && Number(object.SyncToken) >= Number(token);
  });

/** Lines on what is owed to clients, which a cheque debits, and whose they are by what was said: of a transfer the debit is who gives. */
function movementsOf(object: Commit['object'], id: string, { book, accounts, below }: TrustFirm): Movement[] {
  const lines = (object.Line ?? []) as JournalLine[];
  const named = ownersOf(id, book);
  const isOpening = book.said.get(id)?.snapshot.kind === 'opening-balance';
  return lines.flatMap(
    ({ Amount, JournalEntryLineDetail: detail, AccountBasedExpenseLineDetail: paid }): Movement[] => {
      const lineAccount = (detail ?? paid)?.AccountRef.value ?? '';
      const accountId = below.get(lineAccount)?.parentId ?? lineAccount;
      if (!accounts.some(({ liabilityId }) => liabilityId === accountId)) return [];
      const isCredit = detail?.PostingType === 'Credit';
      // The other side of an opening balance is what nobody's name stood on before.
      if (isOpening && !isCredit) return [];
      const ledger = isCredit ? named.credited : named.debited;
      const cents = Math.round(Amount * 100);
      return [{ ledger, on: String(object.TxnDate), cents: isCredit ? cents : -cents }];
    },
  );
}

function ownersOf(id: string, book: TrustBook): { debited: string; credited: string } {
  const snapshot = book.said.get(id)?.snapshot;
  if (snapshot?.kind === 'reversal') {
    const { debited, credited } = ownersOf(snapshot.reverses ?? '', book);
    return { debited: credited, credited: debited };
  }
  const [from = '', to = from] = (snapshot ? book.legsOf(snapshot) : []).map(({ ledger }) => ledger);
  return { debited: from, credited: to };
}
