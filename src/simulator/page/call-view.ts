import type { LoggedCall } from '../call-log.js';
import { type Html, html } from '../html.js';
import type { View } from './view.js';

const ROWS = 60;

function row(call: LoggedCall): Html {
  const isGood = call.status >= 200 && call.status < 400;
  const notes = [
    call.code === undefined ? '' : `fault ${call.code}`,
    call.replayed ? 'replayed' : '',
    call.committed ? 'saved' : '',
    call.metered ? 'metered' : '',
    call.fault === undefined ? '' : `injected: ${call.fault}`,
  ];
  return html`<tr>
    <td>${call.seq}</td>
    <td>${call.at.slice(11, 19)}</td>
    <td>${call.entity ?? ''} ${call.operation}</td>
    <td class="wide"><code>${call.method} ${call.path.replace(/^\/v3\/company\/[^/]*/, '')}</code></td>
    <td><span class="state ${isGood ? 'good' : 'bad'}">${call.status === 0 ? 'cut' : call.status}</span></td>
    <td class="wide">${notes.filter((note) => note !== '').join(', ')}</td>
    <td><small>${call.requestid ?? ''}</small></td>
  </tr>`;
}

/** The body of the table alone, which the page fetches again and again. */
export function callRows({ world, company }: View): Html {
  const calls = world.calls.list(company.realm, 0).slice(-ROWS).reverse();
  if (calls.length === 0)
    return html`<tr>
      <td colspan="7" class="faint">Nobody has called yet.</td>
    </tr>`;
  return html`${calls.map(row)}`;
}

/** The latest calls of the company's API, newest first. */
export function callView(view: View): Html {
  return html`<section aria-labelledby="calls">
    <h2 id="calls">API calls <small>the latest ${ROWS}, newest first</small></h2>
    <label class="choice"><input type="checkbox" id="follow" checked /> Follow as they come</label>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="calls">
      <table>
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">UTC</th>
            <th scope="col">What</th>
            <th scope="col">Call</th>
            <th scope="col">Status</th>
            <th scope="col">Notes</th>
            <th scope="col">Request id</th>
          </tr>
        </thead>
        <tbody id="call-rows">
          ${callRows(view)}
        </tbody>
      </table>
    </div>
  </section>`;
}
