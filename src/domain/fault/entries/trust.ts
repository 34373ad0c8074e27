import type { FaultFamily } from '../entry.js';

export const TRUST_FAULTS: FaultFamily = {
  title: 'Client money',
  entries: [
    {
      key: 'trust-overdraw',
      title: 'It would overdraw a matter',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} would overdraw its matter[: {matter} holds {available} at the end of {on}, which is {missing} too little]. Nothing of it was posted.',
      remedy:
        'Correct it in the billing app, or enter the deposit that is missing and retry. Where the bank has paid already, another person than entered it records the overdraw: it is posted, marked and reported.',
      allowed: ['retry', 'record-overdraw', 'exclude'],
    },
    {
      key: 'trust-account-unknown',
      title: 'Trust account not set up',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause: 'The trust account[ {account}] of {document} is not set up here.',
      remedy:
        'Set it up with its bank account and its liability account in QuickBooks; what waits for it goes on by itself.',
      allowed: ['retry', 'exclude'],
      mendedIn: ['settings'],
    },
    {
      key: 'trust-account-unfit',
      title: 'Trust account mapped to a wrong account',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause: 'The trust account[ {account}] of {document} cannot be used as it is mapped[: {reason}].',
      remedy:
        'Map it to an active bank account and an active liability account, or make the account in QuickBooks active again, then retry.',
      allowed: ['retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
      readsProfile: true,
    },
    {
      key: 'trust-before-start',
      title: 'Older than the start of its trust account',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} is not of a day that its trust account takes[: it is of {date}, and {account} starts on {startOn}]. Older money is a part of the opening balances, and those are of the very day of the start.',
      remedy:
        'Correct the date in the billing app, exclude it where the opening balance holds it already, or set an earlier start.',
      allowed: ['exclude', 'retry'],
      mendedIn: ['settings'],
    },
    {
      key: 'trust-wrong-ledger',
      title: 'On a ledger that is not for it',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} stands on a ledger that is not for it[: {matter}]. A bank charge is drawn from the firm’s own ledger line and never from a client’s, and interest goes where the trust account is set up to send it[: {expected}].',
      remedy: 'Correct it in the billing app, or set the ledger up for the account.',
      allowed: ['retry', 'exclude'],
      mendedIn: ['settings'],
    },
    {
      key: 'trust-fee-of-another',
      title: 'A fee applied to a bill of another client',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause: '{document} is money of {client}, and the bill that it is applied to is another client’s.',
      remedy: 'Correct it in the billing app. One client’s money never pays for another one.',
      allowed: ['retry', 'exclude'],
    },
    {
      key: 'trust-original-unfit',
      title: 'Nothing that this reversal can take back',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause: '{document} takes back a transaction that it cannot take back[: {original}, {reason}].',
      remedy: 'Correct the reversal in the billing app, or exclude it.',
      allowed: ['retry', 'exclude'],
    },
  ],
};
