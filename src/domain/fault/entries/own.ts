import type { FaultEntry, FaultFamily } from '../entry.js';

/** What no entry matches: never retried in silence, since it may be about money. */
export const UNRECOGNISED: FaultEntry = {
  key: 'unrecognised',
  title: 'An answer we do not know yet',
  kind: 'permanent',
  scope: 'document',
  match: [],
  cause:
    'QuickBooks refused {document} for a reason this program does not know yet[: "{reason}"][ (code {code})].',
  remedy:
    'Read what QuickBooks says; the whole answer is kept below. Retry once the reason is gone, or exclude the document.',
  allowed: ['retry', 'exclude'],
};

export const OWN_FAULTS: FaultFamily = {
  title: 'What only a person can decide',
  entries: [
    {
      key: 'business-rule',
      title: 'QuickBooks refused it by one of its rules',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6000' }],
      cause: 'QuickBooks refused {document} by one of its own rules[, in its words: "{reason}"].',
      remedy: 'Do what QuickBooks asks for, there or in the billing app, and retry; or exclude the document.',
      allowed: ['retry', 'remap', 'adopt', 'exclude'],
    },
    {
      key: 'unknown-outcome',
      title: 'Posted or not? A person must look',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'The answer of QuickBooks about {document} was lost, and we could not find out whether it was saved[; this looks like it: {found}].',
      remedy:
        'Look for it in QuickBooks; what we found is shown beside it. If it is there, adopt it. Only if it certainly is not, retry. Nothing else is posted for it until then.',
      allowed: ['adopt', 'retry', 'exclude'],
      outcomeUnknown: true,
    },
    {
      key: 'adopt-differs',
      title: 'What is to be adopted is different',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause: 'The record that was named for {document} is not quite the same[: {differences}].',
      remedy:
        'If it is the right one all the same, adopt it once more and confirm it: it is taken as it is. Otherwise name another one, or retry to have it posted anew.',
      allowed: ['adopt', 'retry', 'exclude'],
    },
    {
      key: 'adopt-refused',
      title: 'That record cannot be adopted',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause: 'The record that was named cannot stand for {document}[: {reason}].',
      remedy: 'Look for the right one in QuickBooks and adopt that, or retry to have it posted anew.',
      allowed: ['adopt', 'reactivate', 'retry', 'exclude'],
    },
    {
      key: 'record-lives',
      title: 'The record is still there',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} was to be posted anew, but the record that it is linked to is in QuickBooks still[: {found}][. {reason}]. It would be there twice.',
      remedy:
        'Adopt that record if it is the right one. Or void it there, and {document} is posted anew. Or keep it as it is and retry what was refused.',
      allowed: ['adopt', 'void-there', 'retry', 'exclude'],
    },
    {
      key: 'answer-differs',
      title: 'QuickBooks saved something else',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause: 'QuickBooks accepted {document}, but what it saved is not what was meant[: {differences}].',
      remedy:
        'Compare both sides. Retry to send our version again, adopt to accept what is in QuickBooks, or correct it there by hand and exclude it here.',
      allowed: ['retry', 'adopt', 'exclude'],
    },
    {
      key: 'before-start',
      title: 'Older than the start with QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} is older than the day from which the firm works with QuickBooks[: {issuedOn}, where the start is {startOn}], and it has changed since it was left out. If it is in the books, somebody has entered it by hand.',
      remedy:
        'Adopt the record in QuickBooks, by its id: from then on it follows the billing app. Or make the same change there by hand and exclude it here. Or set an earlier start in the settings and retry: then it is posted as a new one.',
      allowed: ['adopt', 'exclude', 'retry'],
      mendedIn: ['settings'],
    },
    {
      key: 'payment-before-start',
      title: 'A payment older than the start with QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} is older than the day from which the firm works with QuickBooks[: {receivedOn}, where the start is {startOn}], and it has changed since it was left out. If it is in the books, somebody has entered it by hand.',
      remedy:
        'Adopt the payment in QuickBooks, by its id: from then on it follows the billing app. Or make the same change there by hand and exclude it here. Or set an earlier start in the settings and retry: then it is posted as a new one.',
      allowed: ['adopt', 'exclude', 'retry'],
    },
    {
      key: 'snapshot-refused',
      title: 'The billing app sent something unusable',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause: 'What the billing app sent for {document} cannot be used[: {reason}].',
      remedy: 'Correct it in the billing app and save it again: the new version is taken by itself.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'internal-error',
      title: 'A mistake of this program',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'This program made a mistake while working on {document}[: {reason}]. The books are not at fault.',
      remedy: 'Report it as a bug of this program, with the details below. Retry once it is repaired.',
      allowed: ['retry', 'exclude'],
    },
    UNRECOGNISED,
  ],
};
