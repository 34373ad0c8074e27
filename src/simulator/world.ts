import { CallLog } from './call-log.js';
import { Clock } from './clock.js';
import { CommitLog } from './commit-log.js';
import { Company } from './company.js';
import { Hold, Holds, type Outcome } from './hold.js';
import type { Call } from './call.js';
import { Identity } from './identity.js';
import { Injection } from './injection.js';
import { DEFAULT_REALM, OAuth } from './oauth.js';
import { RateLimiter } from './rate-limit.js';
import { SEEDS, plant } from './seed/plant.js';
import { STATE_VERSION, type WorldHead, type WorldState, restoreCompany } from './state.js';
import { Webhooks } from './webhook.js';
import { type Switches, applySwitches, defaultSwitches } from './switches.js';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Everything one running simulator knows. Nothing is kept outside of it, so that many can run in one process. */
export class World {
  readonly clock = new Clock();
  readonly switches: Switches = defaultSwitches();
  readonly calls = new CallLog();
  readonly commits = new CommitLog();
  readonly injection = new Injection();
  readonly holds = new Holds();
  readonly webhooks = new Webhooks();
  readonly credentials: Credentials = { clientId: 'test-client', clientSecret: 'test-secret' };
  oauth: OAuth;
  readonly identity = new Identity();
  limiter = new RateLimiter();
  /** Writes down what has changed, where there is a state file. Nothing may be answered before it. */
  keep: () => void = () => undefined;
  private companies = new Map<string, Company>();
  private readonly hangs = new Map<string, Hold>();

  constructor(
    private seedName: string,
    /** Switches that a reset goes back to, where they differ from the defaults. */
    private readonly initial: Partial<Switches> = {},
  ) {
    Object.assign(this.switches, initial);
    this.oauth = new OAuth(() => this.clock.now(), this.switches);
    this.company(DEFAULT_REALM);
  }

  find(realm: string): Company | undefined {
    return this.companies.get(realm);
  }

  /** The company of a realm, planted from a seed when it is new. Throws on an unknown seed. */
  company(realm: string, seedName = this.seedName): Company {
    const known = this.companies.get(realm);
    if (known !== undefined) return known;
    if (!SEEDS.includes(seedName))
      throw new Error(`there is no seed ${seedName}; known are ${SEEDS.join(', ')}`);
    const company = new Company(realm, seedName);
    plant(company, this.switches, this.clock.now());
    this.admit(company);
    return company;
  }

  /** From here on, what happens in a company is written down and told to subscribers. */
  private admit(company: Company): void {
    company.announce = (changes, nowMs) => {
      this.commits.note(company.realm, changes, this.switches.callLogLimit);
      this.webhooks.note(company.realm, changes, nowMs);
    };
    this.companies.set(company.realm, company);
  }

  /** Stops a call for as long as the fault that hit it hangs. */
  async hangUntilReleased(faultId: string, call: Call): Promise<Outcome> {
    let hang = this.hangs.get(faultId);
    if (hang === undefined) {
      hang = new Hold(faultId, {}, 'before-commit', Number.POSITIVE_INFINITY);
      this.hangs.set(faultId, hang);
    }
    return hang.isReleased ? 'continue' : hang.stop(call);
  }

  releaseHang(faultId: string, outcome: Outcome): boolean {
    const hang = this.hangs.get(faultId);
    hang?.release(outcome);
    return hang !== undefined;
  }

  /** Lets go of every call that is stopped, wherever it was stopped. */
  releaseAll(outcome: Outcome): void {
    this.holds.releaseAll(outcome);
    for (const hang of this.hangs.values()) hang.release(outcome);
    this.hangs.clear();
  }

  realms(): string[] {
    return [...this.companies.keys()];
  }

  all(): Company[] {
    return [...this.companies.values()];
  }

  head(): WorldHead {
    const { seedName, clock, switches, oauth } = this;
    return {
      version: STATE_VERSION,
      seed: seedName,
      clock: clock.save(),
      switches: { ...switches },
      oauth: oauth.save(),
    };
  }

  save(): WorldState {
    return { ...this.head(), companies: this.all().map((company) => company.save()) };
  }

  /** @throws Error when the head makes no sense, before anything has changed */
  loadHead({ seed, clock, switches, oauth }: WorldHead): void {
    if (!SEEDS.includes(seed)) throw new Error(`there is no seed ${seed}; known are ${SEEDS.join(', ')}`);
    const chosen = defaultSwitches();
    applySwitches(chosen, switches);
    const restored = OAuth.restore(oauth, () => this.clock.now(), this.switches);
    this.seedName = seed;
    this.oauth = restored;
    this.clock.load(clock);
    Object.assign(this.switches, chosen);
  }

  /** A world as it was; faults, held calls and the call log end as in a reset. Throws before anything has changed. */
  load(state: WorldState): void {
    const companies = new Map(state.companies.map((saved) => [saved.realm, restoreCompany(saved)]));
    if (companies.size < state.companies.length) throw new Error('two companies have the same realm');
    this.loadHead(state);
    this.endRun();
    this.companies = new Map();
    for (const company of companies.values()) this.admit(company);
  }

  private endRun(): void {
    this.releaseAll('drop');
    this.webhooks.clear();
    this.injection.clear();
    this.calls.clear();
    this.commits.clear();
    this.limiter = new RateLimiter();
  }

  /** Back to the beginning: companies, tokens, faults, holds, switches, clock and call log. */
  reset(seedName = this.seedName): void {
    if (!SEEDS.includes(seedName))
      throw new Error(`there is no seed ${seedName}; known are ${SEEDS.join(', ')}`);
    this.seedName = seedName;
    this.endRun();
    this.clock.reset();
    Object.assign(this.switches, defaultSwitches(), this.initial);
    this.oauth = new OAuth(() => this.clock.now(), this.switches);
    this.companies = new Map();
    this.company(DEFAULT_REALM);
  }
}
