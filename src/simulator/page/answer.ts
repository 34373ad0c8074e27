import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Target } from '../target.js';
import { Fault } from '../fault.js';
import type { Html } from '../html.js';
import { DEFAULT_REALM } from '../oauth.js';
import type { World } from '../world.js';
import { ACTIONS } from './action.js';
import { callRows, callView } from './call-view.js';
import { companyView } from './company-view.js';
import { frame } from './frame.js';
import { listView } from './list-view.js';
import { transactionView } from './transaction-view.js';
import { type View, tabOf } from './view.js';

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; form-action 'self'; base-uri 'none'",
};

/** True for the page's own addresses, and for a browser that comes to the front door. */
export function isPage(request: IncomingMessage, url: Target): boolean {
  if (url.pathname === '/_page' || url.pathname.startsWith('/_page/')) return true;
  const isBrowser = request.headers.accept?.includes('text/html') === true;
  return url.pathname === '/' && request.method === 'GET' && isBrowser;
}

function content(view: View): Html {
  const tab = tabOf(view.params);
  switch (tab) {
    case 'transactions':
      return transactionView(view);
    case 'calls':
      return callView(view);
    case 'company':
      return companyView(view);
    default:
      return listView(view, tab);
  }
}

function draw(world: World, params: URLSearchParams): string {
  const company = world.find(params.get('realm') ?? '') ?? world.company(DEFAULT_REALM);
  const view = { world, company, params };
  return params.get('part') === 'rows' ? callRows(view).markup : frame(view, content(view)).markup;
}

interface Told {
  readonly said: string;
  readonly failed: boolean;
}

/** A refusal is told in the service's own words. */
function act(world: World, name: string, form: URLSearchParams): Told {
  const action = ACTIONS[name];
  if (action === undefined) return { said: `There is no action ${name}.`, failed: true };
  try {
    return { said: action({ world, realm: form.get('realm') ?? '', form }), failed: false };
  } catch (error) {
    if (error instanceof Fault) {
      return { said: error.findings.map(({ code, detail }) => `${code}: ${detail}`).join(' '), failed: true };
    }
    if (error instanceof Error) return { said: error.message, failed: true };
    throw error;
  }
}

/** Back to where the form was, with what came of it. */
function backTo(form: URLSearchParams, { said, failed }: Told): string {
  const back = new URLSearchParams(form.get('back') ?? '');
  const realm = form.get('newRealm') !== null && !failed ? form.get('newRealm') : form.get('realm');
  back.set('realm', realm ?? DEFAULT_REALM);
  back.delete('failed');
  back.set('said', said);
  if (failed) back.set('failed', '1');
  return `/_page?${back.toString()}`;
}

/** The page in the browser: drawn on the server, changed by forms. A form of another site is refused. */
export function answerPage(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: Target,
  body: string,
): void {
  if (request.method !== 'POST') {
    response.writeHead(200, HEADERS);
    response.end(draw(world, url.searchParams));
    return;
  }
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    response.writeHead(403, HEADERS);
    response.end('This form came from another site.');
    return;
  }
  const form = new URLSearchParams(body);
  const told = act(world, url.pathname.slice('/_page/'.length), form);
  world.keep();
  response.writeHead(303, { Location: backTo(form, told) });
  response.end();
}
