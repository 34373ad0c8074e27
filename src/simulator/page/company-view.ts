import { printQueue } from '../cheque.js';
import { type Html, html } from '../html.js';
import { SEEDS } from '../seed/plant.js';
import { bankOptions } from './account-option.js';
import { type View, actionForm, button, field, select } from './view.js';

function card(id: string, title: string, state: string, forms: readonly Html[]): Html {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <p>${state}</p>
    ${forms}
  </section>`;
}

function books(view: View): Html {
  const closed = view.company.bookCloseDate;
  const date = field('Closing date', 'date', html`type="date" value="${closed ?? ''}" required`);
  const state = closed === undefined ? 'The books are open.' : `The books are closed through ${closed}.`;
  const reopen =
    closed === undefined ? [] : [actionForm(view, 'reopen-books', {}, [button('Open the books')])];
  return card('books', 'Books', state, [
    actionForm(view, 'close-books', {}, [date, button('Close the books')]),
    ...reopen,
  ]);
}

function cheques(view: View): Html {
  const waiting = printQueue(view.company).length;
  const number = field('First number', 'startNumber', html`inputmode="numeric" size="8" placeholder="next"`);
  const bank = select('Bank', 'accountId', bankOptions(view.company));
  const state = waiting === 1 ? 'One cheque waits to be printed.' : `${waiting} cheques wait to be printed.`;
  return card('cheques', 'Cheques', state, [
    actionForm(view, 'print-cheques', {}, [bank, number, button('Print')]),
  ]);
}

function subscription(view: View): Html {
  const isActive = view.company.status === 'active';
  const state = isActive
    ? 'Paid for: apps may read and write.'
    : 'Ended: apps may read and not write (6190).';
  const form = isActive
    ? actionForm(view, 'end-subscription', {}, [button('End the subscription', 'danger')])
    : actionForm(view, 'renew-subscription', {}, [button('Renew the subscription')]);
  return card('subscription', 'Subscription', state, [form]);
}

function apps(view: View): Html {
  return card('apps', 'Apps', 'Tokens of a disconnected app are worth nothing from then on.', [
    actionForm(view, 'disconnect', {}, [button('Disconnect the app', 'danger')]),
    actionForm(view, 'remove-user', {}, [button('Remove the connecting user', 'danger')]),
    actionForm(view, 'expire-tokens', {}, [button('Let access tokens expire')]),
  ]);
}

function another(view: View): Html {
  const realm = field('Realm', 'newRealm', html`inputmode="numeric" pattern="[0-9]+" required size="18"`);
  const seeds = select(
    'Seed',
    'seed',
    SEEDS.map((seed) => ({ value: seed, label: seed })),
  );
  return card('another', 'Another company', 'Each company has books of its own.', [
    actionForm(view, 'add-company', {}, [realm, seeds, button('Make it')]),
  ]);
}

/** What is done to a company as a whole. */
export function companyView(view: View): Html {
  const parts = [books(view), cheques(view), subscription(view), apps(view), another(view)];
  return html`<div class="grid">${parts}</div>`;
}
