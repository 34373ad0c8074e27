import { flag, text } from '../fields.js';
import { type Html, html } from '../html.js';
import { present } from '../present.js';
import { isActive } from '../reference.js';
import type { Stored } from '../table.js';
import { TABS, type View, actionForm, button, field, hidden, money } from './view.js';

export type ListEntity = 'Account' | 'Class' | 'Customer' | 'Item' | 'Vendor';

const MOST_ROWS = 200;

function nameOf({ fields }: Stored): string {
  return text(fields, 'FullyQualifiedName') ?? text(fields, 'DisplayName') ?? text(fields, 'Name') ?? '';
}

function kindOf({ entity, fields }: Stored): string {
  if (entity === 'Account') return text(fields, 'AccountType') ?? '';
  if (entity === 'Item') return text(fields, 'Type') ?? '';
  return entity === 'Customer' && flag(fields, 'Job') ? 'Matter' : '';
}

function actions(view: View, stored: Stored): Html {
  const target = { entity: stored.entity, id: stored.id };
  if (!isActive(stored)) return actionForm(view, 'reactivate', target, [button('Reactivate')]);
  const own = text(stored.fields, 'DisplayName') ?? text(stored.fields, 'Name') ?? '';
  const rename = field('New name', 'name', html`value="${own}" required`);
  const into = field('Id to merge into', 'into', html`list="others" size="8" required`);
  return html`<details>
    <summary aria-label="Change ${own}">Change</summary>
    ${actionForm(view, 'rename', target, [rename, button('Rename')])}
    ${actionForm(view, 'merge', target, [into, button('Merge', 'danger')])}
    ${actionForm(view, 'archive', target, [button('Make inactive', 'danger')])}
  </details>`;
}

function row(view: View, stored: Stored): Html {
  const shown = present(view.company, stored);
  const balance = stored.entity === 'Account' ? 'CurrentBalance' : 'Balance';
  const active = isActive(stored);
  const state = stored.deleted ? 'Merged' : active ? 'Active' : 'Inactive';
  return html`<tr class="${stored.deleted ? 'gone' : ''}">
    <td class="wide">${nameOf(stored)}</td>
    <td>${kindOf(stored)}</td>
    <td class="number">${money(shown, balance)}</td>
    <td class="number">${money(shown, 'BalanceWithJobs')}</td>
    <td class="plain"><span class="state ${active ? 'good' : 'bad'}">${state}</span></td>
    <td class="plain"><small>${stored.id}, token ${stored.syncToken}</small></td>
    <td class="plain">${stored.deleted ? undefined : actions(view, stored)}</td>
  </tr>`;
}

function search(view: View, entity: ListEntity, wanted: string): Html {
  return html`<form class="row" method="get" action="/_page" role="search">
    ${hidden({ realm: view.company.realm, view: entity })}
    ${field('Name contains', 'q', html`type="search" value="${wanted}"`)} ${button('Find')}
  </form>`;
}

/** One of the company's lists: names, accounts, items or classes. */
export function listView(view: View, entity: ListEntity): Html {
  const wanted = view.params.get('q') ?? '';
  const all = [...view.company.table(entity).all()]
    .filter((stored) => nameOf(stored).toLowerCase().includes(wanted.toLowerCase()))
    .sort((left, right) => nameOf(left).localeCompare(nameOf(right)));
  const shown = all.slice(0, MOST_ROWS);
  const others = shown
    .filter(isActive)
    .map((stored) => html`<option value="${stored.id}">${nameOf(stored)}</option>`);
  const count = all.length > MOST_ROWS ? `the first ${MOST_ROWS} of ${all.length}` : String(all.length);
  return html`<section aria-labelledby="list">
    <h2 id="list">${TABS[entity]} <small>${count}</small></h2>
    ${search(view, entity, wanted)}
    <datalist id="others">${others}</datalist>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="list">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Kind</th>
            <th scope="col" class="number">Balance</th>
            <th scope="col" class="number">With matters</th>
            <th scope="col">State</th>
            <th scope="col">Id</th>
            <th scope="col">Bookkeeper</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map((stored) => row(view, stored))}
        </tbody>
      </table>
    </div>
  </section>`;
}
