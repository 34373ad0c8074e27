import type { JournalEntryIntent, JournalLineIntent } from '../domain/intent.js';
import { formatCents } from '../domain/money.js';
import { toCents, toDecimal } from './decimal.js';
import { compare, currencyBody, identity, linkBody, type Mapping, quote, refValue } from './mapping.js';

interface LineBody {
  Amount?: unknown;
  Description?: string;
  JournalEntryLineDetail?: {
    PostingType?: string;
    AccountRef?: unknown;
    Entity?: { EntityRef?: unknown };
  };
}

interface JournalEntryBody {
  DocNumber?: string;
  TxnDate?: string;
  PrivateNote?: string;
  Line?: LineBody[];
}

const toLine = (line: JournalLineIntent) => ({
  DetailType: 'JournalEntryLineDetail',
  Amount: toDecimal(line.amountCents),
  Description: line.description,
  JournalEntryLineDetail: {
    PostingType: line.side === 'debit' ? 'Debit' : 'Credit',
    AccountRef: { value: line.accountId },
    ...(line.customerQboId !== undefined && {
      Entity: { Type: 'Customer', EntityRef: { value: line.customerQboId } },
    }),
  },
});

const textOf = (lines: readonly LineBody[] = []): string =>
  lines
    .filter(({ JournalEntryLineDetail: detail }) => detail !== undefined)
    .map(({ Amount, JournalEntryLineDetail: detail }) =>
      [
        detail?.PostingType,
        formatCents(toCents(Amount)),
        `account ${refValue(detail?.AccountRef) ?? '?'}`,
        ...(detail?.Entity === undefined ? [] : [`for ${refValue(detail.Entity.EntityRef) ?? '?'}`]),
      ].join(' '),
    )
    .join(', ');

/** Ids hold no space, so the key ends at the first one. */
const noteOf = ({ mark, note }: JournalEntryIntent): string =>
  note === undefined ? mark : `${mark} (${note})`;

export const journalEntry: Mapping<JournalEntryIntent> = {
  entity: 'JournalEntry',

  toBody(intent, link) {
    // It may hold the money of others, and is the bookkeeper's.
    if (intent.adopted) throw new Error(`${intent.mark} is adopted, and never written.`);
    return {
      ...linkBody(link),
      DocNumber: intent.number,
      TxnDate: intent.enteredOn,
      PrivateNote: noteOf(intent),
      Line: intent.lines.map(toLine),
      ...currencyBody(intent),
    };
  },

  read(object) {
    const body = object as JournalEntryBody;
    return {
      ...identity(object),
      mark: body.PrivateNote?.split(' ')[0],
      summary: `journal entry ${body.DocNumber ?? '(no number)'} of ${body.TxnDate ?? '?'}: ${textOf(body.Line)}`,
    };
  },

  differences(intent, object) {
    const body = object as JournalEntryBody;
    return compare([
      ['number', intent.number, body.DocNumber],
      ['date', intent.enteredOn, body.TxnDate],
      ['lines', textOf(intent.lines.map(toLine)), textOf(body.Line)],
    ]);
  },

  allDifferences: (intent, object) => [
    ...journalEntry.differences(intent, object),
    ...compare([['note', noteOf(intent), (object as JournalEntryBody).PrivateNote]]),
  ],

  lookups: (intent) => [
    `select * from JournalEntry where DocNumber = ${quote(intent.number)}`,
    `select * from JournalEntry where TxnDate = ${quote(intent.enteredOn)} maxresults 1000`,
  ],
};
