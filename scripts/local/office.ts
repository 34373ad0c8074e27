import type { FirmSettings } from '../../src/domain/firm.js';
import type { QboObject, SimulatorControl } from './simulator-control.js';

/** A firm of the story, and the company that it is connected to. */
export interface ConnectedFirm {
  firmId: string;
  qbo: SimulatorControl;
  /** Ids of the items that the firm's lines are mapped to. */
  items: { time: string; expense: string };
}

export interface Office {
  serverUrl: string;
  apiToken: string;
}

/** Our HTTP API as its callers use it. */
export async function callApi(
  { serverUrl, apiToken }: Office,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${serverUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${apiToken}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
  return JSON.parse(answer) as Record<string, unknown>;
}

/** What a firm's administrator does once: name the firm, connect it by OAuth, map items, choose a prefix. */
export async function connectFirm(
  { qbo, ...office }: Office & { qbo: SimulatorControl },
  firmId: string,
  settings: Partial<FirmSettings>,
): Promise<ConnectedFirm> {
  await callApi(office, 'PUT', `/v1/firms/${firmId}`, { name: `Firm ${firmId}` });
  const { authorizeUrl } = await callApi(office, 'POST', `/v1/firms/${firmId}/connection`);
  const consent = new URL(String(authorizeUrl));
  consent.searchParams.set('realm', qbo.realm);
  const granted = await fetch(await consentedTo(consent, office.serverUrl));
  if (!granted.ok) throw new Error(`The connection was refused: ${await granted.text()}`);
  const items = await qbo.objects('Item');
  const idOf = (name: string): string => items.find((item) => item.Name === name)?.Id ?? '';
  const mapped = { time: idOf('Legal services'), expense: idOf('Reimbursed expenses') };
  await callApi(office, 'PUT', `/v1/firms/${firmId}/settings`, { prefix: '', items: mapped, ...settings });
  return { firmId, qbo, items: mapped };
}

/** And where client money is held: a trust account over the bank and the liability account of the company. */
export async function setUpTrust(
  call: (method: string, path: string, body: unknown) => Promise<unknown>,
  { firmId, qbo }: Pick<ConnectedFirm, 'firmId' | 'qbo'>,
  over: object = {},
): Promise<{ bankAccountId: string; liabilityAccountId: string }> {
  const accounts = await qbo.objects('Account');
  const idOf = (name: string): string => accounts.find(({ Name }) => Name === name)?.Id ?? '';
  const settings = {
    name: 'IOLTA at First Bank',
    bankAccountId: idOf('Trust Bank (IOLTA)'),
    liabilityAccountId: idOf('Client Trust Liability'),
    startOn: '2026-01-01',
    ...over,
  };
  await call('PUT', `/v1/firms/${firmId}/trust-accounts/IOLTA`, settings);
  return settings;
}

/** The bookkeeper uses a number for a credit memo of somebody who comes in now and then. */
export async function takeNumber(
  { qbo, items }: Pick<ConnectedFirm, 'qbo' | 'items'>,
  number: string,
  name = 'Walk-in client',
): Promise<QboObject> {
  const customers = await qbo.objects('Customer');
  const walkIn =
    customers.find(({ DisplayName }) => DisplayName === name) ??
    (await qbo.bookkeeper('Customer', { DisplayName: name }));
  return await qbo.bookkeeper('CreditMemo', {
    DocNumber: number,
    CustomerRef: { value: walkIn.Id },
    Line: [
      {
        DetailType: 'SalesItemLineDetail',
        Amount: 25,
        SalesItemLineDetail: { ItemRef: { value: items.time } },
      },
    ],
  });
}

/** The firm as it was left by an earlier start, if it is connected. */
export async function findConnectedFirm(
  { qbo, ...office }: Office & { qbo: SimulatorControl },
  firmId: string,
): Promise<ConnectedFirm | undefined> {
  const { serverUrl, apiToken } = office;
  const headers = { authorization: `Bearer ${apiToken}` };
  const response = await fetch(`${serverUrl}/v1/firms/${firmId}/connection`, { headers });
  if (response.status === 404) return undefined;
  if (((await response.json()) as { status: string }).status !== 'connected') return undefined;
  const { settings } = (await callApi(office, 'GET', `/v1/firms/${firmId}`)) as {
    settings: { items: ConnectedFirm['items'] };
  };
  return { firmId, qbo, items: settings.items };
}

/** The redirect names the port that Intuit was told; the test's server may listen on another one. */
async function consentedTo(consent: URL, serverUrl: string): Promise<URL> {
  const answer = await fetch(consent, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  return new URL(`${back.pathname}${back.search}`, serverUrl);
}
