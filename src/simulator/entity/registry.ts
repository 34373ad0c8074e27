import type { EntityRule } from '../rule.js';
import { accountRule } from './account.js';
import { companyInfoRule } from './company-info.js';
import { creditMemoRule } from './credit-memo.js';
import { customerRule } from './customer.js';
import { invoiceRule } from './invoice.js';
import { itemRule } from './item.js';
import { paymentRule } from './payment.js';
import { preferencesRule } from './preferences.js';

const RULES: readonly EntityRule[] = [
  accountRule,
  companyInfoRule,
  creditMemoRule,
  customerRule,
  invoiceRule,
  itemRule,
  paymentRule,
  preferencesRule,
];

const BY_NAME = new Map(RULES.map((rule) => [rule.name, rule] as const));
const BY_PATH = new Map(RULES.map((rule) => [rule.name.toLowerCase(), rule] as const));

export function ruleOf(entity: string): EntityRule | undefined {
  return BY_NAME.get(entity);
}

/** By path segment or by a query's entity name, whatever its case. */
export function ruleAt(segment: string): EntityRule | undefined {
  return BY_PATH.get(segment.toLowerCase());
}

export function allRules(): readonly EntityRule[] {
  return RULES;
}
