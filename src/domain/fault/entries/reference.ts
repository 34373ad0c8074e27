import type { FaultFamily } from '../entry.js';

const INACTIVE = /made inactive/i;
const DELETED_BY_OTHER = /another user has deleted/i;

export const REFERENCE_FAULTS: FaultFamily = {
  title: 'Something was deleted, changed or made inactive in QuickBooks',
  entries: [
    {
      key: 'already-deleted',
      title: 'Already deleted in QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '610', text: DELETED_BY_OTHER, action: ['delete', 'void'] }],
      cause: '{document} was to be removed from QuickBooks, but somebody has deleted it there already.',
      remedy: 'Nothing is left to remove. Clear the link, and the work goes on.',
      allowed: ['clear-link', 'retry', 'exclude'],
    },
    {
      key: 'document-deleted',
      title: 'Deleted in QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '610', text: DELETED_BY_OTHER }],
      cause: 'Somebody has deleted {document} in QuickBooks, so it could not be changed there.',
      remedy:
        'Have it created again, adopt the transaction that replaces it, or exclude it if it is meant to stay deleted.',
      allowed: ['recreate', 'adopt', 'exclude', 'retry'],
    },
    {
      key: 'applied-transaction-deleted',
      title: 'The bill this money belongs to was deleted',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '610', text: /has been deleted/i, document: ['payment', 'credit-memo'] }],
      cause: '{document} applies to a transaction that was deleted in QuickBooks.',
      remedy:
        'Resync the bill it belongs to; once that is in QuickBooks again, retry. If the bill is meant to stay deleted, remove the allocation in the billing app.',
      allowed: ['retry', 'resync', 'exclude'],
    },
    {
      key: 'reference-deleted',
      title: 'Uses something that was deleted',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '610', text: /has been deleted/i }],
      cause:
        '{document} uses an account, client, item, vendor or employee that was deleted in QuickBooks[: {what}].',
      remedy:
        'Map to another one, or create the deleted one again in QuickBooks. A bill whose item is gone can also be voided and generated anew in the billing app.',
      allowed: ['remap', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'reference-inactive',
      title: 'Uses something that is inactive',
      kind: 'permanent',
      scope: 'document',
      match: [
        { code: '610', text: INACTIVE, action: ['create'] },
        { code: '2500', text: INACTIVE },
        { code: '6000', text: INACTIVE },
        { code: '10000', text: INACTIVE },
      ],
      cause:
        '{document} uses an account, client, item, vendor or employee that was made inactive in QuickBooks[: {what}].',
      remedy: 'Reactivate it, or map to another one.',
      allowed: ['reactivate', 'remap', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'linked-object-missing',
      title: 'No longer found in QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '610' }],
      cause:
        'QuickBooks no longer finds {document}, or something it uses. Most often the transaction itself was deleted, moved or replaced there; an account, client or item that was made inactive gives the same answer.',
      remedy:
        'Look in QuickBooks first. If an account, client or item is inactive, reactivate it there and retry. If the transaction is gone and a copy of it was entered by hand, adopt that one; if there is none, void the bill in the billing app and generate it anew.',
      allowed: ['resync', 'adopt', 'reactivate', 'clear-link', 'retry', 'exclude'],
    },
    {
      key: 'class-inactive',
      title: "Timekeeper's class is inactive",
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause: 'QuickBooks does not take {document} any more[ ("{found}")]: it was made inactive there.',
      remedy:
        'Reactivate it, or adopt another class in its place. The bills that wait for it follow by themselves. Or switch classes for timekeepers off in the settings and retry: bills then go without them.',
      allowed: ['reactivate', 'adopt', 'retry'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'class-gone',
      title: "Timekeeper's class is gone",
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document}[ ("{found}")] is not in QuickBooks any more: it was deleted, or merged into another one.',
      remedy:
        'After a merge, adopt the class that is left. Otherwise have it created again. The bills that wait for it follow by themselves. Or switch classes for timekeepers off in the settings and retry: bills then go without them.',
      allowed: ['adopt', 'recreate', 'retry'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'class-missing',
      title: 'Class was deleted',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '2500', text: /(?<table>Klasses) element id (?<id>\S+) not found/i }],
      cause: 'The class[ {id}] of a timekeeper on {document} was deleted or made inactive in QuickBooks.',
      remedy:
        'Reactivate the class in QuickBooks and retry. If it was deleted or merged, switch classes for timekeepers off in the settings and retry: bills then go without them.',
      allowed: ['reactivate', 'remap', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'account-missing',
      title: 'Account was deleted',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '2500', text: /(?<table>Accounts) element id (?<id>\S+) not found/i }],
      cause: 'An account[, id {id},] that {document} is mapped to no longer exists in {company}.',
      remedy: 'Map to another account, or reactivate the old one in the chart of accounts.',
      allowed: ['remap', 'reactivate', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'location-missing',
      title: 'Location was deleted',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '2500', text: /(?<table>Depts|Departments) element id (?<id>\S+) not found/i }],
      cause:
        'The location (department)[, id {id},] that {document} is mapped to no longer exists in {company}.',
      remedy: 'Map to another location, or reactivate the old one in QuickBooks.',
      allowed: ['remap', 'reactivate', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'reference-missing',
      title: 'Uses something that no longer exists',
      kind: 'permanent',
      scope: 'document',
      match: [
        { code: '2500', text: /Reference Id : (?<table>\w+) element id (?<id>\S+) not found/i },
        { code: '2500' },
        { code: '700' },
      ],
      cause:
        '{document} refers to something that no longer exists in {company}[: {what}][ (id {id} on the list "{table}")].',
      remedy:
        'Map to another one, or restore it in QuickBooks. If many documents say the same, the company may have been purged: then its mappings have to be chosen anew.',
      allowed: ['remap', 'reactivate', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'company-purged',
      title: 'The company was purged',
      kind: 'permanent',
      scope: 'company',
      match: [{ code: '10200' }],
      cause:
        'The books of {company} were reset: its accounts, customers, items and transactions were purged, and nothing that we remember of it is there any more.',
      remedy:
        'Connect again and choose the mappings anew. Of what is changed afterwards and is no longer there it is asked whether it shall be posted anew.',
      allowed: ['reconnect'],
    },
    {
      key: 'link-lost',
      title: 'Link to QuickBooks is broken',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '3120' }, { code: '3240' }],
      cause:
        'The id under which {document} is remembered does not exist in QuickBooks. In almost all cases the transaction was moved, altered or deleted there.',
      remedy:
        'Adopt the right transaction if it is there under another id. Otherwise clear the link and have it created again; if a copy was entered by hand, delete that one first, or it will be there twice.',
      allowed: ['adopt', 'resync', 'clear-link', 'recreate', 'exclude'],
    },
    {
      key: 'link-of-other-company',
      title: 'Belongs to another QuickBooks company',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} was posted to another QuickBooks company than the one that is connected now, so a change to it cannot be sent.',
      remedy:
        'Make the change by hand in the old company and exclude it here, or have the document created in the company connected now.',
      allowed: ['exclude', 'recreate', 'adopt', 'retry'],
    },
    {
      key: 'changed-in-quickbooks',
      title: 'Changed in QuickBooks meanwhile',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '5010', text: /You and (?<user>.+?) were working on this/i }, { code: '5010' }],
      cause:
        '{document} was changed in QuickBooks after we last wrote it[, by {user} or by a program working in that name], so our change was not saved[: {differences}].',
      remedy:
        'Compare both sides. Retry to put ours on top of what is there now, or make the change by hand in QuickBooks and exclude it here. If it keeps happening, somebody has it open: save and close it in QuickBooks.',
      allowed: ['retry', 'resync', 'exclude'],
    },
    {
      key: 'deletion-blocked',
      title: 'Others depend on it',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '800' }, { code: '6400' }],
      cause: '{document} cannot be removed from QuickBooks while other transactions are linked to it.',
      remedy:
        'Take the linked transactions off in QuickBooks and retry, or correct it there by hand and exclude it here.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'object-already-exists',
      title: 'Exists in QuickBooks already',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '630' }],
      cause: 'QuickBooks already has something with the same identifying fields as {document}.',
      remedy: 'If it is the same, adopt it. If not, change one of the two and retry.',
      allowed: ['adopt', 'retry', 'exclude'],
    },
  ],
};
