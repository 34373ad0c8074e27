import { Client, Connection } from '@temporalio/client';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CounterfoilClient, type AggregateStatus } from '../../src/client.js';
import { dataConverter } from '../../src/codec/data-converter.js';
import { readClientConfig } from '../../src/config.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { BillSnapshot } from '../../src/domain/bill.js';
import { workflowId } from '../../src/workflows/messages.js';
import { callApi, connectFirm, findConnectedFirm, takeNumber, type ConnectedFirm } from '../local/office.js';
import { SimulatorControl, type QboObject } from '../local/simulator-control.js';
import { findTemporalCli } from '../local/temporal-cli.js';
import type { LocalWorld } from '../local/world.js';
import { until } from './claim.js';

const run = promisify(execFile);

/** What the chapters of the story act with: a billing app, an operator, a bookkeeper, and the power switch. */
export class Stage {
  private constructor(
    readonly world: LocalWorld,
    readonly billing: CounterfoilClient,
    readonly temporal: Client,
    readonly firm: ConnectedFirm,
  ) {}

  static async open(world: LocalWorld, firmId: string): Promise<Stage> {
    const config = readClientConfig(world.env);
    const billing = await CounterfoilClient.connect(config);
    const connection = await Connection.connect(config.temporal.connection.reveal());
    const { namespace } = config.temporal;
    const temporal = new Client({
      connection,
      namespace,
      dataConverter: dataConverter(config.payloadKeyring),
    });
    const qbo = new SimulatorControl(world.simulatorUrl, DEFAULT_REALM);
    const here = { ...office(world), qbo };
    const firm = (await findConnectedFirm(here, firmId)) ?? (await connectFirm(here, firmId, {}));
    return new Stage(world, billing, temporal, firm);
  }

  async close(): Promise<void> {
    await this.billing.close();
    await this.temporal.connection.close();
  }

  get qbo(): SimulatorControl {
    return this.firm.qbo;
  }

  ref(billId: string): AggregateRef {
    return { firmId: this.firm.firmId, type: 'bill', id: billId };
  }

  bill(billId: string, over: Partial<BillSnapshot> = {}): BillSnapshot {
    return {
      firmId: this.firm.firmId,
      billId,
      version: 1,
      state: 'approved',
      number: billId,
      issuedOn: '2026-11-16',
      dueOn: '2026-12-16',
      client: { clientId: `client-of-${billId}`, version: 1, name: `Client of ${billId}` },
      matters: [{ matterId: `M-${billId}`, number: '2026-017', description: 'Engine dispute' }],
      lines: [
        time('Drafted the statement of claim', 1500, 32_000),
        time('Call with counsel', 400, 28_500),
        { kind: 'expense', description: 'Court fee', date: '2026-11-13', amountCents: 12_550 },
      ],
      ...over,
    };
  }

  async settled(...billIds: string[]): Promise<void> {
    for (const id of billIds) {
      await until(`bill ${id} is settled`, async () => (await this.billing.isSettled(this.ref(id))) === true);
    }
  }

  async parked(...billIds: string[]): Promise<AggregateStatus[]> {
    const statuses: AggregateStatus[] = [];
    for (const id of billIds) {
      await until(`bill ${id} is parked`, async () => {
        const status = await this.billing.status(this.ref(id));
        if (status.state === 'needs-attention') statuses.push(status);
        return status.state === 'needs-attention';
      });
    }
    return statuses;
  }

  /** The bookkeeper uses a number for a credit memo of a walk-in client. */
  takeNumber(number: string): Promise<QboObject> {
    return takeNumber({ qbo: this.qbo, items: this.firm.items }, number);
  }

  /** Numbers of the invoices in QuickBooks that begin like this, sorted. */
  async invoiceNumbers(prefix = ''): Promise<string[]> {
    const numbers = (await this.qbo.objects('Invoice')).map(({ DocNumber }) => String(DocNumber));
    return numbers.filter((number) => number.startsWith(prefix)).sort();
  }

  async countCustomers(name: string): Promise<number> {
    return (await this.qbo.objects('Customer')).filter(({ DisplayName }) => DisplayName === name).length;
  }

  api(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    return callApi(office(this.world), method, path, body);
  }

  handle(billId: string) {
    return this.temporal.workflow.getHandle(workflowId('bill', this.firm.firmId, billId));
  }

  /** The real `temporal` command, as an operator types it. */
  async cli(...args: string[]): Promise<string> {
    const { path } = await findTemporalCli(() => undefined);
    const { stdout } = await run(path, [...args, '--address', this.world.temporal.address]);
    return stdout;
  }

  /** One of our scripts, as an operator or an engineer on call types it. */
  async script(name: string, ...args: string[]): Promise<string> {
    const env = { ...process.env, ...this.world.env };
    const { stdout } = await run(process.execPath, ['--import', 'tsx', `scripts/${name}.ts`, ...args], {
      env,
    });
    return stdout;
  }
}

/** The company that the simulator plants for whoever asks for none in particular. */
const DEFAULT_REALM = '9130357849300000';

const office = ({ serverUrl, env }: LocalWorld) => ({ serverUrl, apiToken: env.COUNTERFOIL_API_TOKEN ?? '' });

const time = (description: string, hoursThousandths: number, rateCents: number) =>
  ({
    kind: 'time',
    description,
    date: '2026-11-12',
    timekeeper: 'R. Hale',
    hoursThousandths,
    rateCents,
    amountCents: (hoursThousandths * rateCents) / 1000,
  }) as const;
