import { isCheque, printStatusOf } from '../cheque.js';
import type { Company } from '../company.js';
import { formatDate } from '../clock.js';
import { allRules, ruleOf } from '../entity/registry.js';
import { type Fields, child, list, numeric, refId, text } from '../fields.js';
import { type Html, html } from '../html.js';
import { present } from '../present.js';
import type { Stored } from '../table.js';
import { bankOptions } from './account-option.js';
import { type View, actionForm, addressOf, button, field, money, select } from './view.js';

const ROWS = 100;

const KINDS: Readonly<Record<string, string>> = {
  BillPayment: 'Bill payment',
  CreditCardPaymentTxn: 'Card payment',
  CreditMemo: 'Credit memo',
  JournalEntry: 'Journal entry',
  PurchaseOrder: 'Purchase order',
  RefundReceipt: 'Refund',
  SalesReceipt: 'Sales receipt',
  TimeActivity: 'Time',
  VendorCredit: 'Vendor credit',
};

const EXPENSES: Readonly<Record<string, string>> = {
  Cash: 'Expense',
  Check: 'Cheque',
  CreditCard: 'Card expense',
};

function kindOf(stored: Stored): string {
  if (stored.entity === 'Purchase') return EXPENSES[text(stored.fields, 'PaymentType') ?? ''] ?? 'Expense';
  return KINDS[stored.entity] ?? stored.entity;
}

function isToPrint({ entity, fields }: Stored): boolean {
  return isCheque(entity, fields) && printStatusOf(entity, fields) === 'NeedToPrint';
}

function numberOf(stored: Stored, shown: Fields): string {
  if (isToPrint(stored)) return 'To print';
  return text(shown, 'DocNumber') ?? text(shown, 'PaymentRefNum') ?? '';
}

function nameOf(shown: Fields): string {
  const holder = ['CustomerRef', 'VendorRef', 'EntityRef', 'EmployeeRef'].find(
    (name) => child(shown, name) !== undefined,
  );
  return text(child(shown, holder ?? ''), 'name') ?? '';
}

/** A journal entry totals nothing in the API; what a person wants to see is what it moves. */
function amountOf(stored: Stored, shown: Fields): string {
  if (stored.entity !== 'JournalEntry')
    return money(shown, shown['TotalAmt'] === undefined ? 'Amount' : 'TotalAmt');
  const debits = list(shown, 'Line').filter(
    (line) => child(line, 'JournalEntryLineDetail')?.['PostingType'] === 'Debit',
  );
  const sum = debits.reduce((total, line) => total + (numeric(line, 'Amount') ?? 0), 0);
  return money({ sum }, 'sum');
}

interface State {
  readonly label: string;
  readonly tone: '' | 'good' | 'bad';
}

function isDeposited(company: Company, stored: Stored): boolean {
  return company.links.to(stored.entity, stored.id).some((link) => link.byEntity === 'Deposit');
}

function openState(shown: Fields, today: string): State {
  const open = numeric(shown, 'Balance') ?? 0;
  const total = numeric(shown, 'TotalAmt') ?? 0;
  if (open === 0) return { label: 'Paid', tone: 'good' };
  const due = text(shown, 'DueDate');
  if (due !== undefined && due < today) return { label: 'Overdue', tone: 'bad' };
  return { label: open < total ? 'Partly paid' : 'Open', tone: '' };
}

function stateOf(company: Company, stored: Stored, shown: Fields, today: string): State {
  if (stored.deleted) return { label: 'Deleted', tone: 'bad' };
  const isVoided = shown['TotalAmt'] === 0 && text(shown, 'PrivateNote')?.startsWith('Voided') === true;
  if (isVoided) return { label: 'Voided', tone: 'bad' };
  if (isToPrint(stored)) return { label: 'To print', tone: '' };
  if (isDeposited(company, stored)) return { label: 'Deposited', tone: 'good' };
  if (['Invoice', 'Bill', 'CreditMemo'].includes(stored.entity)) return openState(shown, today);
  const ofForm = text(shown, 'TxnStatus') ?? text(shown, 'POStatus');
  if (ofForm !== undefined) return { label: ofForm, tone: '' };
  const unapplied = numeric(shown, 'UnappliedAmt') ?? 0;
  return unapplied > 0 ? { label: 'Unapplied', tone: '' } : { label: 'Posted', tone: 'good' };
}

