import type { Company } from '../company.js';
import { finding, missing } from '../fault.js';
import { refId, setDefault, text } from '../fields.js';
import { fromCents } from '../money.js';
import { resolve } from '../reference.js';
import type { EntityRule, PresentContext, WriteContext } from '../rule.js';
import { checkName, qualify, requalifyChildren } from './list-name.js';
import { currencyOf, currencyRef, setOwnCurrency } from './currency.js';

interface AccountType {
  readonly classification: 'Asset' | 'Liability' | 'Equity' | 'Revenue' | 'Expense';
  /** The subtype an account gets when only its type was sent. */
  readonly subType: string;
}

const TYPES: Readonly<Record<string, AccountType>> = {
  Bank: { classification: 'Asset', subType: 'CashOnHand' },
  'Accounts Receivable': { classification: 'Asset', subType: 'AccountsReceivable' },
  'Other Current Asset': { classification: 'Asset', subType: 'EmployeeCashAdvances' },
  'Fixed Asset': { classification: 'Asset', subType: 'FurnitureAndFixtures' },
  'Other Asset': { classification: 'Asset', subType: 'OtherLongTermAssets' },
  'Accounts Payable': { classification: 'Liability', subType: 'AccountsPayable' },
  'Credit Card': { classification: 'Liability', subType: 'CreditCard' },
  'Other Current Liability': { classification: 'Liability', subType: 'OtherCurrentLiabilities' },
  'Long Term Liability': { classification: 'Liability', subType: 'NotesPayable' },
  Equity: { classification: 'Equity', subType: 'OpeningBalanceEquity' },
  Income: { classification: 'Revenue', subType: 'SalesOfProductIncome' },
  'Cost of Goods Sold': { classification: 'Expense', subType: 'SuppliesMaterialsCogs' },
  Expense: { classification: 'Expense', subType: 'OtherMiscellaneousServiceCost' },
  'Other Income': { classification: 'Revenue', subType: 'OtherMiscellaneousIncome' },
  'Other Expense': { classification: 'Expense', subType: 'OtherMiscellaneousExpense' },
};

/** All others are kept in the home currency, whatever is sent. */
const FOREIGN = ['Accounts Payable', 'Accounts Receivable', 'Bank', 'Credit Card'];

/** Types of the subtypes a law firm's books use, for accounts that were sent with a subtype only. */
const TYPE_BY_SUBTYPE: Readonly<Record<string, string>> = {
  Checking: 'Bank',
  Savings: 'Bank',
  MoneyMarket: 'Bank',
  CashOnHand: 'Bank',
  TrustAccounts: 'Bank',
  UndepositedFunds: 'Other Current Asset',
  TrustAccountsLiabilities: 'Other Current Liability',
  ServiceFeeIncome: 'Income',
  LegalProfessionalFees: 'Expense',
};

function require(context: WriteContext): void {
  const { fields, findings } = context;
  const subType = text(fields, 'AccountSubType');
  if (text(fields, 'Name') === undefined) findings.push(missing('Name'));
  else if (/[":]/.test(text(fields, 'Name') ?? '')) {
    findings.push(finding('2040', 'Element contains invalid characters: Name', 'Name'));
  }
  if (text(fields, 'AccountType') === undefined) {
    const byItem = Object.entries(TYPES).find(([, type]) => type.subType === subType)?.[0];
    const found = subType === undefined ? undefined : (TYPE_BY_SUBTYPE[subType] ?? byItem);
    if (found === undefined) findings.push(missing('AccountType'));
    else fields['AccountType'] = found;
  }
  const type = text(fields, 'AccountType');
  if (type !== undefined && TYPES[type] === undefined) {
    findings.push(finding('2170', `Invalid Enumeration : ${type}`, 'AccountType'));
  }
}

function complete(context: WriteContext): void {
  const { fields, company } = context;
  resolve(context, fields, 'ParentRef', { entity: 'Account' });
  checkName(context, { entities: ['Account'], property: 'Name', kind: 'Account', perParent: true });
  qualify(context, 'Account', 'Name');
  const type = TYPES[text(fields, 'AccountType') ?? ''];
  setDefault(fields, 'AccountSubType', type?.subType);
  fields['Classification'] = type?.classification;
  fields['SubAccount'] = refId(fields, 'ParentRef') !== undefined;
  setDefault(fields, 'Active', true);
  if (!FOREIGN.includes(text(fields, 'AccountType') ?? ''))
    fields['CurrencyRef'] = currencyRef(company.homeCurrency);
  setOwnCurrency(context);
}

export function accountTypeOf(company: Company, accountId: string): string | undefined {
  return text(company.table('Account').get(accountId)?.fields, 'AccountType');
}

export function classificationOf(accountType: string): AccountType['classification'] | undefined {
  return TYPES[accountType]?.classification;
}

/** Receivables and payables are owed by or to somebody; no other account is. */
export function isControl(accountType: string | undefined): boolean {
  return accountType === 'Accounts Receivable' || accountType === 'Accounts Payable';
}

/** A bank shows what it holds, an income account what it earned, a liability what is owed as a negative. */
function balanceCents({ company, stored }: PresentContext): number {
  const isForeign = currencyOf(company, stored.fields) !== company.homeCurrency;
  const debit = isForeign ? company.ledger.foreignCents(stored.id) : company.ledger.accountCents(stored.id);
  return stored.fields['Classification'] === 'Revenue' ? -debit : debit;
}

export const accountRule: EntityRule = {
  name: 'Account',
  idSpace: 'account',
  isTransaction: false,
  deletable: false,
  readOnly: [
    'Classification',
    'CurrentBalance',
    'CurrentBalanceWithSubAccounts',
    'FullyQualifiedName',
    'SubAccount',
  ],
  maxLengths: { Name: 100, Description: 100, AcctNum: 20 },
  queryable: {
    Id: 'id',
    Active: 'boolean',
    Name: 'text',
    FullyQualifiedName: 'text',
    AccountType: 'text',
    AccountSubType: 'text',
    Classification: 'text',
    AcctNum: 'text',
    CurrentBalance: 'number',
    Description: 'text',
    SubAccount: 'boolean',
    ParentRef: 'ref',
  },
  defaultOrder: 'Name',
  require,
  complete,
  settle: requalifyChildren,
  present(context, fields) {
    const isPosting = ['Asset', 'Liability', 'Equity'].includes(
      text(context.stored.fields, 'Classification') ?? '',
    );
    const own = isPosting ? balanceCents(context) : 0;
    let all = own;
    for (const sub of context.company.table('Account').find('ParentRef', context.stored.id)) {
      if (isPosting) all += balanceCents({ company: context.company, stored: sub });
    }
    fields['CurrentBalance'] = fromCents(own);
    fields['CurrentBalanceWithSubAccounts'] = fromCents(all);
  },
};
