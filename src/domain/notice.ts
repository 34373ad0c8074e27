import { entryByKey } from './fault/catalogue.js';
import { uncatalogued } from './uncatalogued.js';

/** What people are told: that a cause holds items up, and that it is over. */
export interface Notice {
  /** The same at every attempt, so that a receiver knows a repetition. */
  noticeId: string;
  kind: 'opened' | 'over';
  firmId: string;
  firmName: string;
  /** A key of the catalogue, or one of `UNCATALOGUED`. */
  cause: string;
  /** How many items it held up when it was first seen. */
  items: number;
  /** ISO instants: of the oldest item, and of the message. */
  since: string;
  at: string;
  /** Sentences about one of the items, as an example; none once it is over. */
  text?: string;
  remedy?: string;
}

/** A billing app is told the number of a cheque that was printed in QuickBooks. */
export interface ChequePrinted {
  noticeId: string;
  kind: 'printed';
  firmId: string;
  trustTransactionId: string;
  number: string;
  /** ISO instant. */
  at: string;
}

/** What a subscription names to be told of these; nobody is who does not name it. */
export const CHEQUE_PRINTED = 'cheque-printed';

/** What people or a billing app are told. */
export type Message = Notice | ChequePrinted;

export const causeOf = (message: Message): string =>
  message.kind === 'printed' ? CHEQUE_PRINTED : message.cause;

export const titleOf = (cause: string): string => (uncatalogued(cause) ?? entryByKey(cause))?.title ?? cause;

/** Mail servers and phones show subjects to anybody: no names of clients in it, no amounts, only what is in the catalogue. */
export const subjectOf = ({ kind, firmId, cause }: Notice): string =>
  kind === 'opened'
    ? `[Counterfoil] ${firmId}: ${titleOf(cause)}`
    : `[Counterfoil] ${firmId}: over: ${titleOf(cause)}`;

/** An item of the catalogue brings the remedy along. */
const remedyOf = ({ remedy, kind, cause }: Notice): string | undefined =>
  remedy ?? (kind === 'opened' ? uncatalogued(cause)?.remedy : undefined);

/** Plain text. `listUrl` is where the items are listed. */
export function letterOf(notice: Notice, listUrl: string, subscriptionId: string): string {
  const { kind, firmId, firmName, cause, items, since, text } = notice;
  const title = titleOf(cause);
  const said =
    kind === 'over'
      ? [`This is over for ${firmName}: ${title}.`, `It had held up work since ${since}.`]
      : [
          `${items === 1 ? 'One item' : `${items} items`} of ${firmName} cannot go on without a person: ${title}.`,
          `For example: ${text ?? ''}`,
          `What to do: ${remedyOf(notice) ?? ''}`,
          `Since ${since}. All that it holds up:\n  ${listUrl}\n  npm run list-attention -- --items --firm ${firmId} --cause ${cause}`,
          'There is one message for a cause, however many items it holds up, and one when it is over.',
        ];
  return `${[...said, `These messages end with: npm run subscription -- end ${subscriptionId}`].join('\n\n')}\n`;
}

/** The body of a webhook. */
export function eventOf(message: Message) {
  if (message.kind === 'printed') {
    const { firmId, trustTransactionId, number, at: timestamp } = message;
    return { type: 'cheque.printed', timestamp, data: { firmId, trustTransactionId, number } };
  }
  const { noticeId: _id, kind, at: timestamp, ...data } = message;
  const type = kind === 'opened' ? 'cause.opened' : 'cause.over';
  const remedy = remedyOf(message);
  return {
    type,
    timestamp,
    data: { ...data, ...(remedy !== undefined && { remedy }), title: titleOf(data.cause) },
  };
}
