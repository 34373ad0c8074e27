/** The simulator's side door, typed for tests: what a test asks of QuickBooks itself, never of our own tables. */

export interface Call {
  seq: number;
  realm: string;
  method: string;
  path: string;
  entity: string;
  operation: string;
  requestid: string | null;
  status: number;
  replayed: boolean;
  committed: boolean;
  metered: boolean;
  body: string | null;
}

export interface Counts {
  calls: number;
  writes: number;
  reads: number;
  metered: number;
  committed: number;
  replayed: number;
  byOperation: Record<string, number>;
  committedByOperation: Record<string, number>;
}

export interface Match {
  method?: string;
  path?: string;
  entity?: string;
  operation?: string;
  realm?: string;
  body?: string;
}

export type QboObject = Record<string, unknown> & { Id: string; deleted: boolean };

/** One change of one object, by whomever. */
export interface Commit {
  seq: number;
  entity: string;
  operation: 'create' | 'update' | 'delete';
  object: QboObject;
}

/** QuickBooks did not let somebody do what he wanted. */
export class BookkeeperRefused extends Error {
  override readonly name = 'BookkeeperRefused';
}

export class SimulatorControl {
  constructor(
    readonly url: string,
    readonly realm: string,
  ) {}

  /** For another company of the same simulator. */
  of(realm: string): SimulatorControl {
    return new SimulatorControl(this.url, realm);
  }

  async createCompany(seed = 'law-firm'): Promise<void> {
    await this.call('POST', 'companies', { realm: this.realm, seed });
  }

  /** Living objects of one kind. */
  async objects(entity: string): Promise<QboObject[]> {
    const { objects } = await this.call<{ objects: QboObject[] }>('GET', `companies/${this.realm}/${entity}`);
    return objects.filter((object) => !object.deleted);
  }

  /** What a bookkeeper does in QuickBooks' own pages; leaves no trace in the call log. */
  async bookkeeper(
    entity: string,
    object: Record<string, unknown>,
    operation?: 'delete' | 'void',
  ): Promise<QboObject> {
    const query = operation ? `?operation=${operation}` : '';
    const answer = await this.call<Record<string, QboObject>>(
      'POST',
      `companies/${this.realm}/objects/${entity}${query}`,
      object,
    );
    return answer[entity]!;
  }

  /** A bookkeeper gives one entry the name of another: everything of the one goes over to the other. */
  async merge(entity: string, id: string, into: string): Promise<void> {
    await this.call('POST', `companies/${this.realm}/merge`, { entity, id, into });
  }

  /** The bookkeeper prints what waits for the printer, on consecutive paper. */
  async printCheques(
    paper: { accountId?: string; startNumber?: number; ids?: string[] } = {},
  ): Promise<void> {
    await this.call('POST', `companies/${this.realm}/print-cheques`, paper);
  }

  async preferences(sections: Record<string, Record<string, unknown>>): Promise<void> {
    await this.call('POST', `companies/${this.realm}/preferences`, sections);
  }

  async company(
    action: 'disconnect' | 'expire-tokens' | 'status' | 'plan' | 'forget-request-ids',
    body: object = {},
  ) {
    await this.call('POST', `companies/${this.realm}/${action}`, body);
  }

  async fault(
    name: string,
    options: { match?: Match; count?: number | null; [option: string]: unknown } = {},
  ) {
    const match = { realm: this.realm, ...options.match };
    return await this.call<{ id: string; hits: number }>('POST', 'faults', { name, ...options, match });
  }

  /** How many calls an injected fault has hit. */
  async hits(id: string): Promise<number> {
    const { faults } = await this.call<{ faults: { id: string; hits: number }[] }>('GET', 'faults');
    return faults.find((fault) => fault.id === id)?.hits ?? 0;
  }

  async clearFaults(): Promise<void> {
    await this.call('DELETE', 'faults');
  }

  /** Stops matching calls at the phase until they are released: a condition to wait for in place of a clock. */
  async hold(match: Match, phase: 'before-commit' | 'after-commit' = 'before-commit', count = 1) {
    const { id } = await this.call<{ id: string }>('POST', 'holds', {
      match: { realm: this.realm, ...match },
      phase,
      count,
    });
    return {
      caught: async (calls = 1) => {
        await this.call('GET', `holds/${id}?wait=true&caught=${calls}&timeoutMs=40000`);
      },
      release: async (outcome: 'continue' | 'drop' = 'continue') => {
        await this.call('POST', `holds/${id}/release`, { outcome });
      },
    };
  }

  async switches(values: Record<string, unknown>): Promise<void> {
    await this.call('POST', 'switches', values);
  }

  async counts(): Promise<Counts> {
    return await this.call<Counts>('GET', `counts?realm=${this.realm}`);
  }

  async calls(): Promise<Call[]> {
    return (await this.call<{ calls: Call[] }>('GET', `calls?realm=${this.realm}`)).calls;
  }

  /** Everything that was ever changed, in the order in which it was committed. Throws where the log lacks its beginning. */
  async commits(): Promise<Commit[]> {
    const { oldest, commits } = await this.call<{ oldest: number; commits: Commit[] }>(
      'GET',
      `companies/${this.realm}/commits`,
    );
    if (oldest > 1) throw new Error(`The log of commits begins at ${oldest} only: raise callLogLimit.`);
    return commits;
  }

  /** What each transaction posts, by the simulator's own ledger; debits are above zero. */
  async ledger(): Promise<{ transaction: string; entries: { accountId: string; cents: number }[] }[]> {
    const { transactions } = await this.call<{
      transactions: { transaction: string; entries: { accountId: string; cents: number }[] }[];
    }>('GET', `companies/${this.realm}/ledger`);
    return transactions;
  }

  /** What an account holds for whom, debits above zero; in the home currency. */
  async byName(accountId: string): Promise<{ name: string; cents: number }[]> {
    const path = `companies/${this.realm}/accounts/${accountId}/by-name`;
    return (await this.call<{ names: { name: string; cents: number }[] }>('GET', path)).names;
  }

  /** Transactions whose debits and credits differ. */
  async unbalanced(): Promise<string[]> {
    return (await this.ledger())
      .filter(({ entries }) => entries.reduce((sum, { cents }) => sum + cents, 0) !== 0)
      .map(({ transaction }) => transaction);
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/_control/${path}`, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    const answer = (await response.json()) as T;
    const failed = `${method} /_control/${path}: ${JSON.stringify(answer)}`;
    if (!response.ok && 'Fault' in (answer as object)) throw new BookkeeperRefused(failed);
    if (!response.ok) throw new Error(failed);
    return answer;
  }
}
