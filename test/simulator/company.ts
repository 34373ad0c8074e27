import { type Simulator, startSimulator } from '../../src/simulator/server.js';
import { checkAgainstSchema } from './schema.js';

export type Json = Record<string, unknown>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

export const REALM = '9130357849300000';

/** A simulator of its own for each test file, spoken to over HTTP only. */
export class Bench {
  private accessToken = '';

  private simulator: Simulator | undefined;
  readonly realm = REALM;

  static async start(seed?: string): Promise<Bench> {
    const bench = new Bench();
    await bench.open(seed);
    return bench;
  }

  async open(seed = 'law-firm'): Promise<void> {
    this.simulator = await startSimulator({ seed });
    await this.connect();
  }

  get url(): string {
    if (this.simulator === undefined) throw new Error('the simulator is not open yet');
    return this.simulator.url;
  }

  async close(): Promise<void> {
    await this.simulator?.close();
  }

  async connect(): Promise<Json> {
    const { json } = await this.control('POST', `companies/${this.realm}/connect`);
    this.accessToken = json['access_token'] as string;
    return json;
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const init: RequestInit = {
      method,
      headers: {
        authorization: `Bearer ${this.accessToken}`,
        accept: 'application/json',
        'content-type': 'application/json',
        ...headers,
      },
    };
    if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
    const reply = await read(await fetch(`${this.url}/v3/company/${this.realm}${path}`, init));
    checkAgainstSchema(reply.json);
    return reply;
  }

  post(path: string, body: unknown): Promise<Reply> {
    return this.send('POST', path, body);
  }

  get(path: string): Promise<Reply> {
    return this.send('GET', path);
  }

  query(statement: string): Promise<Reply> {
    return this.get(`/query?query=${encodeURIComponent(statement)}`);
  }

  /** Creates, expects success, and gives back the object alone. */
  async make(entity: string, fields: Json, params = ''): Promise<Json> {
    const reply = await this.post(`/${entity.toLowerCase()}${params}`, fields);
    if (reply.status !== 200) throw new Error(reply.text);
    return reply.json[entity] as Json;
  }

  async read(entity: string, id: string): Promise<Json> {
    return (await this.get(`/${entity.toLowerCase()}/${id}`)).json[entity] as Json;
  }

  /** The id of the first object that a query finds. */
  async idOf(entity: string, name: string): Promise<string> {
    const { json } = await this.query(`select * from ${entity} where Name = '${name}'`);
    return at(json, `QueryResponse.${entity}.0.Id`) as string;
  }

  async control(method: string, path: string, body?: unknown): Promise<Reply> {
    const init: RequestInit = { method };
    if (body !== undefined) init.body = JSON.stringify(body);
    return read(await fetch(`${this.url}/_control/${path}`, init));
  }

  async counts(): Promise<Json> {
    return (await this.control('GET', `counts?realm=${this.realm}`)).json;
  }
}

async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
  const json = isJson ? (JSON.parse(text) as Json) : {};
  return { status: response.status, headers: response.headers, text, json };
}

export function errorsOf(
  reply: Reply,
): { code: string; Detail: string; Message: string; element?: string }[] {
  return (at(reply.json, 'Fault.Error') ?? []) as never;
}

/** One sales line of the seeded item, its amount only. */
export function feeLine(amount: number, more: Json = {}): Json {
  return {
    Amount: amount,
    DetailType: 'SalesItemLineDetail',
    SalesItemLineDetail: { ItemRef: { value: '2' } },
    ...more,
  };
}

/** Follows a dotted path: `at(answer, 'QueryResponse.Account.0.Id')`. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, name) => (part as Json | undefined)?.[name], value);
}

/** What an update must carry to be accepted. */
export function identity(fields: Json): { Id: string; SyncToken: string } {
  return { Id: fields['Id'] as string, SyncToken: fields['SyncToken'] as string };
}
