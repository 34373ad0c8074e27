import { expect } from 'vitest';
import { type Json, type Reply, at, errorsOf, identity } from '../simulator/company.js';
import type { Target } from './target.js';

export { type Json, type Reply, at, errorsOf, identity };

/** What the facts are asked about: things that every sample company has. */
export interface Books {
  readonly item: string;
  readonly bank: string;
  readonly expense: string;
  readonly income: string;
  readonly receivable: string;
  readonly undeposited: string;
}

/** How the service does what is not known for sure. */
export interface Way {
  readonly question: string;
  /** What the simulator does by default. */
  readonly ours: string;
  readonly theirs: string;
}

const TRANSACTIONS = [
  'CreditMemo',
  'Deposit',
  'Invoice',
  'JournalEntry',
  'Payment',
  'Purchase',
  'SalesReceipt',
];

/** One company of a target, spoken to over its public HTTP. It remembers what it made, and takes it away again. */
export class Company {
  readonly ways: Way[] = [];
  books: Books = { item: '', bank: '', expense: '', income: '', receivable: '', undeposited: '' };
  preferences: Json = {};
  /** In the order in which they were made, so that what uses another comes after it. */
  private readonly made = new Map<string, { entity: string; id: string }>();
  private readonly run = Date.now().toString(36);
  private count = 0;
  private token = '';

  constructor(readonly target: Target) {}

  get isSimulator(): boolean {
    return this.target.name === 'simulator';
  }

  async connect(): Promise<void> {
    const { tokenUrl, clientId, clientSecret, refreshToken } = this.target;
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const response = await fetch(tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, accept: 'application/json' },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    });
    const answer = (await response.json()) as Json;
    if (response.status !== 200) throw new Error(`no token: ${JSON.stringify(answer)}`);
    this.token = answer['access_token'] as string;
    this.target.keep(answer['refresh_token'] as string);
    await this.learn();
  }

  private async learn(): Promise<void> {
    const first = async (entity: string, where: string): Promise<string> => {
      const [row] = await this.rows(entity, `${where} maxresults 1`);
      if (row === undefined) throw new Error(`the company has no ${entity} ${where}`);
      return row['Id'] as string;
    };
    this.books = {
      item: await first('Item', "where Type = 'Service'"),
      bank: await first('Account', "where AccountType = 'Bank'"),
      expense: await first('Account', "where AccountType = 'Expense'"),
      income: await first('Account', "where AccountType = 'Income'"),
      receivable: await first('Account', "where AccountType = 'Accounts Receivable'"),
      undeposited: await first('Account', "where AccountSubType = 'UndepositedFunds'"),
    };
    this.preferences = (await this.get('/preferences')).json['Preferences'] as Json;
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
        authorization: `Bearer ${this.token}`,
        accept: 'application/json',
        'content-type': 'application/json',
        ...headers,
      },
    };
    if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${this.target.apiUrl}/v3/company/${this.target.realm}${path}`, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
    const reply: Reply = {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? (JSON.parse(text) as Json) : {},
    };
    if (method === 'POST') this.remember(reply.json);
    return reply;
  }

  /** Whatever was saved is taken away at the end, also where the test expected a refusal. */
  private remember(json: Json): void {
    const batch = (at(json, 'BatchItemResponse') ?? []) as Json[];
    for (const part of [json, ...batch]) {
      for (const [entity, value] of Object.entries(part)) {
        const id = at(value, 'Id');
        const isOurs = [...TRANSACTIONS, 'Customer', 'Vendor'].includes(entity);
        if (!isOurs || typeof id !== 'string' || at(value, 'SyncToken') !== '0') continue;
        const key = `${entity}:${id}`;
        if (!this.made.has(key)) this.made.set(key, { entity, id });
      }
    }
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

  async rows(entity: string, rest = ''): Promise<Json[]> {
    const reply = await this.query(`select * from ${entity} ${rest}`);
    return (at(reply.json, `QueryResponse.${entity}`) ?? []) as Json[];
  }

  /** Creates, expects success, and gives back the object alone. */
  async make(entity: string, fields: Json, params = ''): Promise<Json> {
    const reply = await this.post(`/${entity.toLowerCase()}${params}`, fields);
    if (reply.status !== 200 || reply.json[entity] === undefined) throw new Error(reply.text);
    return reply.json[entity] as Json;
  }

  async read(entity: string, id: unknown): Promise<Json> {
    return (await this.get(`/${entity.toLowerCase()}/${String(id)}`)).json[entity] as Json;
  }

  /** A name or number that nothing else in the company has, short enough for a document number. */
  unique(word = 'cf'): string {
    this.count += 1;
    return `${word}-${this.run}-${this.count}`;
  }

  async customer(more: Json = {}): Promise<string> {
    return (await this.make('Customer', { DisplayName: this.unique('client'), ...more }))['Id'] as string;
  }

  line(amount: number, more: Json = {}): Json {
    const SalesItemLineDetail = { ItemRef: { value: this.books.item } };
    return { Amount: amount, DetailType: 'SalesItemLineDetail', SalesItemLineDetail, ...more };
  }

  sale(customerId: string, amount: number, more: Json = {}): Json {
    return {
      CustomerRef: { value: customerId },
      Line: [this.line(amount)],
      DocNumber: this.unique(),
      ...more,
    };
  }

  paid(customerId: string, amount: number, invoice: Json, more: Json = {}): Json {
    const line = { Amount: amount, LinkedTxn: [{ TxnId: invoice['Id'], TxnType: 'Invoice' }] };
    return { CustomerRef: { value: customerId }, TotalAmt: amount, Line: [line], ...more };
  }

  /** A question that the documents leave open: the simulator must do it its way, the sandbox tells us theirs. */
  settle(question: string, theirs: string, ours: string): void {
    this.ways.push({ question, ours, theirs });
    if (this.isSimulator) expect(`${question}: ${theirs}`).toBe(`${question}: ${ours}`);
  }

  /** The codes of a refusal, or `accepted`. */
  outcome(reply: Reply): string {
    const codes = errorsOf(reply).map((error) => error.code);
    return codes.length === 0 && reply.status === 200 ? 'accepted' : codes.join(', ') || String(reply.status);
  }

  /** Deletes transactions, the youngest first, and makes names inactive. Answers what would not go. */
  async tidy(): Promise<string[]> {
    const left: string[] = [];
    for (const { entity, id } of [...this.made.values()].reverse()) {
      const now = await this.read(entity, id);
      if ((now as Json | undefined) === undefined || now['Active'] === false) continue;
      const isTransaction = TRANSACTIONS.includes(entity);
      const body = isTransaction ? identity(now) : { ...identity(now), sparse: true, Active: false };
      const path = `/${entity.toLowerCase()}${isTransaction ? '?operation=delete' : ''}`;
      const reply = await this.post(path, body);
      if (this.outcome(reply) !== 'accepted') left.push(`${entity} ${id}: ${reply.text}`);
    }
    return left;
  }
}