/** What a person can do with a transaction on the screen. */
function actions(view: View, stored: Stored, shown: Fields): Html {
  const { company } = view;
  const target = { entity: stored.entity, id: stored.id };
  const forms: Html[] = [];
  if (ruleOf(stored.entity)?.maxLengths['DocNumber'] !== undefined) {
    const number = field('New number', 'number', html`value="${text(shown, 'DocNumber') ?? ''}" size="12"`);
    forms.push(actionForm(view, 'renumber', target, [number, button('Renumber')]));
  }
  const canDeposit = ['Payment', 'SalesReceipt'].includes(stored.entity) && !isDeposited(company, stored);
  const account = refId(shown, 'DepositToAccountRef');
  if (canDeposit && account === company.accountOf('UndepositedFunds')) {
    const banks = select('Bank', 'accountId', bankOptions(company));
    forms.push(actionForm(view, 'deposit', target, [banks, button('Deposit')]));
  }
  if (ruleOf(stored.entity)?.void !== undefined)
    forms.push(actionForm(view, 'void', target, [button('Void', 'danger')]));
  forms.push(actionForm(view, 'delete', target, [button('Delete', 'danger')]));
  return html`<details>
    <summary aria-label="Change ${kindOf(stored)} ${numberOf(stored, shown)}">Change</summary>
    ${forms}
  </details>`;
}

function row(view: View, stored: Stored): Html {
  const shown = present(view.company, stored);
  const state = stateOf(view.company, stored, shown, formatDate(view.world.clock.now()));
  const isGone = stored.deleted || state.label === 'Voided';
  const balance = shown['UnappliedAmt'] === undefined ? 'Balance' : 'UnappliedAmt';
  return html`<tr class="${isGone ? 'gone' : ''}">
    <td>${text(shown, 'TxnDate') ?? ''}</td>
    <td>${kindOf(stored)}</td>
    <td>${numberOf(stored, shown)}</td>
    <td class="wide">${nameOf(shown)}</td>
    <td class="number">${amountOf(stored, shown)}</td>
    <td class="number">${money(shown, balance)}</td>
    <td class="plain"><span class="state ${state.tone}">${state.label}</span></td>
    <td class="plain"><small>${stored.id}, token ${stored.syncToken}</small></td>
    <td class="plain">${stored.deleted ? undefined : actions(view, stored, shown)}</td>
  </tr>`;
}

function newestFirst(company: Company): Stored[] {
  const all = allRules()
    .filter((rule) => rule.isTransaction)
    .flatMap((rule) => [...company.table(rule.name).all()]);
  return all.sort(
    (left, right) => right.createdAtMs - left.createdAtMs || Number(right.id) - Number(left.id),
  );
}

/** The company's transactions, a hundred at a time. */
export function transactionView(view: View): Html {
  const all = newestFirst(view.company);
  const start = Math.max(0, Number(view.params.get('start') ?? '0') || 0);
  const rows = all.slice(start, start + ROWS).map((stored) => row(view, stored));
  const older = addressOf({ realm: view.company.realm, view: 'transactions', start: String(start + ROWS) });
  return html`<section aria-labelledby="transactions">
    <h2 id="transactions">Transactions <small>${all.length}, newest first</small></h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="transactions">
      <table>
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Kind</th>
            <th scope="col">Number</th>
            <th scope="col">Name</th>
            <th scope="col" class="number">Amount</th>
            <th scope="col" class="number">Balance</th>
            <th scope="col">State</th>
            <th scope="col">Id</th>
            <th scope="col">Bookkeeper</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${all.length === 0 ? html`<p class="faint">Nothing has been booked yet.</p>` : undefined}
    ${start + ROWS < all.length ? html`<p><a href="${older}">Older</a></p>` : undefined}
  </section>`;
}
