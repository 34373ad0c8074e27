import type { Company } from './company.js';
import { inactiveReference, unknownReference } from './fault.js';
import { type Fields, child, flag, isFields, refId, text } from './fields.js';
import { hasFeature, outsidePlan } from './plan.js';
import type { WriteContext } from './rule.js';
import type { Stored } from './table.js';

/** Intuit's own names for the tables behind a reference, as they appear in the text of a 2500. */
const TABLE_NAMES: Readonly<Record<string, string>> = {
  Account: 'Accounts',
  Class: 'Klasses',
  Customer: 'Names',
  Department: 'Depts',
  Employee: 'Names',
  Item: 'Items',
  PaymentMethod: 'PaymentMethods',
  Term: 'Terms',
  Vendor: 'Names',
};

/** What each reference property points at. `EntityRef` and `Entity` say so themselves. */
const TARGETS: Readonly<Record<string, string>> = {
  APAccountRef: 'Account',
  ARAccountRef: 'Account',
  AccountRef: 'Account',
  AssetAccountRef: 'Account',
  BankAccountRef: 'Account',
  CCAccountRef: 'Account',
  CreditCardAccountRef: 'Account',
  ClassRef: 'Class',
  CustomerRef: 'Customer',
  DepartmentRef: 'Department',
  DepositToAccountRef: 'Account',
  DiscountAccountRef: 'Account',
  EmployeeRef: 'Employee',
  ExpenseAccountRef: 'Account',
  FromAccountRef: 'Account',
  IncomeAccountRef: 'Account',
  ItemAccountRef: 'Account',
  ItemRef: 'Item',
  PaymentMethodRef: 'PaymentMethod',
  SalesTermRef: 'Term',
  ToAccountRef: 'Account',
  VendorRef: 'Vendor',
};

export function nameOf(stored: Stored): string | undefined {
  const own = text(stored.fields, 'DisplayName') ?? text(stored.fields, 'Name');
  const qualified = ['Account', 'Class', 'Department', 'Item'].includes(stored.entity);
  return qualified ? (text(stored.fields, 'FullyQualifiedName') ?? own) : own;
}

export interface Expectation {
  /** The entity to look in, where the property's name does not say. */
  readonly entity?: string;
  /** The path for the fault's `element`. */
  readonly element?: string;
  /** A reference that was there before may go on pointing at something inactive. */
  readonly mayBeInactive?: boolean;
}

/** The object a reference points at. One that is dead or missing becomes a finding and `undefined`. */
export function resolve(
  context: WriteContext,
  holder: Fields | undefined,
  property: string,
  expectation: Expectation = {},
): Stored | undefined {
  const id = refId(holder, property);
  const entity = expectation.entity ?? TARGETS[property];
  if (id === undefined || entity === undefined) return undefined;
  const target = context.draft.get(entity, id);
  if (target === undefined || target.deleted) {
    context.findings.push(
      unknownReference(TABLE_NAMES[entity] ?? entity, id, expectation.element ?? property),
    );
    return undefined;
  }
  const isKept = refId(context.before?.fields, property) === id;
  if (target.fields['Active'] === false && expectation.mayBeInactive !== true && !isKept) {
    context.findings.push(inactiveReference(context.switches.inactiveReferenceCode));
    return undefined;
  }
  return target;
}

/** Copies a wire value and writes the present name of its object into each reference. */
export function withNames(company: Company, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => withNames(company, entry));
  if (!isFields(value)) return value;
  const copy: Fields = {};
  for (const property in value) {
    const part = value[property];
    if (part === undefined) continue;
    copy[property] = isFields(part) ? nameReference(company, property, part) : withNames(company, part);
  }
  return copy;
}

function nameReference(company: Company, property: string, part: Fields): unknown {
  const kind = text(part, 'Type');
  if (property === 'Entity' && kind !== undefined) {
    const target = company.table(kind).get(refId(part, 'EntityRef') ?? '');
    return { ...part, EntityRef: { ...child(part, 'EntityRef'), name: target && nameOf(target) } };
  }
  const id = text(part, 'value');
  const entity = targetOf(property, part);
  if (id === undefined || entity === undefined) return withNames(company, part);
  const target = company.table(entity).get(id);
  const name = target === undefined ? undefined : nameOf(target);
  return name === undefined ? { ...part } : { ...part, name };
}

/** The entity that a reference points at; a parent is of the same entity as its child, which is not known here. */
export function targetOf(property: string, part: Fields): string | undefined {
  const byType = property === 'EntityRef' || property === 'Entity' ? text(part, 'type') : undefined;
  return byType === undefined ? TARGETS[property] : capitalise(byType);
}

function capitalise(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}

/** Classes and departments exist only where the company tracks them. */
export function dropUntracked(
  context: WriteContext,
  holder: Fields,
  property: string,
  preference: string,
): void {
  const { company, switches } = context;
  const hasPlan = hasFeature(company, property === 'ClassRef' ? 'Class' : 'Department');
  const isTracked = hasPlan && company.prefers('AccountingInfoPrefs', preference);
  if (holder[property] === undefined || isTracked) return;
  if (switches.untrackedDimension === 'refused' && !hasPlan) {
    context.findings.push(outsidePlan(company, switches));
  } else if (switches.untrackedDimension === 'refused') {
    context.findings.push(
      unknownReference(
        property === 'ClassRef' ? 'Klasses' : 'Depts',
        refId(holder, property) ?? '',
        property,
      ),
    );
  }
  Reflect.deleteProperty(holder, property);
}

export function isActive(stored: Stored): boolean {
  return !stored.deleted && (stored.fields['Active'] === undefined || flag(stored.fields, 'Active'));
}
