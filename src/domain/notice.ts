import { entryByKey } from './fault/catalogue.js';
import { STUCK } from './stuck.js';

/** What people are told: that a cause holds items up, and that it is over. */
export interface Notice {
  /** The same at every attempt, so that a receiver knows a repetition. */
  noticeId: string;
  kind: 'opened' | 'over';
  firmId: string;
  firmName: string;
  /** A key of the catalogue, or `workflow-stuck`. */
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

export const titleOf = (cause: string): string =>
  cause === STUCK.key ? STUCK.title : (entryByKey(cause)?.title ?? cause);

/** Mail servers and phones show subjects to anybody: no names of clients in it, no amounts, only what is in the catalogue. */
export const subjectOf = ({ kind, firmId, cause }: Notice): string =>
  kind === 'opened'
    ? `[Counterfoil] ${firmId}: ${titleOf(cause)}`
    : `[Counterfoil] ${firmId}: over: ${titleOf(cause)}`;

/** Plain text. `listUrl` is where the items are listed. */
export function letterOf(notice: Notice, listUrl: string, subscriptionId: string): string {
  const { kind, firmId, firmName, cause, items, since, text, remedy } = notice;
  const title = titleOf(cause);
  const said =
    kind === 'over'
      ? [`This is over for ${firmName}: ${title}.`, `It had held up work since ${since}.`]
      : [
          `${items === 1 ? 'One item' : `${items} items`} of ${firmName} cannot go on without a person: ${title}.`,
          `For example: ${text ?? ''}`,
          `What to do: ${remedy ?? ''}`,
          `Since ${since}. All that it holds up:\n  ${listUrl}\n  npm run list-attention -- --items --firm ${firmId} --cause ${cause}`,
          'There is one message for a cause, however many items it holds up, and one when it is over.',
        ];
  return `${[...said, `These messages end with: npm run subscription -- end ${subscriptionId}`].join('\n\n')}\n`;
}

/** The body of a webhook. */
export const eventOf = ({ noticeId: _id, kind, at, ...data }: Notice) => ({
  type: kind === 'opened' ? 'cause.opened' : 'cause.over',
  timestamp: at,
  data: { ...data, title: titleOf(data.cause) },
});
