import type { Company } from '../company.js';
import { type Fields, numeric } from '../fields.js';
import { type Html, html } from '../html.js';
import type { World } from '../world.js';

/** What a part of the page is drawn from. */
export interface View {
  readonly world: World;
  readonly company: Company;
  readonly params: URLSearchParams;
}

export const TABS = {
  transactions: 'Transactions',
  Customer: 'Customers',
  Vendor: 'Vendors',
  Account: 'Accounts',
  Item: 'Items',
  Class: 'Classes',
  calls: 'API calls',
  company: 'Company',
} as const;

export type Tab = keyof typeof TABS;

export function tabOf(params: URLSearchParams): Tab {
  const asked = params.get('view') ?? '';
  return asked in TABS ? (asked as Tab) : 'transactions';
}

/** An address of the page. Undefined parameters are left out. */
export function addressOf(params: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== undefined) query.set(name, value);
  return `/_page?${query.toString()}`;
}

export function hidden(fields: Readonly<Record<string, string>>): Html[] {
  return Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
}

/** A form that does one thing to the company and comes back to where it was. */
export function actionForm(
  view: View,
  action: string,
  fields: Readonly<Record<string, string>>,
  content: readonly Html[],
): Html {
  const back = { realm: view.company.realm, back: view.params.toString() };
  return html`<form class="row" method="post" action="/_page/${action}">
    ${hidden({ ...back, ...fields })}${content}
  </form>`;
}

export function button(label: string, kind: 'plain' | 'primary' | 'danger' = 'plain'): Html {
  return kind === 'danger'
    ? html`<button class="danger" data-confirm="${label}: are you sure?">${label}</button>`
    : html`<button class="${kind}">${label}</button>`;
}

export function field(label: string, name: string, attributes: Html): Html {
  return html`<label>${label}<input name="${name}" ${attributes} /></label>`;
}

export function money(fields: Fields, property: string): string {
  const amount = numeric(fields, property);
  return amount === undefined
    ? ''
    : amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export function select(label: string, name: string, options: readonly Option[]): Html {
  const entries = options.map(({ value, label: text }) => html`<option value="${value}">${text}</option>`);
  return html`<label
    >${label}<select name="${name}">
      ${entries}
    </select></label
  >`;
}
