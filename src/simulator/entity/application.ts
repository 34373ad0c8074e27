import type { Company } from '../company.js';
import { business, linkedTxnDeleted } from '../fault.js';
import { type Fields, list, refId, text } from '../fields.js';
import type { Leg } from '../ledger.js';
import type { Link } from '../link.js';
import { cents, fromCents } from '../money.js';
import type { WriteContext } from '../rule.js';
import type { Stored } from '../table.js';
import { controlAccount } from './control-account.js';
import { rateOf } from './currency.js';
import { nameValueBlock } from './extension.js';

/** What a payment may use up: charges take money from it, credits add to it. */
const CHARGES = ['Invoice', 'Expense', 'Check'];
const CREDITS = ['CreditMemo', 'JournalEntry'];

export interface Application {
  readonly entity: string;
  readonly id: string;
  readonly cents: number;
  readonly isCredit: boolean;
}

/** The lines of a payment as amounts applied to other transactions. */
export function applicationsOf(fields: Fields): Application[] {
  return list(fields, 'Line').flatMap((line) =>
    list(line, 'LinkedTxn').map((linked) => {
      const entity = text(linked, 'TxnType') ?? '';
      const isCredit = CREDITS.includes(entity);
      return { entity, id: text(linked, 'TxnId') ?? '', cents: cents(line, 'Amount'), isCredit };
    }),
  );
}

/** What of a payment is not applied to anything. */
export function unappliedCents(fields: Fields): number {
  let left = cents(fields, 'TotalAmt');
  for (const application of applicationsOf(fields)) {
    left += application.isCredit ? application.cents : -application.cents;
  }
  return left;
}

/** Cents by keys such as `Invoice:12`; several lines may use the same transaction. */
export function centsByTarget(fields: Fields): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { entity, id, cents: used } of applicationsOf(fields)) {
    const key = `${entity}:${id}`;
    sums.set(key, (sums.get(key) ?? 0) + used);
  }
  return sums;
}

export function paymentLinks(stored: Stored): Link[] {
  return applicationsOf(stored.fields).map((application) => ({
    byEntity: stored.entity,
    byId: stored.id,
    toEntity: application.entity,
    toId: application.id,
    cents: application.cents,
  }));
}

function isFamily(company: Company, ancestorId: string, customerId: string): boolean {
  let id: string | undefined = customerId;
  for (let level = 0; id !== undefined && level < 10; level += 1) {
    if (id === ancestorId) return true;
    id = refId(company.table('Customer').get(id)?.fields, 'ParentRef');
  }
  return false;
}

function checkCustomer(context: WriteContext, target: Stored): void {
  const payer = refId(context.fields, 'CustomerRef') ?? '';
  const owner = refId(target.fields, 'CustomerRef') ?? payer;
  const allowed =
    context.switches.paymentCustomer === 'same' ? owner === payer : isFamily(context.company, payer, owner);
  if (!allowed)
    throw business('The customer on this payment does not match the customer on a linked transaction.');
}

/**
 * Checks one application against what is left of its target, and of that what earlier lines of the same payment
 * have not taken. Returns the open cents before it, or nothing.
 */
export function checkApplication(
  context: WriteContext,
  application: Application,
  earlierCents: number,
): number | undefined {
  const target = context.draft.get(application.entity, application.id);
  if (target === undefined || target.deleted) {
    context.findings.push(linkedTxnDeleted());
    return undefined;
  }
  if (!CHARGES.includes(application.entity) && !CREDITS.includes(application.entity)) {
    throw business(`A payment cannot be linked to a transaction of type ${application.entity}.`);
  }
  checkCustomer(context, target);
  const used = context.company.links.usedCents(application.entity, application.id, context.before?.id);
  const openCents = cents(target.fields, 'TotalAmt') - cents(target.fields, 'Deposit') - used;
  if (earlierCents + application.cents > openCents && application.entity !== 'JournalEntry') {
    throw business("The amount applied is more than the transaction's open balance.");
  }
  return openCents;
}

/** What a reader finds on a line of a payment: what was paid, and how much of it was open before. */
export function lineExtension(target: Stored, openCents: number): Fields {
  return nameValueBlock({
    txnId: target.id,
    txnOpenBalance: fromCents(openCents).toFixed(2),
    txnReferenceNumber: text(target.fields, 'DocNumber'),
  });
}

/** Gives money back to the payments of a charge that shrank, the newest payment first. */
export function releasePayments(context: WriteContext, charge: Stored, surplusCents: number): void {
  let surplus = surplusCents;
  for (const link of [...context.company.links.to(charge.entity, charge.id)].reverse()) {
    if (surplus <= 0) return;
    const payment = context.draft.get(link.byEntity, link.byId);
    if (payment === undefined || payment.entity !== 'Payment') continue;
    const released = Math.min(surplus, link.cents);
    surplus -= released;
    const isPaid = (linked: Fields) => linked['TxnId'] === charge.id && linked['TxnType'] === charge.entity;
    const fields = withoutCents(payment.fields, isPaid, released);
    context.draft.touch(payment, withoutCents(fields, isCredit, idleCreditCents(fields)));
  }
}

const isCredit = (linked: Fields): boolean => CREDITS.includes(text(linked, 'TxnType') ?? '');

/** Credits can only be used on charges: what is more than those is free again. */
function idleCreditCents(fields: Fields): number {
  let idle = 0;
  for (const application of applicationsOf(fields)) {
    idle += application.isCredit ? application.cents : -application.cents;
  }
  return Math.max(0, idle);
}

/** Takes money off the lines with such a link, the last of them first. */
function withoutCents(fields: Fields, isMeant: (linked: Fields) => boolean, releasedCents: number): Fields {
  let left = releasedCents;
  const lines: Fields[] = [];
  for (const line of [...list(fields, 'Line')].reverse()) {
    const isConcerned = list(line, 'LinkedTxn').some(isMeant);
    const amountCents = cents(line, 'Amount');
    const takenCents = isConcerned ? Math.min(left, amountCents) : 0;
    left -= takenCents;
    if (takenCents === 0) lines.unshift(line);
    else if (takenCents < amountCents)
      lines.unshift({ ...line, Amount: fromCents(amountCents - takenCents) });
  }
  return { ...fields, Line: lines };
}

/** A form that goes to another customer cannot stay paid by the old one's money. */
export function changesCustomer({ before }: WriteContext, after: Stored): boolean {
  return before !== undefined && refId(before.fields, 'CustomerRef') !== refId(after.fields, 'CustomerRef');
}

/** Receivables move for the customer of each paid transaction; what is left over belongs to the payer. */
export function paymentEntries(company: Company, stored: Stored): Leg[] {
  const { fields } = stored;
  const accountId = controlAccount(company, 'AccountsReceivable', fields) ?? 'receivable';
  const totalCents = cents(fields, 'TotalAmt');
  const entries: Leg[] = [
    { accountId: refId(fields, 'DepositToAccountRef') ?? 'undeposited', cents: totalCents },
  ];
  let restCents = totalCents;
  for (const application of applicationsOf(fields)) {
    const target = company.table(application.entity).get(application.id);
    const nameId = refId(target?.fields, 'CustomerRef') ?? refId(fields, 'CustomerRef') ?? '';
    const signed = application.isCredit ? application.cents : -application.cents;
    entries.push({ accountId, nameId, cents: signed, rate: rateOf(company, target?.fields) });
    restCents += signed;
  }
  entries.push({ accountId, nameId: refId(fields, 'CustomerRef') ?? '', cents: -restCents });
  return entries;
}
