import { CallLog } from './call-log.js';
import { Clock } from './clock.js';
import { Company } from './company.js';
import { Hold, Holds, type Outcome } from './hold.js';
import type { Call } from './call.js';
import { Injection } from './injection.js';
import { DEFAULT_REALM, OAuth } from './oauth.js';
import { RateLimiter } from './rate-limit.js';
import { SEEDS, plant } from './seed/plant.js';
import { type Switches, defaultSwitches } from './switches.js';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Everything one running simulator knows. Nothing is kept outside of it, so that many can run in one process. */
export class World {
  readonly clock = new Clock();
  readonly switches: Switches = defaultSwitches();
  readonly calls = new CallLog();
  readonly injection = new Injection();
  readonly holds = new Holds();
  readonly credentials: Credentials = { clientId: 'test-client', clientSecret: 'test-secret' };
  oauth: OAuth;
  limiter = new RateLimiter();
  private companies = new Map<string, Company>();
  private readonly hangs = new Map<string, Hold>();

  constructor(private seedName: string) {
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
    this.companies.set(realm, company);
    return company;
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

  /** Back to the beginning: companies, tokens, faults, holds, switches, clock and call log. */
  reset(seedName = this.seedName): void {
    if (!SEEDS.includes(seedName))
      throw new Error(`there is no seed ${seedName}; known are ${SEEDS.join(', ')}`);
    this.seedName = seedName;
    this.releaseAll('drop');
    this.injection.clear();
    this.calls.clear();
    this.clock.reset();
    Object.assign(this.switches, defaultSwitches());
    this.oauth = new OAuth(() => this.clock.now(), this.switches);
    this.limiter = new RateLimiter();
    this.companies = new Map();
    this.company(DEFAULT_REALM);
  }
}
