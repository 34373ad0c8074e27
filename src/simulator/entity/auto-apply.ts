import type { Company } from '../company.js';
import { type Fields, child, list, refId, text } from '../fields.js';
import { cents, fromCents } from '../money.js';
import type { WriteContext } from '../rule.js';
import type { Stored } from '../table.js';
import { lineExtension, unappliedCents } from './application.js';

/** What the service writes on a payment of nothing that it made itself. */
const NOTE = 'Created by QB Online to link credits to charges.';

interface Open {
  readonly stored: Stored;
  cents: number;
}

function openCents(company: Company, stored: Stored): number {
  if (stored.entity === 'Payment') return unappliedCents(stored.fields);
  const used = company.links.usedCents(stored.entity, stored.id);
  return cents(stored.fields, 'TotalAmt') - cents(stored.fields, 'Deposit') - used;
}

/** A customer's transactions with something left, the oldest first. */
function openOf(context: WriteContext, customerId: string, entities: readonly string[]): Open[] {
  const open: Open[] = [];
  for (const entity of entities) {
    for (const stored of context.company.table(entity).find('CustomerRef', customerId)) {
      const left = openCents(context.company, stored);
      if (left > 0) open.push({ stored, cents: left });
    }
  }
  const dateOf = ({ stored }: Open): string => text(stored.fields, 'TxnDate') ?? '';
  return open.sort((left, right) => dateOf(left).localeCompare(dateOf(right)));
}

function applied({ stored, cents: openBefore }: Open, amountCents: number): Fields {
  return {
    Amount: fromCents(amountCents),
    LinkedTxn: [{ TxnId: stored.id, TxnType: stored.entity }],
    LineEx: lineExtension(stored, openBefore),
  };
}

/** A payment of nothing that uses the credit memo for the invoice, or a line more on a payment with money left. */
function link(context: WriteContext, charge: Open, credit: Open, amountCents: number): void {
  const { draft, company, nowMs } = context;
  draft.touch(charge.stored);
  if (credit.stored.entity === 'Payment') {
    const current = draft.get('Payment', credit.stored.id) ?? credit.stored;
    const lines = [...list(current.fields, 'Line'), applied(charge, amountCents)];
    draft.touch(current, { ...current.fields, Line: lines });
    return;
  }
  draft.touch(credit.stored);
  const { fields: form } = charge.stored;
  const fields: Fields = {
    CustomerRef: child(form, 'CustomerRef'),
    TotalAmt: 0,
    TxnDate: context.today,
    ProcessPayment: false,
    PrivateNote: NOTE,
    CurrencyRef: child(form, 'CurrencyRef'),
    ExchangeRate: form['ExchangeRate'],
    Line: [applied(charge, amountCents), applied(credit, amountCents)],
  };
  const stored = { id: company.nextId('transaction'), entity: 'Payment', fields, syncToken: 0 };
  draft.put({ ...stored, createdAtMs: nowMs, updatedAtMs: nowMs, deleted: false, lastLineId: 0 });
}

/**
 * Where the company applies credits by itself: a new invoice takes what credit the customer has, and a new credit
 * memo goes to the invoices that are open, in each case the oldest first.
 */
export function applyCredits(context: WriteContext, after: Stored): void {
  const isOn = context.company.prefers('SalesFormsPrefs', 'AutoApplyCredit');
  const customerId = refId(after.fields, 'CustomerRef');
  if (!isOn || context.mode !== 'create' || customerId === undefined) return;
  const own: Open = { stored: after, cents: openCents(context.company, after) };
  const isCharge = after.entity === 'Invoice';
  const others = openOf(context, customerId, isCharge ? ['CreditMemo', 'Payment'] : ['Invoice']);
  for (const other of others) {
    const amountCents = Math.min(own.cents, other.cents);
    if (amountCents <= 0) return;
    const [charge, credit] = isCharge ? [own, other] : [other, own];
    link(context, charge, credit, amountCents);
    own.cents -= amountCents;
  }
}
