import type { BillSnapshot } from '../../src/domain/bill.js';
import { edited, paymentOf, type BenchFirm } from './firm.js';
import { constantFigure, type Figure } from './figure.js';
import { completion, type Run } from './run.js';
import type { BenchWorld } from './world.js';

/** What one run cost us, apart from QuickBooks. */
interface Cost {
  historyEvents: number;
  roundTrips: number;
}

const SHORT_LINES = 3;
const LONG_LINES = 300;

/** Must hold at the first bill of a firm as at the last one: asked early in the run and again when all else is done. */
export class Constancy {
  readonly #new: Record<string, Cost> = {};
  readonly #edit: Record<string, Cost> = {};
  readonly #payment: Record<string, Cost> = {};

  private constructor(
    private readonly world: BenchWorld,
    private readonly firm: BenchFirm,
    private readonly old: BillSnapshot,
  ) {}

  static async begin(world: BenchWorld): Promise<Constancy> {
    const firm = await world.firm();
    const old = firm.bill();
    await completion(world.temporal.workflow, await world.open.client.syncBill(old));
    const constancy = new Constancy(world, firm, old);
    const [short, long] = [firm.bill({ lines: SHORT_LINES }), firm.bill({ lines: LONG_LINES })];
    constancy.#new[`${SHORT_LINES} lines`] = await constancy.#costOf(short);
    constancy.#new[`${LONG_LINES} lines`] = await constancy.#costOf(long);
    constancy.#edit['first edit'] = await constancy.#costOf(edited(old));
    constancy.#payment[`a bill of ${SHORT_LINES} lines`] = await constancy.#costOfPaying(1, short);
    constancy.#payment[`of ${LONG_LINES} lines`] = await constancy.#costOfPaying(2, long);
    constancy.#payment['two bills'] = await constancy.#costOfPaying(3, short, long);
    return constancy;
  }

  /** Gives the firm `bills` more and the old bill `edits` more, and asks again. */
  async finish(bills: number, edits: number): Promise<Figure[]> {
    const { firm, world, old } = this;
    for (let more = 0; more < bills; more += 1)
      await completion(world.temporal.workflow, await world.open.client.syncBill(firm.bill()));
    this.#new[`after ${bills} more bills`] = await this.#costOf(firm.bill());
    let bill = edited(old);
    for (let more = 0; more < edits; more += 1) {
      bill = edited(bill);
      await completion(world.temporal.workflow, await world.open.client.syncBill(bill));
    }
    this.#edit[`after ${edits + 1} edits`] = await this.#costOf(edited(bill));
    for (let more = 0; more < edits; more += 1) await this.#costOfPaying(100 + more, bill);
    this.#payment[`one of ${edits} payments`] = await this.#costOfPaying(4, bill);
    this.#edit[`with ${edits + 1} payments`] = await this.#costOf(edited(edited(bill)));
    return [
      ...figuresOf('new', 'bill of a known client', this.#new),
      ...figuresOf('edit', 'edit of a bill', this.#edit),
      ...figuresOf('payment', 'payment', this.#payment),
    ];
  }

  async #costOf(bill: BillSnapshot): Promise<Cost> {
    return await this.#costOfRun(() => this.world.open.client.syncBill(bill));
  }

  /** A dollar of each bill. */
  async #costOfPaying(number: number, ...bills: BillSnapshot[]): Promise<Cost> {
    const payment = paymentOf(`PC${number}`, bills, () => 100);
    return await this.#costOfRun(() => this.world.open.client.syncPayment(payment));
  }

  async #costOfRun(accept: () => Promise<Run>): Promise<Cost> {
    const { statements, temporal } = this.world;
    const before = statements.length;
    const run = await accept();
    await completion(temporal.workflow, run);
    const roundTrips = statements.length - before;
    const history = await temporal.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
    return { historyEvents: history.events?.length ?? 0, roundTrips };
  }
}

function figuresOf(id: string, what: string, costs: Record<string, Cost>): Figure[] {
  const pick = (key: keyof Cost) =>
    Object.fromEntries(Object.entries(costs).map(([situation, cost]) => [situation, cost[key]]));
  const situations = Object.keys(costs).join(', ');
  return [
    constantFigure(
      { id: `history-${id}`, title: `history events, ${what} (${situations})` },
      pick('historyEvents'),
    ),
    constantFigure(
      { id: `round-trips-${id}`, title: `Postgres round trips, ${what} (the same)` },
      pick('roundTrips'),
    ),
  ];
}
