import { type Html, html } from './html.js';
import { STYLE } from './page/style.js';

export interface Choice {
  readonly realm: string;
  readonly name: string;
}

/** What the app asked for, carried along as it came. */
function hiddenFields(params: URLSearchParams): Html[] {
  return [...params]
    .filter(([name]) => name !== 'realm' && name !== 'decision')
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
}

/** The page on which a company is chosen and the app is let in, or not. */
export function consentPage(params: URLSearchParams, choices: readonly Choice[]): Html {
  const options = choices.map(
    ({ realm, name }, index) =>
      html`<label class="choice">
        <input type="radio" name="realm" value="${realm}" ${index === 0 ? html`checked` : undefined} />
        ${name} <small>${realm}</small>
      </label>`,
  );
  const scopes = (params.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Connect to a company - simulator</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body class="narrow">
        <main>
          <h1>Connect an app to QuickBooks</h1>
          <p><strong>${params.get('client_id') ?? ''}</strong> asks for: ${scopes.join(', ') || 'access'}.</p>
          <form method="get" action="/connect/oauth2">
            <fieldset>
              <legend>Company</legend>
              ${options}
            </fieldset>
            ${hiddenFields(params)}
            <p class="buttons">
              <button class="primary" name="decision" value="connect">Connect</button>
              <button name="decision" value="cancel">No thanks</button>
            </p>
          </form>
        </main>
      </body>
    </html>`;
}
