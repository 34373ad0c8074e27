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
      key: 'trust-money-gone',
      title: 'Its money has gone since',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} was accepted against money that has gone since[: {matter} falls {missing} short at the end of {on}]. Money of a later day does not make that good. Nothing of it was posted.',
      remedy:
        'If it was not paid out, exclude it, and enter it anew with a day on which the money is there. If the bank has paid it, another person than entered it records the overdraw: it is posted, marked and reported. If a deposit of that day or before is missing, enter it: then this goes on by itself.',
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
        'Choose an active bank account and an active liability account for it, or make the account in QuickBooks active again, then retry.',
      allowed: ['retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
      readsProfile: true,
    },
    {
      key: 'trust-sub-accounts-limited',
      title: 'The plan has too few accounts for one of each client',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'The trust account[ {account}] of {document} is set up to have an account in QuickBooks for each client, and the plan of this company[, {plan},] has room for 250 accounts only.',
      remedy:
        'Set the trust account up without accounts for clients: then the client stands on the line alone. Or move to the plan that has no limit, and retry.',
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
    {
      key: 'trust-adopt-unfit',
      title: 'Not what it is said to be in QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} is said to be in QuickBooks already[, as {record}], and that is not it[: {differences}]. Nothing of it was posted.',
      remedy:
        'Correct the one of the two that is wrong, and retry: it is looked at again. Or adopt another record, or another line of it. Client money is taken with its very date and amount only. If it is not in QuickBooks at all, have it created: then it is posted.',
      allowed: ['retry', 'adopt', 'recreate', 'exclude'],
    },
    {
      key: 'trust-adopt-renamed',
      title: 'In another name in QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} is said to be in QuickBooks already, and stands there in another name[: {differences}][. This was found: {found}].',
      remedy:
        'Correct the name on that line in QuickBooks, and retry. If it is the same client under another name, adopt it once more and confirm it; QuickBooks then owes the money in that name.',
      allowed: ['retry', 'adopt', 'recreate', 'exclude'],
    },
    {
      key: 'trust-adopted-changed',
      title: 'What was adopted is not in QuickBooks as it was',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'Somebody has changed or deleted in QuickBooks what {document} was adopted as[, {record}][: {differences}]. The ledger of its matter stands as it was.',
      remedy:
        'Put it right in QuickBooks, and retry to have it looked at. Or adopt the record that is in its place. If it is gone for good and the money is there all the same, have it created again. If it is the ledger that is wrong, take the transaction back by a reversal and enter it anew.',
      allowed: ['retry', 'adopt', 'recreate'],
    },
    {
      key: 'cheque-gone',
      title: 'A cheque was taken out of QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'Somebody has taken the cheque of {document}[ to {payee}] out of the books in QuickBooks[: it is {how} there]. In the ledger of its matter the money still counts as paid out.',
      remedy:
        'If it is to be paid all the same, have it created again: it goes to the cheques to be printed. If it is not, take the disbursement back by a reversal: then both leave the ledger. A cheque that was entered anew by hand can be adopted by its id.',
      allowed: ['recreate', 'adopt', 'retry'],
    },
    {
      key: 'cheque-changed',
      title: 'A cheque was changed in QuickBooks',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'Somebody has changed the cheque of {document} in QuickBooks[: {differences}]. The ledger of its matter stands as it was posted.',
      remedy:
        'Put it right in QuickBooks, and retry to have it looked at at once. If it is the ledger that is wrong, take the disbursement back by a reversal and enter it anew.',
      allowed: ['retry'],
    },
    {
      key: 'cheque-number-twice',
      title: 'Two cheques with one number',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'The cheque of {document} was printed under a number[, {number},] that another one of the same bank account has in QuickBooks, too[: {other}].',
      remedy:
        'Look at the paper. Correct the number of the one that is wrong in QuickBooks, and retry to have it looked at at once. Where two cheque books really carry the same number, allow the duplicate.',
      allowed: ['retry', 'allow-duplicate-number'],
    },
    {
      key: 'cheque-without-number',
      title: 'Printed, and nobody knows the number',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'The cheque of {document} does not wait to be printed in QuickBooks any more, and it has no number there.',
      remedy:
        'Enter the number that stands on the paper, in QuickBooks or here by renumbering it: then it is written to QuickBooks. If it was never printed, mark it as to be printed again. Retry to have it looked at at once.',
      allowed: ['renumber', 'retry'],
    },
  ],
};
