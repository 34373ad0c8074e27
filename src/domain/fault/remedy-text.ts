import type { RemedyName } from '../remedy.js';

/** What a remedy is called on a button, and what happens when somebody chooses it. */
export const REMEDY_TEXT: Readonly<Record<RemedyName, { label: string; effect: string }>> = {
  retry: {
    label: 'Retry',
    effect: 'Goes on at the step that failed, with the settings and the data as they are now.',
  },
  'new-prefix': {
    label: 'New prefix',
    effect:
      'Sets the prefix of all bill numbers of the firm; what waits for a free number follows by itself.',
  },
  renumber: { label: 'Renumber', effect: 'Posts this one document under the number you give.' },
  'allow-duplicate-number': {
    label: 'Allow the duplicate',
    effect: 'Posts this one document with its number, although the number is in use already.',
  },
  adopt: {
    label: 'Adopt',
    effect: 'Takes the record that is in QuickBooks as this document, in place of posting another one.',
  },
  'clear-link': {
    label: 'Clear the link',
    effect:
      'Forgets the record in QuickBooks, after QuickBooks has confirmed that it is gone, and posts this anew. An administrator’s right.',
  },
  resync: {
    label: 'Resync',
    effect: 'Looks in QuickBooks for what belongs to this again, and restores the link or posts it anew.',
  },
  'void-there': {
    label: 'Void it there',
    effect:
      'Voids the record that is in QuickBooks, or deletes what cannot be voided, and posts this anew. An administrator’s right.',
  },
  reactivate: {
    label: 'Reactivate',
    effect: 'Makes what is inactive in QuickBooks active again, then goes on.',
  },
  recreate: {
    label: 'Create again',
    effect: 'Creates it in QuickBooks as a new record and links to that one.',
  },
  remap: {
    label: 'Map again',
    effect: 'Goes on with another item, account, class or tax code chosen in the settings.',
  },
  'move-date': { label: 'Move the date', effect: 'Posts it with the first date that is open in QuickBooks.' },
  'reverse-in-open-period': {
    label: 'Reverse in the open period',
    effect: 'Leaves the original as it is, posts its reversal in the open period, then what replaces it.',
  },
  'record-overdraw': {
    label: 'Record the overdraw',
    effect:
      'Posts it although the matter falls below zero, because the bank has paid already. Marked with who said so, and reported.',
  },
  exclude: { label: 'Exclude', effect: 'Keeps this document out of QuickBooks until it is included again.' },
  include: { label: 'Include', effect: 'Takes back an exclusion, so that the document is posted.' },
  reconnect: { label: 'Connect', effect: 'Opens the sign-in of QuickBooks, to connect the company again.' },
  wait: { label: 'Wait', effect: 'Leaves everything as it is; it is looked at again later by itself.' },
};
