import { execute } from '../../../src/simulator/execute.js';
import { setPreferences } from '../../../src/simulator/control/company.js';
import type { Company } from '../../../src/simulator/company.js';
import { Fault } from '../../../src/simulator/fault.js';
import type { Fields } from '../../../src/simulator/fields.js';
import { parseOperation } from '../../../src/simulator/operation.js';
import { present } from '../../../src/simulator/present.js';
import { writeJson } from '../../../src/simulator/wire.js';
import { World } from '../../../src/simulator/world.js';
import { checkAgainstSchema } from '../schema.js';
import { REALM } from '../company.js';

export interface Outcome {
  /** The answer as a caller would read it, undefined when it was refused. */
  readonly value: Fields | undefined;
  readonly code: string | undefined;
  readonly detail?: string | undefined;
}

export interface Touched {
  readonly entity: string;
  readonly id: string;
}

/** One company, driven through the simulator's own engine, without a wire between. */
export class Office {
  readonly world: World;
  readonly company: Company;
  private touched: Touched[] = [];
  private answers = 0;

  constructor(
    /** Every answer of so many is held against the schema, where there is one. */
    private readonly schemaEvery: number,
    seed = 'law-firm',
  ) {
    this.world = new World(seed);
    this.company = this.world.company(REALM);
    this.world.clock.freeze(Date.parse('2026-03-02T18:00:00Z'));
    this.company.announce = (changes) => {
      for (const { stored } of changes) this.touched.push({ entity: stored.entity, id: stored.id });
    };
  }

  /** What nobody tells of, but who did it knows. */
  alsoTouched(touched: readonly Touched[]): void {
    this.touched.push(...touched);
  }

  /** What the last calls have changed; the next ones begin with nothing. */
  takeTouched(): Touched[] {
    return this.touched.splice(0);
  }

  /** @throws Error when the engine fails other than by a fault, or when an answer breaks the schema */
  call(method: 'GET' | 'POST', pathAndQuery: string, body?: unknown): Outcome {
    const [path = '', query = ''] = `/v3/company/${REALM}${pathAndQuery}`.split('?');
    const params = new URLSearchParams(query);
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const operation = parseOperation(method, path, params, text);
    if (operation === undefined) throw new Error(`there is no operation ${method} ${path}`);
    const { switches, clock } = this.world;
    const nowMs = clock.now();
    const { company } = this;
    try {
      const { value, bare } = execute({
        company,
        switches,
        nowMs,
        operation,
        method,
        path,
        params,
        body: text,
      });
      const read = JSON.parse(writeJson(value)) as Fields;
      this.check(bare === true ? read : { ...read, time: '2026-03-02T10:00:00-08:00' });
      return { value: read, code: undefined };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { value: undefined, code: error.findings[0]?.code, detail: error.findings[0]?.detail };
    }
  }

  private check(answer: Fields): void {
    this.answers += 1;
    if (this.answers % this.schemaEvery === 0) checkAgainstSchema(answer);
  }

  batch(BatchItemRequest: readonly Fields[]): Outcome {
    return this.call('POST', '/batch', { BatchItemRequest });
  }

  prefer(body: Fields): void {
    setPreferences({ world: this.world, parts: [REALM], params: new URLSearchParams(), body });
  }

  /** A live object as a reader sees it. */
  read(entity: string, id: string): Fields | undefined {
    const stored = this.company.table(entity).get(id);
    if (stored === undefined || stored.deleted) return undefined;
    return JSON.parse(writeJson(present(this.company, stored))) as Fields;
  }

  newest(entity: string): Fields | undefined {
    return this.read(entity, this.all(entity).at(-1) ?? '');
  }

  /** Ids of live objects; asking costs as much as there are. */
  all(entity: string): string[] {
    return [...this.company.table(entity).all()].filter((one) => !one.deleted).map((one) => one.id);
  }
}
