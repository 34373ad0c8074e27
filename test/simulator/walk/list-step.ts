import type { Fields } from '../../../src/simulator/fields.js';
import { refOf } from './model.js';
import type { Outcome } from './office.js';
import { amount, saleLines } from './sale-step.js';
import type { Walk } from './walk.js';

const identity = (fields: Fields): Fields => ({ Id: fields['Id'], SyncToken: fields['SyncToken'] });

export function makeName(entity: string): (walk: Walk) => Outcome {
  return (walk) => {
    const currency = walk.luck.pick(walk.currencies);
    const foreign = walk.currencies.length > 1 ? { CurrencyRef: { value: currency } } : {};
    return walk.create(entity, { DisplayName: walk.name(entity), ...foreign });
  };
}

export function makeMatter(walk: Walk): Outcome {
  const ParentRef = { value: walk.pick('Customer') };
  return walk.create('Customer', { DisplayName: walk.name('Matter'), ParentRef, Job: true });
}

export function makeEmployee(walk: Walk): Outcome {
  return walk.create('Employee', { GivenName: walk.name('Clerk'), FamilyName: 'Quill' });
}

export function makeAccount(walk: Walk): Outcome {
  const AccountType = walk.luck.pick(['Expense', 'Other Current Asset', 'Income', 'Bank', 'Credit Card']);
  const below = walk.luck.chance(0.3) ? { ParentRef: { value: walk.accountOf(String(AccountType)) } } : {};
  const outcome = walk.create('Account', { Name: walk.name('Account'), AccountType, ...below });
  const made = outcome.value?.['Account'] as Fields | undefined;
  if (made !== undefined) walk.openAccount(made);
  return outcome;
}

export function makeItem(walk: Walk): Outcome {
  return walk.create('Item', {
    Name: walk.name('Item'),
    Type: 'Service',
    Taxable: walk.luck.chance(0.5),
    IncomeAccountRef: { value: walk.seeded('Income') },
    ExpenseAccountRef: { value: walk.seeded('Expense') },
  });
}

/** A tag of the firm: a class, a place, a term. */
export function makeTag(walk: Walk): Outcome {
  const entity = walk.luck.pick(['Class', 'Department', 'Term', 'PaymentMethod']) ?? 'Class';
  const isNested = ['Class', 'Department'].includes(entity) && walk.luck.chance(0.3);
  return walk.create(entity, {
    Name: walk.name(entity),
    ...(entity === 'Term' ? { DueDays: walk.luck.whole(0, 60) } : {}),
    ...(isNested ? { ParentRef: { value: walk.pick(entity) } } : {}),
  });
}

export function makeTime(walk: Walk): Outcome {
  return walk.create('TimeActivity', {
    NameOf: 'Employee',
    EmployeeRef: { value: walk.pick('Employee') },
    CustomerRef: { value: walk.pick('Customer') },
    ItemRef: { value: walk.pick('Item') },
    ...{ Hours: walk.luck.whole(0, 9), Minutes: 30, BillableStatus: 'Billable', HourlyRate: amount(walk) },
    ...walk.dated(),
  });
}

/** A template, which posts nothing. */
export function makeRecurring(walk: Walk): Outcome {
  const RecurringInfo = { Name: walk.name('Template'), RecurType: 'Automated', Active: true };
  const CustomerRef = { value: walk.pick('Customer') };
  return walk.create('RecurringTransaction', {
    Invoice: { CustomerRef, Line: saleLines(walk), RecurringInfo },
  });
}

export function makeBudget(walk: Walk): Outcome {
  const AccountRef = { value: walk.accountOf('Income') };
  const BudgetDetail = [{ BudgetDate: '2026-01-01', Amount: amount(walk), AccountRef }];
  return walk.create('Budget', {
    Name: walk.name('Budget'),
    StartDate: '2026-01-01',
    EndDate: '2026-12-31',
    BudgetDetail,
  });
}

export function makeTaxCode(walk: Walk): Outcome {
  const [TaxAgencyId] = walk.office.all('TaxAgency');
  if (TaxAgencyId === undefined) return walk.create('TaxAgency', { DisplayName: walk.name('Agency') });
  const RateValue = walk.luck.whole(1, 2000) / 100;
  const details = ['Sales', 'Purchase'].map((TaxApplicableOn) => {
    const TaxRateName = walk.name(`Rate ${TaxApplicableOn}`);
    return { TaxRateName, RateValue, TaxAgencyId, TaxApplicableOn };
  });
  const body = { TaxCode: walk.name('Code'), TaxRateDetails: details };
  const outcome = walk.office.call('POST', '/taxservice/taxcode', body);
  walk.learnTaxCodes();
  return outcome;
}

export function setRate(walk: Walk): Outcome | undefined {
  const code = walk.luck.pick(walk.currencies.slice(1));
  if (code === undefined) return undefined;
  const Rate = walk.luck.whole(5000, 20_000) / 10_000;
  return walk.post('ExchangeRate', {
    SourceCurrencyCode: code,
    AsOfDate: walk.date(-walk.luck.whole(0, 60)),
    Rate,
  });
}

/** Renamed, or made inactive and active again. */
export function changeEntry(walk: Walk): Outcome | undefined {
  const entity =
    walk.luck.pick(['Customer', 'Customer', 'Vendor', 'Item', 'Class', 'Employee']) ?? 'Customer';
  const before = walk.read(entity);
  if (before === undefined) return undefined;
  const property = before['DisplayName'] === undefined ? 'Name' : 'DisplayName';
  const clean = walk.luck.chance(0.1) ? 'Customer 1' : walk.name(entity);
  const isGone = before['Active'] === false;
  const change = isGone || walk.luck.chance(0.7) ? { [property]: clean, Active: true } : { Active: false };
  const named = entity === 'Class' ? { Name: before['Name'] } : {};
  return walk.post(entity, { ...named, ...change, ...identity(before), sparse: true });
}

/** Two entries of a kind become one. */
export function merge(walk: Walk): Outcome | undefined {
  const entity = walk.luck.pick(['Customer', 'Vendor', 'Account', 'Item', 'Class', 'Department']) ?? 'Class';
  const id = walk.pick(entity);
  const into = walk.pick(entity);
  // A cost is posted where its item says on the day, so only items of the same accounts change nothing.
  const accounts = (one: string): string => {
    const item = walk.office.read('Item', one);
    return `${refOf(item, 'IncomeAccountRef') ?? ''} ${refOf(item, 'ExpenseAccountRef') ?? ''}`;
  };
  if (entity === 'Item' && accounts(id) !== accounts(into)) return undefined;
  return walk.merge(entity, id, into);
}

/** What the company does by itself, and what it keeps track of. */
export function changePreference(walk: Walk): undefined {
  walk.office.prefer({
    SalesFormsPrefs: { AutoApplyCredit: walk.luck.chance(0.3), AllowDeposit: walk.luck.chance(0.5) },
    AccountingInfoPrefs: {
      ClassTrackingPerTxn: walk.luck.chance(0.5),
      ClassTrackingPerTxnLine: walk.luck.chance(0.5),
      TrackDepartments: walk.luck.chance(0.5),
    },
  });
}

export function closeBooks(walk: Walk): undefined {
  const date = walk.luck.chance(0.5) ? null : walk.date(-40);
  walk.office.prefer({ AccountingInfoPrefs: { BookCloseDate: date } });
}
