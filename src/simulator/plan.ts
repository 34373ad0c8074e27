import type { Company } from './company.js';
import { Fault, type Finding, business, finding } from './fault.js';
import { type Fields, list, text } from './fields.js';
import type { WriteContext } from './rule.js';
import type { Switches } from './switches.js';
import type { Stored } from './table.js';

/** From the smallest to the largest; each has what the one before it has. */
export const PLANS = ['Simple Start', 'Essentials', 'Plus', 'Advanced'] as const;
export type Plan = (typeof PLANS)[number];

export function isPlan(value: unknown): value is Plan {
  return PLANS.some((plan) => plan === value);
}

const FAMILY = 'QuickBooks Online ';

/** The smallest plan that has a feature: an entity, a report, or something that a form can contain. */
const NEEDED: Readonly<Record<string, Plan>> = {
  AgedPayableDetail: 'Essentials',
  AgedPayables: 'Essentials',
  Bill: 'Essentials',
  BillPayment: 'Essentials',
  CompanyCurrency: 'Essentials',
  ExchangeRate: 'Essentials',
  TimeActivity: 'Essentials',
  VendorBalance: 'Essentials',
  VendorBalanceDetail: 'Essentials',
  VendorCredit: 'Essentials',
  Budget: 'Plus',
  Class: 'Plus',
  ClassSales: 'Plus',
  Department: 'Plus',
  DepartmentSales: 'Plus',
  InventoryItem: 'Plus',
  InventoryValuationSummary: 'Plus',
  ItemLineOnBill: 'Plus',
  PurchaseOrder: 'Plus',
};

/** How many active entries there may be below Advanced; entities of one line are counted together. */
const LIMITS: readonly (readonly [entities: readonly string[], most: number, what: string])[] = [
  [['Account'], 250, 'accounts'],
  [['Class', 'Department'], 40, 'classes and locations'],
];

/** The product's name as a company shows it, such as `QuickBooks Online Plus`. */
export function offeringOf(company: Company): string {
  const facts = list(company.table('CompanyInfo').get('1')?.fields, 'NameValue');
  return (
    text(
      facts.find((fact) => fact['Name'] === 'OfferingSku'),
      'Value',
    ) ?? `${FAMILY}Plus`
  );
}

/** A product that is none of the four, such as Intuit's largest, has everything. */
export function planOf(company: Company): Plan {
  const name = offeringOf(company).replace(FAMILY, '');
  return isPlan(name) ? name : 'Advanced';
}

/** What is told about a company, with its product changed to another plan. */
export function withPlan(companyInfo: Fields, plan: Plan): Fields {
  const others = list(companyInfo, 'NameValue').filter((fact) => fact['Name'] !== 'OfferingSku');
  return { ...companyInfo, NameValue: [...others, { Name: 'OfferingSku', Value: FAMILY + plan }] };
}

export function hasFeature(company: Company, feature: string): boolean {
  const needed = NEEDED[feature];
  return needed === undefined || PLANS.indexOf(planOf(company)) >= PLANS.indexOf(needed);
}

export function outsidePlan(company: Company, switches: Switches): Finding {
  if (switches.outsidePlanCode === '5020') {
    return finding(
      '5020',
      'Permission Denied Error : You do not have the access rights to use this feature.',
    );
  }
  const sentence = `We're sorry. This feature is not included in your ${offeringOf(company)} subscription.`;
  return finding('5030', `Feature Not Supported Error : ${sentence}`);
}

/** @throws Fault 5030 or 5020 for what the company's plan does not have */
export function checkFeature(company: Company, switches: Switches, feature: string): void {
  if (!hasFeature(company, feature)) throw new Fault([outsidePlan(company, switches)]);
}

/** What the contents of an object need beyond the object itself. @throws Fault 5030 or 5020 */
export function checkContents({ company, switches, fields }: WriteContext, entity: string): void {
  if (entity === 'Item' && fields['Type'] === 'Inventory') checkFeature(company, switches, 'InventoryItem');
  const hasItems = list(fields, 'Line').some((line) => line['DetailType'] === 'ItemBasedExpenseLineDetail');
  if (entity === 'Bill' && hasItems) checkFeature(company, switches, 'ItemLineOnBill');
}

function isActive(stored: Stored): boolean {
  return !stored.deleted && stored.fields['Active'] !== false;
}

/** A list that is full takes no new entry; what is above the limit already stays usable. @throws Fault 6000 */
export function checkLimit({ company, fields, before }: WriteContext, entity: string): void {
  if (planOf(company) === 'Advanced' || fields['Active'] === false) return;
  if (before !== undefined && isActive(before)) return;
  for (const [entities, most, what] of LIMITS) {
    if (!entities.includes(entity)) continue;
    let active = 0;
    for (const one of entities)
      for (const stored of company.table(one).all()) if (isActive(stored)) active += 1;
    if (active >= most) throw business(`You have reached the limit of ${most} ${what} of your plan.`);
  }
}
