import { type Finding, finding, missing } from '../fault.js';
import { type Fields, child, list, numeric, refId, setDefault, text } from '../fields.js';
import { cents, fromCents, toCents } from '../money.js';
import { dropUntracked, resolve } from '../reference.js';
import type { WriteContext } from '../rule.js';
import { completeLineCode } from '../tax/line.js';
import { openAccount } from './system-account.js';

/** The kinds of line that a sales form takes; the sub-total is the server's and is ignored when sent. */
const KINDS = ['SalesItemLineDetail', 'GroupLineDetail', 'DescriptionOnly', 'DiscountLineDetail'];

export function requireLines(context: WriteContext): void {
  const { fields, findings } = context;
  const lines = list(fields, 'Line').filter((line) => line['DetailType'] !== 'SubTotalLineDetail');
  if (lines.length === 0) {
    findings.push(missing('Line'));
    return;
  }
  fields['Line'] = lines;
  for (const line of lines) {
    const kind = text(line, 'DetailType');
    if (kind === undefined) findings.push(missing('Line.DetailType'));
    else if (!KINDS.includes(kind))
      findings.push(finding('2170', `Invalid Enumeration : ${kind}`, 'Line.DetailType'));
    else if (kind === 'SalesItemLineDetail') checkAmount(line, findings);
  }
}

/** The amount of a line must be its rounded product; QBO rounds the product, never the price. */
function checkAmount(line: Fields, findings: Finding[]): void {
  const detail = child(line, 'SalesItemLineDetail');
  const quantity = numeric(detail, 'Qty');
  const price = numeric(detail, 'UnitPrice');
  if (line['Amount'] === undefined) {
    findings.push(missing('Line.Amount'));
    return;
  }
  // Clients that write out unset numbers send zeros, and the service takes those for unset.
  if (quantity === undefined || price === undefined || quantity === 0 || price === 0) return;
  if (toCents(quantity * price) === cents(line, 'Amount')) return;
  const supplied = numeric(line, 'Amount') ?? '';
  findings.push(
    finding('6070', `Amount is not equal to UnitPrice * Qty. Supplied value:${supplied}`, 'Line.Amount'),
  );
}

function completeItemLine(context: WriteContext, line: Fields): void {
  const detail = child(line, 'SalesItemLineDetail') ?? {};
  line['SalesItemLineDetail'] = detail;
  if (refId(detail, 'ItemRef') === undefined) detail['ItemRef'] = { value: '1' };
  const item = resolve(context, detail, 'ItemRef', { element: 'Line.SalesItemLineDetail.ItemRef' });
  dropUntracked(context, detail, 'ClassRef', 'ClassTrackingPerTxnLine');
  resolve(context, detail, 'ClassRef');
  const account = child(item?.fields, 'IncomeAccountRef');
  if (account !== undefined) detail['ItemAccountRef'] = { value: account['value'] };
  completeLineCode(context, detail, {
    isTaxable: item?.fields['Taxable'] === true,
    element: 'Line.SalesItemLineDetail.TaxCodeRef',
  });
}

/** Resolves what the lines point at, fills in their defaults and numbers them. */
export function completeLines(context: WriteContext): void {
  let number = 0;
  for (const line of list(context.fields, 'Line')) {
    number += 1;
    line['LineNum'] = number;
    setDefault(line, 'CustomExtensions', []);
    if (line['DetailType'] === 'SalesItemLineDetail') completeItemLine(context, line);
    if (line['DetailType'] === 'GroupLineDetail') completeGroup(context, line);
    if (line['DetailType'] === 'DiscountLineDetail') completeDiscount(context, line);
    if (line['DetailType'] === 'DescriptionOnly') setDefault(line, 'DescriptionLineDetail', {});
  }
}

function completeGroup(context: WriteContext, line: Fields): void {
  for (const member of list(child(line, 'GroupLineDetail'), 'Line'))
    if (member['DetailType'] === 'SalesItemLineDetail') completeItemLine(context, member);
}

/** What is taken off goes to an account that QuickBooks opens with the first discount. */
function completeDiscount(context: WriteContext, line: Fields): void {
  const detail = child(line, 'DiscountLineDetail') ?? {};
  line['DiscountLineDetail'] = detail;
  if (refId(detail, 'DiscountAccountRef') !== undefined) {
    resolve(context, detail, 'DiscountAccountRef');
    return;
  }
  const known = context.company.accountOf('DiscountsRefundsGiven');
  const value = known ?? openAccount(context, 'Discounts given', 'Income', 'DiscountsRefundsGiven');
  detail['DiscountAccountRef'] = { value };
}

/** A group comes to what its members come to. */
function sumGroups(fields: Fields): void {
  for (const line of list(fields, 'Line')) {
    if (line['DetailType'] !== 'GroupLineDetail') continue;
    const members = list(child(line, 'GroupLineDetail'), 'Line');
    line['Amount'] = fromCents(members.reduce((sum, member) => sum + cents(member, 'Amount'), 0));
  }
}

export interface Totals {
  readonly subTotalCents: number;
  readonly discountCents: number;
}

/** What the lines come to before discount and tax. */
export function sumLines(fields: Fields): number {
  let sum = 0;
  for (const line of list(fields, 'Line')) {
    const kind = line['DetailType'];
    if (kind === 'SalesItemLineDetail' || kind === 'GroupLineDetail') sum += cents(line, 'Amount');
  }
  return sum;
}

/** Works out groups and discounts that are a percentage, in place, and adds everything up. */
export function totalLines(fields: Fields): Totals {
  sumGroups(fields);
  const subTotalCents = sumLines(fields);
  let discountCents = 0;
  for (const line of list(fields, 'Line')) {
    if (line['DetailType'] !== 'DiscountLineDetail') continue;
    const detail = child(line, 'DiscountLineDetail');
    const percent = detail?.['PercentBased'] === true ? numeric(detail, 'DiscountPercent') : undefined;
    if (percent !== undefined) line['Amount'] = fromCents(Math.round((subTotalCents * percent) / 100));
    discountCents += cents(line, 'Amount');
  }
  return { subTotalCents, discountCents };
}

/** The line that the server appends to every answer; it has no id of its own. */
export function withSubTotal(lines: readonly unknown[], subTotalCents: number): unknown[] {
  const subTotal = {
    Amount: fromCents(subTotalCents),
    DetailType: 'SubTotalLineDetail',
    SubTotalLineDetail: {},
    CustomExtensions: [],
  };
  const discountAt = lines.findIndex((line) => (line as Fields)['DetailType'] === 'DiscountLineDetail');
  return discountAt < 0
    ? [...lines, subTotal]
    : [...lines.slice(0, discountAt), subTotal, ...lines.slice(discountAt)];
}
