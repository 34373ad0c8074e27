import type { FaultFamily } from '../entry.js';

export const CONTACT_FAULTS: FaultFamily = {
  title: 'Clients, contacts and timekeepers',
  entries: [
    {
      key: 'class-name-taken',
      title: "Timekeeper's class already exists",
      kind: 'permanent',
      scope: 'document',
      match: [
        { code: '6240', document: ['class'] },
        { code: '6240', text: /another class is already/i },
      ],
      cause:
        'QuickBooks already has a class with the name of this timekeeper, and it is not the one we write to.',
      remedy:
        'Adopt that class for the timekeeper. Or change the name of one of the two, retry, and merge the classes in QuickBooks afterwards.',
      allowed: ['adopt', 'retry', 'exclude'],
    },
    {
      key: 'account-name-taken',
      title: 'The account of a client cannot have its name',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6240', document: ['account'] }],
      cause:
        'QuickBooks already has an account with the name of {client} where the account for client money is to be made[: {found}].',
      remedy:
        'If it is the one, and it is inactive, have it made active again; then adopt it. Otherwise change its name in QuickBooks and retry. What waits for the account goes on by itself.',
      allowed: ['reactivate', 'adopt', 'retry'],
    },
    {
      key: 'class-limit',
      title: 'The plan takes no more classes',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6000', document: ['class'], text: /limit of (?<max>\d+) classes/i }],
      cause: 'QuickBooks takes no more classes in this plan[: {max}, together with the locations].',
      remedy:
        'Make a class or a location that is no longer used inactive, or move to a larger plan, and retry. Or switch classes for timekeepers off in the settings and retry: bills then go without them.',
      allowed: ['retry'],
      mendedIn: ['settings', 'quickbooks'],
      readsProfile: true,
    },
    {
      key: 'item-name-taken',
      title: 'Product or service already exists',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6240', text: /another product or service/i }],
      cause: 'QuickBooks already has a product or service with this name.',
      remedy: 'Map to the product or service that is there, or rename it in QuickBooks and retry.',
      allowed: ['remap', 'retry', 'exclude'],
    },
    {
      key: 'list-name-taken',
      title: 'Name already on a list',
      kind: 'permanent',
      scope: 'document',
      match: [
        {
          code: '6240',
          text: /another (?<list>tax rate|tax code|tax agency|account|department|location|term|payment method)\b/i,
        },
      ],
      cause: 'QuickBooks already has a {list} with this name.',
      remedy: 'Use the one that is there, or rename it in QuickBooks, and retry.',
      allowed: ['remap', 'retry', 'exclude'],
    },
    {
      key: 'payee-name-taken',
      title: 'A payee’s name is taken in QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6240', document: ['vendor'] }],
      cause:
        'A cheque is drawn to somebody who is not in QuickBooks yet, and {document} could not be made there as a vendor: the name is taken[: {found}].',
      remedy:
        'If that vendor is the same payee, adopt it: look at what it says for cheques. Otherwise change the name of one of the two and retry; the cheques that wait follow by themselves.',
      allowed: ['adopt', 'retry'],
      mendedIn: ['quickbooks'],
    },
    {
      key: 'payee-name-elsewhere',
      title: 'A payee has the name of a customer or an employee',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'QuickBooks allows a name only once among all customers, vendors and employees, and that of {document} is taken there[ by another {holder}: {found}].',
      remedy:
        'Change the display name in QuickBooks and retry. Or, where the payee is that very client, send the disbursement anew as one to the client.',
      allowed: ['retry'],
      mendedIn: ['quickbooks'],
    },
    {
      key: 'payee-name-inactive',
      title: 'An inactive vendor has the name of a payee',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause: 'An inactive vendor of QuickBooks has the name of {document} already[: {found}].',
      remedy:
        'If it is the same payee, reactivate it: it is made active again and the cheques that wait are drawn to it. Otherwise change its name in QuickBooks and retry.',
      allowed: ['reactivate', 'retry'],
      mendedIn: ['quickbooks'],
    },
    {
      key: 'payee-inactive',
      title: 'A payee is inactive in QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'The vendor in QuickBooks that stands for {document}[ ("{found}")] was made inactive, so that no cheque can be drawn to it.',
      remedy:
        'Reactivate it, or adopt another vendor in its place; the cheques that wait follow by themselves.',
      allowed: ['reactivate', 'adopt', 'retry'],
      mendedIn: ['quickbooks'],
    },
    {
      key: 'payee-gone',
      title: 'A payee is gone from QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'The vendor in QuickBooks that stood for {document}[ ("{found}")] is not there any more: it was deleted, or merged into another one.',
      remedy:
        'After a merge, adopt the vendor that is left. Otherwise have it created again; the cheques that wait follow by themselves.',
      allowed: ['adopt', 'recreate', 'retry'],
      mendedIn: ['quickbooks'],
    },
    {
      key: 'contact-name-taken',
      title: 'Name already taken in QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [
        { code: '6240', text: /another \W*(?<holder>[a-z, ]+?)\W* is already using/i },
        { code: '6240' },
        { text: /name supplied already exists/i },
      ],
      cause:
        'QuickBooks allows a name only once among all customers, sub-customers, vendors and employees, and the name of {client} is taken[: another {holder} has it][: {found}].',
      remedy:
        'If the one with that name is the same client, adopt it. A vendor cannot receive bills: then change the display name in QuickBooks, or the name in the billing app, and retry. Two customers for one client can be merged in QuickBooks.',
      allowed: ['adopt', 'retry', 'exclude'],
      mendedIn: ['quickbooks'],
    },
    {
      key: 'contact-name-elsewhere',
      title: 'A vendor or an employee has the name',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'QuickBooks allows a name only once among all customers, sub-customers, vendors and employees, and the name of {client} is not that of a customer there[, but of another {holder}: {found}].',
      remedy:
        'Bills cannot go to a vendor or an employee. Change the display name there in QuickBooks and retry, or change the name in the billing app; it is then sent by itself.',
      allowed: ['retry'],
      mendedIn: ['quickbooks'],
    },
    {
      key: 'contact-name-inactive',
      title: 'An inactive customer has the name',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause: 'An inactive customer of QuickBooks has the name of {client} already[: {found}].',
      remedy:
        'If it is the same client, reactivate it: it is made active again and taken for this client. Otherwise change the name of one of the two and retry.',
      allowed: ['reactivate', 'retry'],
      mendedIn: ['quickbooks'],
    },
    {
      key: 'contact-inactive',
      title: 'Client is inactive in QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [
        { code: '6250' },
        {
          code: '6000',
          text: /\b(?:customer|client|contact|vendor|supplier|name)\b[^.]*\b(?:inactive|archived)\b/i,
        },
      ],
      cause:
        'The customer in QuickBooks that stands for {client} is missing or was made inactive (archived).',
      remedy:
        'Reactivate the customer, adopt another active one with the same name, or have the customer created again.',
      allowed: ['reactivate', 'adopt', 'recreate', 'retry', 'exclude'],
      mendedIn: ['quickbooks'],
    },
    {
      key: 'contact-gone',
      title: 'Client was deleted or merged in QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [
        { code: '2500', text: /(?<table>Names) element id (?<id>\S+) not found/i },
        { code: '610', document: ['customer'] },
      ],
      cause:
        'The customer in QuickBooks that stands for {client}[, id {id},] is gone. It was deleted or made inactive, or merged into another one, often after the same client had been entered twice.',
      remedy:
        'After a merge, adopt the customer that is left. Otherwise reactivate the old one, or have it created again; the bills that wait for it follow by themselves.',
      allowed: ['adopt', 'reactivate', 'recreate', 'resync', 'retry', 'exclude'],
    },
    {
      key: 'contact-email-clash',
      title: 'E-mail address belongs to another contact',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'The e-mail address of {client} was changed in QuickBooks, but the billing app cannot take it over: another contact there signs in with the same address. Everything else goes on as usual.',
      remedy:
        'Change the address of one of the two contacts in the billing app, or correct it in QuickBooks, and retry.',
      allowed: ['retry'],
    },
    {
      key: 'email-malformed',
      title: 'E-mail address not accepted',
      kind: 'permanent',
      scope: 'document',
      match: [
        { code: '2210', text: /Supplied value: ?(?<supplied>.+)$/i },
        { code: '2210' },
        { code: '6420' },
      ],
      cause:
        'QuickBooks does not accept the e-mail address[ "{supplied}"] of {client}: it is empty, misspelt, or holds more than one plain address.',
      remedy: 'Correct the address of {client} in the billing app; the correction is sent by itself.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'website-malformed',
      title: 'Web address not accepted',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '2200', text: /Supplied value: ?(?<supplied>.+)$/i }, { code: '2200' }],
      cause:
        'The web address[ "{supplied}"] of {client} is not one. Quite often a street address stands in its place.',
      remedy:
        'Correct or empty the web address of {client} in the billing app; the correction is sent by itself.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'contact-name-missing',
      title: 'Client has no name',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6080' }],
      cause: 'QuickBooks needs a name, and the contact behind {document} has none.',
      remedy: 'Enter a name in the billing app; the correction is sent by itself.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'contact-has-balance',
      title: 'Client still has a balance',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6220' }],
      cause: '{client} cannot be removed from QuickBooks while a balance is open there.',
      remedy: 'Settle the balance in QuickBooks and retry, or leave the customer as it is.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'contact-has-unbilled',
      title: 'Client still has unbilled expenses',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6280' }],
      cause: '{client} cannot be removed from QuickBooks: expenses wait there to be billed.',
      remedy:
        'Bill the expenses, or mark them as not billable in QuickBooks, and retry; or leave the customer as it is.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'levels-too-deep',
      title: 'Too many levels',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6180' }],
      cause:
        'QuickBooks nests customers, classes and accounts five levels deep at most, and {document} would be a sixth.',
      remedy: 'Move its parent up in QuickBooks, or choose another place for it, and retry.',
      allowed: ['remap', 'retry', 'exclude'],
    },
  ],
};
