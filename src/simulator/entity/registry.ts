import type { EntityRule } from '../rule.js';
import { accountRule } from './account.js';
import { attachableRule } from './attachable.js';
import { billPaymentRule, billRule, purchaseOrderRule, vendorCreditRule } from './bill.js';
import { budgetRule } from './budget.js';
import { companyInfoRule } from './company-info.js';
import { creditCardPaymentRule } from './credit-card-payment.js';
import { creditMemoRule } from './credit-memo.js';
import { customerRule } from './customer.js';
import { depositRule } from './deposit.js';
import { estimateRule } from './estimate.js';
import { companyCurrencyRule, exchangeRateRule } from './exchange-rate.js';
import { invoiceRule } from './invoice.js';
import { itemRule } from './item.js';
import { journalEntryRule } from './journal-entry.js';
import { classRule, customerTypeRule, departmentRule, paymentMethodRule, termRule } from './list-entry.js';
import { paymentRule } from './payment.js';
import { preferencesRule } from './preferences.js';
import { purchaseRule } from './purchase.js';
import { recurringTransactionRule } from './recurring-transaction.js';
import { refundReceiptRule } from './refund-receipt.js';
import { salesReceiptRule } from './sales-receipt.js';
import { taxAgencyRule, taxCodeRule, taxRateRule } from './tax.js';
import { timeActivityRule } from './time-activity.js';
import { transferRule } from './transfer.js';
import { employeeRule, vendorRule } from './vendor.js';

const RULES: readonly EntityRule[] = [
  accountRule,
  attachableRule,
  billPaymentRule,
  billRule,
  budgetRule,
  classRule,
  companyCurrencyRule,
  companyInfoRule,
  creditCardPaymentRule,
  creditMemoRule,
  customerRule,
  customerTypeRule,
  departmentRule,
  depositRule,
  employeeRule,
  estimateRule,
  exchangeRateRule,
  invoiceRule,
  itemRule,
  journalEntryRule,
  paymentMethodRule,
  paymentRule,
  preferencesRule,
  purchaseOrderRule,
  purchaseRule,
  recurringTransactionRule,
  refundReceiptRule,
  salesReceiptRule,
  taxAgencyRule,
  taxCodeRule,
  taxRateRule,
  termRule,
  timeActivityRule,
  transferRule,
  vendorCreditRule,
  vendorRule,
];

const BY_NAME = new Map(RULES.map((rule) => [rule.name, rule] as const));
const BY_PATH = new Map(RULES.map((rule) => [rule.name.toLowerCase(), rule] as const));
BY_PATH.set('creditcardpayment', creditCardPaymentRule);

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
