import { Ledger } from './ledger.js';
import { LinkIndex } from './link.js';
import { Table } from './table.js';
import { type Fields, child, flag, text } from './fields.js';
import type { Answer } from './answer.js';

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

export interface Replay {
  readonly answer: Answer;
  readonly bodyHash: string;
  readonly storedAtMs: number;
}

/** One QuickBooks company: its objects, counters, books and remembered request ids. */
export class Company {
  readonly tables = new Map<string, Table>();
  readonly ledger = new Ledger();
  readonly links = new LinkIndex();
  readonly replays = new Map<string, Replay>();
  readonly adminName = 'Robin Bookkeeper';
  private readonly counters = new Map<string, number>();
  private readonly docNumbers = new Map<string, number>();
  status: 'active' | 'read-only' = 'active';

  constructor(
    readonly realm: string,
    readonly seedName: string,
  ) {}

  table(entity: string): Table {
    let table = this.tables.get(entity);
    if (table === undefined) {
      table = new Table();
      this.tables.set(entity, table);
    }
    return table;
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
    for (const stored of this.table('Account').all()) {
      if (!stored.deleted && stored.fields['AccountSubType'] === subType) return stored.id;
    }
    return undefined;
  }
}
