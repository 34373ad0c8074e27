import { formatCents } from '../domain/money.js';
import type { AdoptableType, FoundLine, FoundRecord } from '../domain/trust/adoption/record.js';
import type { QboRequest } from './client.js';
import { toCents } from './decimal.js';
import { identity, refValue, removalIn } from './mapping.js';
import { recordRequest } from './query.js';

/** What client money may stand in that a bookkeeper has entered: records that are read and never written. */

interface Named {
  Type?: string;
  type?: string;
  EntityRef?: unknown;
  value?: string;
  name?: string;
}

interface LineBody {
  Id?: string;
  Amount?: unknown;
  JournalEntryLineDetail?: { PostingType?: string; AccountRef?: unknown; Entity?: Named };
  DepositLineDetail?: { AccountRef?: unknown; Entity?: Named };
  AccountBasedExpenseLineDetail?: { AccountRef?: unknown; CustomerRef?: unknown };
}

interface Body {
  DocNumber?: string;
  TxnDate?: string;
  PrivateNote?: string;
  CurrencyRef?: unknown;
  Amount?: unknown;
  TotalAmt?: unknown;
  DepositToAccountRef?: unknown;
  FromAccountRef?: unknown;
  ToAccountRef?: unknown;
  AccountRef?: unknown;
  Credit?: boolean;
  Line?: LineBody[];
}

export const adoptableRequest = (type: AdoptableType, qboId: string): QboRequest =>
  recordRequest(type, qboId);

/** The answer to `adoptableRequest`. */
export function readAdoptable(type: AdoptableType, json: Record<string, unknown>): FoundRecord {
  const object = (json[type] ?? {}) as Record<string, unknown>;
  const body = object as Body;
  const { qboId, syncToken } = identity(object);
  const mark = markIn(body.PrivateNote);
  const currency = refValue(body.CurrencyRef);
  const on = body.TxnDate ?? '?';
  const lines = LINES[type](body).map(forward);
  const number = body.DocNumber === undefined ? '' : ` ${body.DocNumber}`;
  return {
    type,
    qboId,
    syncToken,
    on,
    ...(body.DocNumber !== undefined && { number: body.DocNumber }),
    ...(mark !== undefined && { mark }),
    ...(currency !== undefined && { currency }),
    isVoided: removalIn(object) !== undefined,
    summary: `${WORDS[type]}${number} of ${on}: ${lines.map(textOf).join(', ')}`,
    lines,
  };
}

const WORDS: Readonly<Record<AdoptableType, string>> = {
  JournalEntry: 'journal entry',
  Deposit: 'deposit',
  Purchase: 'expense',
  Transfer: 'transfer',
};

/** A key of ours begins the note of what we wrote; nothing else looks like one. */
const markIn = (note = ''): string | undefined =>
  /^(bill|payment|contact|trust|timekeeper)\/[^/\s]+\/\S+/.exec(note)?.[0];

type Side = FoundLine['side'];

const LINES: Readonly<Record<AdoptableType, (body: Body) => FoundLine[]>> = {
  JournalEntry: ({ Line = [] }) =>
    Line.flatMap((line) => {
      const detail = line.JournalEntryLineDetail;
      if (!detail) return [];
      const side: Side = detail.PostingType === 'Debit' ? 'debit' : 'credit';
      return lineOf(line, side, detail.AccountRef, nameIn(detail.Entity));
    }),

  Deposit: ({ DepositToAccountRef, TotalAmt, Line = [] }) => [
    ...head('debit', DepositToAccountRef, TotalAmt),
    ...Line.flatMap((line) => {
      const detail = line.DepositLineDetail;
      // A line without it brings a payment that was received before.
      return detail ? lineOf(line, 'credit', detail.AccountRef, nameIn(detail.Entity)) : [];
    }),
  ],

  Purchase: ({ AccountRef, TotalAmt, Credit, Line = [] }) => [
    ...head(Credit ? 'debit' : 'credit', AccountRef, TotalAmt),
    ...Line.flatMap((line) => {
      const detail = line.AccountBasedExpenseLineDetail;
      const customer = detail && refOf(detail.CustomerRef);
      const side = Credit ? 'credit' : 'debit';
      return detail ? lineOf(line, side, detail.AccountRef, customer && { customer }) : [];
    }),
  ],

  Transfer: ({ FromAccountRef, ToAccountRef, Amount }) => [
    ...head('debit', ToAccountRef, Amount),
    ...head('credit', FromAccountRef, Amount),
  ],
};

function lineOf(
  { Id, Amount }: LineBody,
  side: Side,
  account: unknown,
  whose: Pick<FoundLine, 'customer' | 'stranger'> = {},
): FoundLine[] {
  const accountId = refValue(account);
  if (accountId === undefined || Id === undefined) return [];
  return [{ id: Id, side, accountId, amountCents: toCents(Amount), ...whose }];
}

function head(side: Side, account: unknown, amount: unknown): FoundLine[] {
  const accountId = refValue(account);
  return accountId === undefined ? [] : [{ side, accountId, amountCents: toCents(amount) }];
}

/** An amount below zero takes from the other side. */
function forward(line: FoundLine): FoundLine {
  if (line.amountCents >= 0) return line;
  return { ...line, side: line.side === 'debit' ? 'credit' : 'debit', amountCents: -line.amountCents };
}

const refOf = (ref: unknown): { qboId: string; name: string } | undefined => {
  const qboId = refValue(ref);
  return qboId === undefined ? undefined : { qboId, name: (ref as Named).name ?? `customer ${qboId}` };
};

/** A journal line wraps it, and a line of a deposit does not; the type is in capitals in one of them. */
function nameIn(entity: Named | undefined): Pick<FoundLine, 'customer' | 'stranger'> {
  const type = (entity?.Type ?? entity?.type ?? 'customer').toLowerCase();
  const found = refOf(entity?.EntityRef ?? entity);
  if (!found) return {};
  return type === 'customer' ? { customer: found } : { stranger: `${type} ${found.name}` };
}

const textOf = ({ id, side, accountId, amountCents, customer, stranger }: FoundLine): string =>
  [
    ...(id === undefined ? [] : [`line ${id}`]),
    `${side} ${formatCents(amountCents)} account ${accountId}`,
    ...(customer ? [`for ${customer.name}`] : stranger === undefined ? [] : [`for ${stranger}`]),
  ].join(' ');
