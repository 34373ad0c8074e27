import { ruleOf } from '../../../src/simulator/entity/registry.js';
import { Fault } from '../../../src/simulator/fault.js';
import type { Fields } from '../../../src/simulator/fields.js';
import { merge } from '../../../src/simulator/merge.js';
import { remove, save } from '../../../src/simulator/write.js';
import { Books } from './books.js';
import { POSTING } from './model.js';
import { Office, type Outcome } from './office.js';
import { Luck } from './random.js';
import { ReportCheck } from './report.js';
import { STEPS } from './step.js';

/** One thing that a caller or a bookkeeper does. Undefined where there is nothing yet to do it with. */
export type Step = (walk: Walk) => Outcome | undefined;

export interface WalkOptions {
  /** The books that it begins with. */
  readonly company?: string;
  readonly steps: number;
  readonly seed: number;
  /** All balances are worked out from the beginning after so many steps, and at the end. */
  readonly recountEvery: number;
  /** The reports are compared after so many steps, and at the end. */
  readonly reportsEvery: number;
  /** One of so many answers is held against the schema, where there is one. */
  readonly schemaEvery: number;
}

export interface WalkResult {
  readonly done: number;
  /** How often each step was accepted, and refused with which code. */
  readonly counts: Readonly<Record<string, number>>;
}

/** What posts, and what could. */
const CHANGEABLE = [...POSTING, 'Estimate', 'PurchaseOrder', 'TimeActivity'];

const DAY_MS = 86_400_000;
const WEIGHT = STEPS.reduce((sum, [weight]) => sum + weight, 0);

/** A random life of one company. It remembers only what it made, and asks for the rest. */
export class Walk {
  readonly luck: Luck;
  readonly office: Office;
  readonly books: Books;
  readonly discountAccount: string | undefined;
  /** The home currency first. */
  readonly currencies: readonly string[];
  private readonly made = new Map<string, string[]>();
  private readonly accounts = new Map<string, string[]>();
  private readonly seededAccounts = new Map<string, string>();
  private taxCodes: string[] = [];
  private names = 0;
  private isAtTheScreen = false;

  constructor(private readonly options: WalkOptions) {
    this.luck = new Luck(options.seed);
    this.office = new Office(options.schemaEvery, options.company ?? 'law-firm');
    this.books = new Books(this.office);
    for (const id of this.office.all('Account')) this.openAccount(this.office.read('Account', id) ?? {});
    for (const [type, ids] of this.accounts) this.seededAccounts.set(type, ids[0] ?? '');
    this.discountAccount = this.office.company.accountOf('DiscountsRefundsGiven') ?? this.accountOf('Income');
    const isForeign = this.office.company.prefers('CurrencyPrefs', 'MultiCurrencyEnabled');
    this.currencies = [this.office.company.homeCurrency, ...(isForeign ? ['EUR', 'CAD'] : [])];
    for (const entity of this.office.company.tables.keys())
      if (!['Account', 'TaxCode', 'TaxRate'].includes(entity)) this.made.set(entity, this.office.all(entity));
    this.learnTaxCodes();
    for (const entity of ['Customer', 'Vendor'])
      for (let first = 0; first < 3; first += 1) this.create(entity, { DisplayName: this.name(entity) });
    this.books.recount();
    this.office.takeTouched();
  }

  learnTaxCodes(): void {
    this.taxCodes = this.office.all('TaxCode').filter((id) => !['TAX', 'NON'].includes(id));
  }

  /** A code of the company; none where it collects no tax. */
  taxCode(): string {
    if (!this.office.company.prefers('TaxPrefs', 'UsingSalesTax')) return '';
    return this.luck.pick(this.taxCodes) ?? '';
  }

  openAccount(account: Fields): void {
    const type = String(account['AccountType']);
    this.accounts.set(type, [...(this.accounts.get(type) ?? []), String(account['Id'])]);
  }

  /** The first account of a type, which was there from the beginning. */
  seeded(type: string): string {
    return this.seededAccounts.get(type) ?? '';
  }

  currencyOf(entity: string, id: string): string {
    const fields = this.office.company.table(entity).get(id)?.fields;
    const code = (fields?.['CurrencyRef'] as Fields | undefined)?.['value'];
    return typeof code === 'string' ? code : this.office.company.homeCurrency;
  }

  /** A bank in a currency; sometimes another, to be refused. */
  bankIn(currency: string): string {
    const banks = this.accounts.get('Bank') ?? [];
    const own = banks.filter((id) => this.currencyOf('Account', id) === currency);
    return this.luck.pick(own.length === 0 || this.luck.chance(0.03) ? banks : own) ?? '';
  }

