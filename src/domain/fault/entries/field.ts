import type { FaultFamily } from '../entry.js';
import { LENGTH_OF_SOME_FIELD, lengthMatches } from './length.js';

export const FIELD_FAULTS: FaultFamily = {
  title: 'Texts that are too long or not accepted',
  entries: [
    {
      key: 'matter-numbers-too-long',
      title: 'Matter numbers too long together',
      kind: 'permanent',
      scope: 'document',
      match: lengthMatches(/CustomerMemo(?:\.value)?$/, /Invalid CustomerMemo\b/),
      cause:
        'The numbers of all matters on {document} are together longer than the memo to the client may be[: {supplied} characters, where {max} are allowed].',
      remedy: 'Shorten the matter numbers in the billing app, or put fewer matters on one bill.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'field-too-long',
      title: 'A text is too long',
      kind: 'permanent',
      scope: 'document',
      match: [
        ...lengthMatches(/^(?<field>.+)$/, /Invalid (?<field>[\w.]+)\. String length/),
        ...LENGTH_OF_SOME_FIELD,
      ],
      cause:
        'A text of {document}[, the field "{field}",] has a length that QuickBooks does not take[: {supplied} characters, where {max} are allowed]. A telephone number with notes in it is a common case.',
      remedy: 'Shorten it in the billing app; the correction is sent by itself.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'character-not-accepted',
      title: 'A character is not accepted',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '2040', text: /invalid characters: ?(?<supplied>.+)$/i }, { code: '2040' }],
      cause:
        'A text of {document} holds characters that QuickBooks does not take[: "{supplied}"]. Companies in the United States take Western letters only, and names take no colon.',
      remedy: 'Replace the characters in the billing app; the correction is sent by itself.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'date-not-accepted',
      title: 'A date is not accepted',
      kind: 'permanent',
      scope: 'document',
      match: [
        { code: '2070', text: /Supplied value: ?(?<supplied>\S+)/i },
        { code: '2060' },
        { code: '2070' },
        { code: '2190' },
      ],
      cause: 'QuickBooks does not accept a date[ ({supplied})] of {document}.',
      remedy:
        'Correct the date in the billing app. If it looks right there, report it as a bug of this program.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'too-large',
      title: 'Too large for QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [{ httpStatus: 413 }],
      cause: '{document} has more lines or longer texts than QuickBooks takes in one piece.',
      remedy: 'Split it in the billing app into several bills, or shorten the descriptions of its lines.',
      allowed: ['retry', 'exclude'],
    },
  ],
};
