import { type Html, html } from '../html.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';
import { TABS, type Tab, type View, addressOf, tabOf } from './view.js';

function tab(view: View, name: Tab): Html {
  const address = addressOf({ realm: view.company.realm, view: name });
  const current = tabOf(view.params) === name ? html`aria-current="page"` : undefined;
  return html`<li><a href="${address}" ${current}>${TABS[name]}</a></li>`;
}

function companies({ world, company, params }: View): Html {
  const options = world.all().map(({ realm, name }) => {
    const selected = realm === company.realm ? html`selected` : undefined;
    return html`<option value="${realm}" ${selected}>${name} (${realm})</option>`;
  });
  return html`<form class="row" method="get" action="/_page">
    <label
      >Company<select id="realm" name="realm">
        ${options}
      </select></label
    >
    <input type="hidden" name="view" value="${tabOf(params)}" />
    <noscript><button>Show</button></noscript>
  </form>`;
}

/** What came of the last action. */
function message(params: URLSearchParams): Html | undefined {
  const said = params.get('said');
  if (said === null) return undefined;
  return params.has('failed')
    ? html`<section class="message bad" role="alert">${said}</section>`
    : html`<section class="message" role="status">${said}</section>`;
}

/** The whole document around one view. */
export function frame(view: View, content: Html): Html {
  const { company, params, world } = view;
  const tabs = (Object.keys(TABS) as Tab[]).map((name) => tab(view, name));
  const now = new Date(world.clock.now()).toISOString().slice(0, 16).replace('T', ' ');
  const standing = company.status === 'active' ? '' : 'subscription ended, ';
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${TABS[tabOf(params)]} - ${company.name} - simulator</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <header>
          <div>
            <h1>${company.name}</h1>
            <small>A simulated QuickBooks company, ${standing}seed ${company.seedName}, ${now} UTC</small>
          </div>
          ${companies(view)}
        </header>
        <main>
          <nav aria-label="Views">
            <ul>
              ${tabs}
            </ul>
          </nav>
          ${message(params)} ${content}
        </main>
        <script>
          ${SCRIPT};
        </script>
      </body>
    </html>`;
}
