import type { FaultFamily } from '../entry.js';

export const MAPPING_FAULTS: FaultFamily = {
  title: 'Mappings: items, accounts, deposits',
  entries: [
    {
      key: 'no-item-mapped',
      title: 'Nothing mapped for a line',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} has a line[ of the kind "{kind}"][ ("{line}")] for which no active product or service of QuickBooks is chosen.',
      remedy:
        'Choose a product or service for it in the settings. If the one you look for is missing from the list, it is inactive in QuickBooks: reactivate it first. All bills that wait for this mapping follow by themselves.',
      allowed: ['remap', 'reactivate', 'retry', 'exclude'],
      mendedIn: ['settings'],
    },
    {
      key: 'write-off-item-without-income-account',
      title: 'Write-off item has no income account',
      kind: 'permanent',
      scope: 'document',
      match: [
        { text: /no income account[^.]*\b(?<item>bad debts?|write-?offs?)\b/i },
        { text: /no income account/i, document: ['credit-memo'] },
      ],
      cause:
        '{document} writes off to a product or service[, "{item}",] that has no income account in QuickBooks.',
      remedy:
        'Give that product or service the bad-debt account as its income account in QuickBooks and retry, or map write-offs to another product or service.',
      allowed: ['retry', 'remap', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'item-without-income-account',
      title: 'Item has no income account',
      kind: 'permanent',
      scope: 'document',
      match: [
        { text: /no income account associated with the (?:item|product|service) (?<item>[^.]+)/i },
        {
          text: /no income account|income account (?:is )?(?:missing|required)|(?:select|choose|specify) an income account/i,
        },
        { code: '2020', element: /IncomeAccountRef$/ },
      ],
      cause: '{document} uses a product or service[, "{item}",] that has no income account in QuickBooks.',
      remedy:
        'Open the product or service in QuickBooks, choose its income account and retry, or map to another one.',
      allowed: ['retry', 'remap', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'deposit-account-missing',
      title: 'No account to deposit to',
      kind: 'permanent',
      scope: 'document',
      match: [
        { code: '2020', element: /DepositToAccountRef$/ },
        { code: '2020', text: /DepositToAccountRef/ },
        { code: '6000', text: /select a bank account for this deposit/i },
      ],
      cause:
        'QuickBooks does not know which account the money of {document} goes to. The account for undeposited funds is missing, or was changed.',
      remedy:
        'See that the chart of accounts of {company} has an account "Undeposited Funds" (type Other Current Assets, detail type Undeposited Funds, not a sub-account), or choose a bank account for payments in the settings, and retry.',
      allowed: ['remap', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'account-not-mapped',
      title: 'No account chosen for a line',
      kind: 'permanent',
      scope: 'document',
      match: [
        { code: '2020', element: /AccountRef$/ },
        { code: '2020', text: /parameter \S*AccountRef is missing/i },
        { code: '6440' },
      ],
      cause: 'A line of {document} has an amount, but neither an account nor a product or service.',
      remedy: 'Choose the missing account in the settings; everything that waits for it follows by itself.',
      allowed: ['remap', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'receivable-account-unknown',
      title: 'No account for receivables',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        'The money of {document} went back, and {company} has no account for receivables in its currency to say so on.',
      remedy:
        'See that the chart of accounts has an account of the type "Accounts receivable" in the currency of the payment, and retry: the accounts are then read again.',
      allowed: ['retry', 'exclude'],
      readsProfile: true,
    },
    {
      key: 'account-type-wrong',
      title: 'Account of the wrong type',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6430', text: /account type: ?(?<accountType>[^.]+)/i }, { code: '6430' }],
      cause:
        'An account that {document} is mapped to is of a type QuickBooks does not allow there[: {accountType}]. A cheque needs a bank account, for example, and an item cannot earn into accounts receivable.',
      remedy: 'Map to an account of the right type, or correct the type in the chart of accounts, and retry.',
      allowed: ['remap', 'retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
    {
      key: 'receivable-line-without-customer',
      title: 'Accounts receivable needs a customer',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6000', text: /accounts receivable[^.]*must choose a customer/i }],
      cause: '{document} has a line on accounts receivable without a customer in the name field.',
      remedy:
        'Map to another account: money held in trust belongs on a liability, not on accounts receivable. Otherwise see that the client of the line is in QuickBooks, and retry.',
      allowed: ['remap', 'retry', 'exclude'],
    },
    {
      key: 'payable-line-without-vendor',
      title: 'Accounts payable needs a vendor',
      kind: 'permanent',
      scope: 'document',
      match: [{ code: '6000', text: /accounts payable[^.]*must choose a (?:vendor|supplier)/i }],
      cause: '{document} has a line on accounts payable without a vendor in the name field.',
      remedy: 'Map to another account, for example a liability account of its own, and retry.',
      allowed: ['remap', 'retry', 'exclude'],
    },
    {
      key: 'item-based-lines',
      title: 'Expense has lines under item details',
      kind: 'permanent',
      scope: 'document',
      match: [],
      cause:
        '{document} holds its cost under "Item details" in QuickBooks. Only costs under "Category details" can be taken over into the billing app.',
      remedy:
        'Enter the cost in QuickBooks as a new expense under "Category details" and remove the old line; moving the line within the same expense is not enough. Then retry, or exclude this expense.',
      allowed: ['retry', 'exclude'],
      mendedIn: ['settings', 'quickbooks'],
    },
  ],
};