  merge(entity: string, id: string, into: string): Outcome {
    const concerned = this.books.postingTo(id);
    const { company, world } = this.office;
    try {
      merge({ company, switches: world.switches, nowMs: world.clock.now(), entity, id, into });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { value: undefined, code: error.findings[0]?.code };
    }
    for (const ids of this.accounts.values()) if (ids.includes(id)) ids.splice(ids.indexOf(id), 1);
    const matters = entity === 'Customer' ? company.table('Customer').find('ParentRef', into) : [];
    const moved = [...matters].map((matter) => ({ entity: 'Customer', id: matter.id }));
    this.office.alsoTouched([...concerned, ...moved, { entity, id }, { entity, id: into }]);
    return { value: {}, code: undefined };
  }

  name(kind: string): string {
    this.names += 1;
    return `${kind} ${this.names}`;
  }

  date(offsetDays: number): string {
    return new Date(this.office.world.clock.now() + offsetDays * DAY_MS).toISOString().slice(0, 10);
  }

  dated(): Fields {
    return this.luck.chance(0.3) ? {} : { TxnDate: this.date(-this.luck.whole(0, 60)) };
  }

  accountOf(...types: string[]): string {
    return this.luck.pick(types.flatMap((type) => this.accounts.get(type) ?? [])) ?? '';
  }

  /** The id of something that was made; mostly a recent one, so that things meet again. */
  pick(entity: string): string {
    const ids = this.made.get(entity) ?? [];
    const from = this.luck.chance(0.7) ? Math.max(0, ids.length - 30) : 0;
    return ids[this.luck.whole(from, ids.length - 1)] ?? '0';
  }

  read(entity: string): Fields | undefined {
    return this.office.read(entity, this.pick(entity));
  }

  /** A form of one customer or vendor. */
  readOf(entity: string, owner: string): Fields | undefined {
    const property = ['Bill', 'VendorCredit'].includes(entity) ? 'VendorRef' : 'CustomerRef';
    const own = [...this.office.company.table(entity).find(property, owner)];
    return this.office.read(entity, this.luck.pick(own.slice(-8))?.id ?? '');
  }

  readAny(): [entity: string, fields: Fields | undefined] {
    const entity = this.luck.pick(CHANGEABLE) ?? 'Invoice';
    return [entity, this.read(entity)];
  }

  create(entity: string, fields: Fields): Outcome {
    const outcome = this.post(entity, fields);
    const made = outcome.value?.[entity] as Fields | undefined;
    if (made !== undefined)
      this.made.set(entity, [...(this.made.get(entity) ?? []).slice(-400), String(made['Id'])]);
    return outcome;
  }

  post(entity: string, body: Fields, query = ''): Outcome {
    if (this.isAtTheScreen) return this.act(entity, body, query.includes('delete'));
    return this.office.call('POST', `/${entity.toLowerCase()}${query}`, body);
  }

  atTheScreen(step: () => Outcome | undefined): Outcome | undefined {
    this.isAtTheScreen = true;
    try {
      return step();
    } finally {
      this.isAtTheScreen = false;
    }
  }

  private act(entity: string, body: Fields, isDelete: boolean): Outcome {
    const rule = ruleOf(entity);
    if (rule === undefined) throw new Error(`there is no ${entity}`);
    const { company, world } = this.office;
    const include = new Set(['screen']);
    // As it would come over a wire, where there is nothing that is undefined.
    const sent = JSON.parse(JSON.stringify(body)) as Fields;
    const request = {
      company,
      switches: world.switches,
      nowMs: world.clock.now(),
      rule,
      body: sent,
      include,
    };
    try {
      (isDelete ? remove : save)({ ...request, ignoresToken: true });
      return { value: {}, code: undefined };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { value: undefined, code: error.findings[0]?.code };
    }
  }

  /** @throws Error that names the step after which something did not agree */
  run(): WalkResult {
    const counts: Record<string, number> = {};
    const { steps, recountEvery, reportsEvery } = this.options;
    for (let done = 1; done <= steps; done += 1) {
      const [name, outcome] = this.takeStep(done);
      const key = outcome === undefined ? `${name}: nothing to do` : `${name}: ${outcome.code ?? 'done'}`;
      counts[key] = (counts[key] ?? 0) + 1;
      this.at(done, name, () => {
        const touched = this.office.takeTouched();
        if (outcome?.code !== undefined && touched.length > 0)
          throw new Error('was refused, and changed something');
        this.books.follow(touched);
        if (done % recountEvery === 0 || done === steps) this.books.recount();
        if (done % reportsEvery === 0 || done === steps) new ReportCheck(this.office, this.books).run();
      });
    }
    return { done: steps, counts };
  }

  private takeStep(done: number): [string, Outcome | undefined] {
    let weight = this.luck.next() * WEIGHT;
    const [, name, step] = STEPS.find(([own]) => (weight -= own) < 0) ?? STEPS[0]!;
    this.office.world.clock.advance(this.luck.whole(0, 90_000));
    return [name, this.at(done, name, () => step(this))];
  }

  private at<T>(done: number, name: string, action: () => T): T {
    try {
      return action();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const where = `step ${done} of seed ${this.options.seed} (${this.options.company ?? 'law-firm'}), ${name}`;
      throw new Error(`${where}: ${reason}`, { cause: error });
    }
  }
}
