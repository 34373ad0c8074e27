import { business } from '../fault.js';
import type { WriteContext } from '../rule.js';

const LIABILITIES = ['Credit Card', 'Long Term Liability', 'Other Current Liability'];
const REIMBURSABLE = ['Cost of Goods Sold', 'Expense', 'Other Expense'];

/** What a line says of a customer. */
export interface CustomerLine {
  readonly hasCustomer: boolean;
  readonly status: string | undefined;
}

/** Costs can be billed on to a customer; what is merely held for one, on a liability, cannot. @throws Fault 6000 */
export function checkCustomerLine(
  context: WriteContext,
  accountType: string | undefined,
  line: CustomerLine,
): void {
  const choice = context.switches.customerOnLiability;
  if (choice === 'kept' || accountType === undefined) return;
  if (line.status === 'Billable' && !REIMBURSABLE.includes(accountType)) {
    throw business('Target is not reimbursable');
  }
  if (choice === 'refused' && line.hasCustomer && LIABILITIES.includes(accountType)) {
    throw business('You cannot choose a customer on a line with a liability account.');
  }
}
