import type { FastifyPluginAsync, FastifyReply, onRequestAsyncHookHandler } from 'fastify';
import { companyRef, type CompanyProfile } from '../../domain/company.js';
import {
  connectCompany,
  findCompany,
  findCompanyByRealm,
  saveProfile,
  type SealedTokens,
} from '../../db/company.js';
import type { Database } from '../../db/database.js';
import { recordEvent } from '../../db/event.js';
import { closeFault, findOpenFault } from '../../db/fault.js';
import { lockFirm } from '../../db/firm.js';
import { createOauthState, takeOauthState } from '../../db/oauth-state.js';
import { knownFirm } from './firm.js';

export interface ConnectionDeps {
  db: Database;
  /** Intuit's side of the consent; qbo/consent.ts makes it. */
  consent: {
    authorizeUrl(state: string): string;
    complete(callbackUrl: string, realmId: string): Promise<Consented>;
  };
  /** Wakes what waits for the company. Called after everything is stored; may be called again. */
  onConnected: (firmId: string) => Promise<void>;
}

type Consented =
  | { kind: 'granted'; tokens: SealedTokens; profile: CompanyProfile }
  | { kind: 'refused' | 'unreachable'; reason: string };

interface Params {
  firmId: string;
}

interface Callback {
  state?: string;
  code?: string;
  realmId?: string;
  error?: string;
}

/**
 * How a firm's administrator connects its QuickBooks company. The callback is open to the world, because a browser
 * comes to it from Intuit; the state that it brings is what lets it in.
 */
export const connectionRoutes: FastifyPluginAsync<
  ConnectionDeps & { requireToken: onRequestAsyncHookHandler }
> = async (app, { requireToken, ...deps }) => {
  const { db, consent } = deps;

  app.post<{ Params: Params }>(
    '/v1/firms/:firmId/connection',
    { onRequest: requireToken },
    async ({ params: { firmId } }) => {
      await knownFirm(db, firmId);
      return { authorizeUrl: consent.authorizeUrl(await createOauthState(db, firmId)) };
    },
  );

  app.get<{ Params: Params }>(
    '/v1/firms/:firmId/connection',
    { onRequest: requireToken },
    async ({ params: { firmId } }) => await connectionStatus(db, firmId),
  );

  app.get<{ Querystring: Callback }>('/v1/oauth/callback', async (request, reply) => {
    const page = await finish(deps, request.query, request.url);
    if (page.cause !== undefined) request.log.error({ error: page.cause }, page.text);
    return await show(reply, page);
  });
  await Promise.resolve();
};

async function connectionStatus(db: Database, firmId: string) {
  await knownFirm(db, firmId);
  const company = await findCompany(db, firmId);
  if (!company) return { status: 'not-connected' as const };
  const fault = await findOpenFault(db, companyRef(firmId));
  return {
    status: company.status,
    realmId: company.realm_id,
    connectedAt: company.connected_at,
    refreshExpiresAt: company.refresh_expires_at,
    unreachableSince: company.unreachable_since,
    ...(fault && { fault }),
  };
}

interface Page {
  status: number;
  title: string;
  text: string;
  /** For the log, not for the page. */
  cause?: unknown;
}

const AGAIN = 'Please begin again in your billing program.';

async function finish(deps: ConnectionDeps, query: Callback, callbackUrl: string): Promise<Page> {
  const firmId = await takeOauthState(deps.db, query.state ?? '');
  if (firmId === undefined) {
    const text = `This link was used already, is older than ten minutes, or was not made by this program. ${AGAIN}`;
    return { status: 400, title: 'This connection cannot be completed', text };
  }
  if (query.error !== undefined) {
    const text = `QuickBooks reports that the connection was not allowed (${query.error}). Nothing was changed. ${AGAIN}`;
    return { status: 403, title: 'Not connected', text };
  }
  const { code, realmId } = query;
  if (!code || !realmId) {
    const text = `QuickBooks sent you back without saying which company was meant. Nothing was changed. ${AGAIN}`;
    return { status: 400, title: 'Not connected', text };
  }
  return await connect(deps, firmId, realmId, callbackUrl);
}

async function connect(
  { db, consent, onConnected }: ConnectionDeps,
  firmId: string,
  realmId: string,
  callbackUrl: string,
): Promise<Page> {
  const holder = await findCompanyByRealm(db, realmId);
  if (holder && holder.firm_id !== firmId) return TAKEN;
  const consented = await consent.complete(callbackUrl, realmId);
  if (consented.kind !== 'granted') {
    const text =
      consented.kind === 'refused'
        ? `QuickBooks refused to complete the connection: ${consented.reason}.`
        : `QuickBooks could not be reached in time: ${consented.reason}.`;
    return { status: 502, title: 'Not connected', text: `${text} Nothing was changed. ${AGAIN}` };
  }
  try {
    await db.transaction().execute(async (tx) => {
      await lockFirm(tx, firmId);
      const { epoch } = await connectCompany(tx, firmId, realmId, consented.tokens);
      await saveProfile(tx, firmId, consented.profile);
      await recordEvent(tx, companyRef(firmId), 'connected', { realmId, epoch });
      await closeFault(tx, companyRef(firmId), { by: 'counterfoil', why: 'connected again' });
    });
  } catch (error) {
    if ((error as { constraint?: unknown }).constraint === 'company_realm_unique') return TAKEN;
    throw error;
  }
  return await wake(onConnected, firmId);
}

async function wake(onConnected: ConnectionDeps['onConnected'], firmId: string): Promise<Page> {
  const title = 'Connected';
  try {
    await onConnected(firmId);
  } catch (cause) {
    const text =
      'QuickBooks is connected, but a part of this program is away, and bills that waited could not be told. To let them go on, connect once more in a few minutes.';
    return { status: 503, title, text, cause };
  }
  const text =
    'QuickBooks is connected. Bills that waited for it go on by themselves. You can close this page.';
  return { status: 200, title, text };
}

const TAKEN: Page = {
  status: 409,
  title: 'This company is connected already',
  text: 'This QuickBooks company is connected to another firm. Two firms writing into one set of books would mix them up, so nothing was changed. If it is yours, disconnect it there first.',
};

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

/** The address of this page holds a code, so it is neither kept nor told to anybody. */
async function show(reply: FastifyReply, { status, title, text }: Page): Promise<FastifyReply> {
  return await reply
    .code(status)
    .headers({
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    })
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>` +
        `<body style="font:1.1rem/1.5 system-ui;max-width:34rem;margin:4rem auto;padding:0 1rem">` +
        `<h1>${escaped(title)}</h1><p>${escaped(text)}</p></body></html>`,
    );
}
