import { Ledger, type Posted } from './ledger.js';
import { LinkIndex } from './link.js';
import { type Stored, Table, type TableState } from './table.js';
import { type Fields, child, flag, text } from './fields.js';
import { AnswerMemory, type KeptAnswer } from './answer-memory.js';
import type { Change as CommittedChange } from './commit.js';

/** Where each kind of object takes its ids from: customers, vendors and employees share one counter. */
export type IdSpace =
  | 'account'
  | 'class'
  | 'company-currency'
  | 'department'
  | 'exchange-rate'
  | 'item'
  | 'list'
  | 'name'
  | 'tax'
  | 'tax-agency'
  | 'transaction';

const FIRST_ID: Readonly<Partial<Record<IdSpace, number>>> = { class: 142240, tax: 2 };

/** Class ids are far above what a double can hold, so the counter is only their tail. */
function formatId(space: IdSpace, counter: number): string {
  return space === 'class' ? `5000000000000${String(counter).padStart(6, '0')}` : String(counter);
}

/** A remembered answer as a state file has it. */
export interface Replay {
  readonly answer: { readonly status: number; readonly value?: unknown };
  readonly storedAtMs: number;
}

function replayOf({ status, json, storedAtMs }: KeptAnswer): Replay {
  return { answer: { status, value: JSON.parse(json) as unknown }, storedAtMs };
}

/** What is small and is always kept as a whole. */
export interface CompanyHead {
  readonly realm: string;
  readonly seed: string;
  readonly status: Company['status'];
  readonly counters: Readonly<Record<string, number>>;
  readonly docNumbers: Readonly<Record<string, number>>;
}

export interface CompanyState extends CompanyHead {
  readonly tables: Readonly<Record<string, TableState>>;
  readonly ledger: readonly (readonly [txnKey: string, posted: Posted])[];
  /** The transactions that use others, the last to have changed last. What they use stands in their lines. */
  readonly links: readonly string[];
  readonly replays: readonly (readonly [key: string, replay: Replay])[];
}

/** One step of what happened to a company: one of these properties. */
export interface Change {
  readonly row?: Stored;
  readonly posting?: readonly [txnKey: string, posted: Posted];
  readonly replay?: readonly [key: string, replay: Replay];
  /** The key of a replay. */
  readonly forgotten?: string;
}

/** One QuickBooks company: its objects, counters, books and remembered request ids. */
export class Company {
  readonly tables = new Map<string, Table>();
  readonly ledger = new Ledger((txnKey, posted) => this.journal?.push({ posting: [txnKey, posted] }));
  readonly links = new LinkIndex();
  private readonly answers = new AnswerMemory();
  readonly adminName = 'Robin Bookkeeper';
  private readonly counters = new Map<string, number>();
  private readonly docNumbers = new Map<string, number>();
  status: 'active' | 'read-only' = 'active';
  /** Sentences by keys such as `Customer:12`: rows that spoil every query which would return them. */
  readonly poisoned = new Map<string, string>();
  /** Changes not yet written to the state file. Where there is none, nothing is noted down. */
  journal: Change[] | undefined;

  /** Hears of every commit, where somebody wants to. */
  announce: ((changes: readonly CommittedChange[], nowMs: number) => void) | undefined;

  constructor(
    readonly realm: string,
    readonly seedName: string,
  ) {}

  table(entity: string): Table {
    let table = this.tables.get(entity);
    if (table === undefined) {
      table = new Table((stored) => this.journal?.push({ row: stored }));
      this.tables.set(entity, table);
    }
    return table;
  }

  recall(key: string): KeptAnswer | undefined {
    return this.answers.get(key);
  }

  remember(key: string, kept: KeptAnswer): void {
    this.answers.keep(key, kept);
    this.journal?.push({ replay: [key, replayOf(kept)] });
  }

  forget(key: string): void {
    this.answers.forget(key);
    this.journal?.push({ forgotten: key });
  }

  forgetAll(): void {
    for (const key of [...this.answers.keys()]) this.forget(key);
  }

  nextId(space: IdSpace): string {
    const counter = this.counters.get(space) ?? FIRST_ID[space] ?? 1;
    this.counters.set(space, counter + 1);
    return formatId(space, counter);
  }

  /** Accounts made through the API get ten-digit ids, seeded ones small ids. */
  startIdsAt(space: IdSpace, counter: number): void {
    this.counters.set(space, counter);
  }

  /** The next automatic number; supplying one's own does not move the counter. */
  nextDocNumber(sequence: string): string {
    const next = this.docNumbers.get(sequence) ?? 1001;
    this.docNumbers.set(sequence, next + 1);
    return String(next);
  }

  preferences(section: string): Fields | undefined {
    return child(this.table('Preferences').get('1')?.fields, section);
  }

  prefers(section: string, property: string): boolean {
    return flag(this.preferences(section), property);
  }

  get name(): string {
    return text(this.table('CompanyInfo').get('1')?.fields, 'CompanyName') ?? this.realm;
  }

  get bookCloseDate(): string | undefined {
    return text(this.preferences('AccountingInfoPrefs'), 'BookCloseDate');
  }

  get homeCurrency(): string {
    return text(child(this.preferences('CurrencyPrefs'), 'HomeCurrency'), 'value') ?? 'USD';
  }

  get country(): string {
    return text(this.table('CompanyInfo').get('1')?.fields, 'Country') ?? 'US';
  }

  /** The first live account of a subtype, made by the seed. */
  accountOf(subType: string): string | undefined {
    for (const stored of this.table('Account').find('AccountSubType', subType)) return stored.id;
    return undefined;
  }

  head(): CompanyHead {
    const { realm, seedName, status } = this;
    const counters = Object.fromEntries(this.counters);
    return { realm, seed: seedName, status, counters, docNumbers: Object.fromEntries(this.docNumbers) };
  }

  loadHead(head: CompanyHead): void {
    this.status = head.status;
    for (const [space, counter] of Object.entries(head.counters)) this.counters.set(space, counter);
    for (const [sequence, next] of Object.entries(head.docNumbers)) this.docNumbers.set(sequence, next);
  }

  private *replays(): Generator<readonly [key: string, replay: Replay]> {
    for (const key of this.answers.keys()) {
      const kept = this.answers.get(key);
      if (kept !== undefined) yield [key, replayOf(kept)];
    }
  }

  save(): CompanyState {
    const tables = [...this.tables].filter(([, table]) => table.size > 0);
    return {
      ...this.head(),
      tables: Object.fromEntries(tables.map(([entity, table]) => [entity, table.save()])),
      ledger: [...this.ledger.transactions()],
      links: [...this.links.sources()],
      replays: [...this.replays()],
    };
  }
}
