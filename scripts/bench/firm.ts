import type { BillSnapshot } from '../../src/domain/bill.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import { connectFirm, type Office } from '../local/office.js';
import { SimulatorControl } from '../local/simulator-control.js';

/** A firm connected to a company of its own, and the bills that it sends. */
export interface BenchFirm {
  firmId: string;
  qbo: SimulatorControl;
  /** A bill that was never sent before, of the client `K1` unless another one is named. */
  bill(options?: { clientId?: string; lines?: number }): BillSnapshot;
}

let firms = 0;

/** With `latencyMs` every call to its company takes that much longer, as if QuickBooks were far away. */
export async function createFirm(
  office: Office,
  simulatorUrl: string,
  options: { latencyMs?: number } = {},
): Promise<BenchFirm> {
  firms += 1;
  const firmId = `bench-${firms}`;
  const qbo = new SimulatorControl(simulatorUrl, `9130${String(firms).padStart(12, '0')}`);
  await connectFirm({ ...office, qbo }, firmId, {});
  if (options.latencyMs) await qbo.fault('hang', { ms: options.latencyMs, count: null });
  let bills = 0;
  return {
    firmId,
    qbo,
    bill({ clientId = 'K1', lines = 3 } = {}) {
      bills += 1;
      return newBill(firmId, bills, clientId, lines);
    },
  };
}

const newBill = (firmId: string, number: number, clientId: string, lines: number): BillSnapshot => ({
  firmId,
  billId: `B${number}`,
  version: 1,
  state: 'approved',
  number: String(number),
  issuedOn: '2026-11-10',
  dueOn: '2026-12-10',
  client: { clientId, version: 1, name: `Client ${clientId}`, email: 'client@example.com' },
  matters: [{ matterId: 'M1', number: '2026-017', description: 'Engine dispute' }],
  lines: Array.from({ length: lines }, (_line, index) => ({
    kind: 'time',
    description: `Work item ${index + 1}`,
    date: '2026-11-02',
    timekeeper: 'R. Hale',
    hoursThousandths: 1500,
    rateCents: 30_000,
    amountCents: 45_000,
  })),
});

/** A payment of some bills of one client, of each as many cents as it says. */
export function paymentOf(
  paymentId: string,
  bills: readonly BillSnapshot[],
  centsOf: (bill: BillSnapshot) => number,
): PaymentSnapshot {
  const [first] = bills;
  if (!first) throw new Error('A payment of the benchmark is of one bill at least.');
  const allocations = bills.map((bill) => ({ billId: bill.billId, amountCents: centsOf(bill) }));
  return {
    firmId: first.firmId,
    paymentId,
    version: 1,
    state: 'received',
    receivedOn: '2026-11-20',
    client: first.client,
    amountCents: allocations.reduce((sum, { amountCents }) => sum + amountCents, 0),
    allocations,
  };
}

/** The next version of a bill: half an hour more on its first line. */
export function edited(bill: BillSnapshot): BillSnapshot {
  const [first, ...others] = bill.lines;
  if (first?.kind !== 'time') throw new Error('The first line of a bill of the benchmark is about time.');
  const more = {
    ...first,
    hoursThousandths: first.hoursThousandths + 500,
    amountCents: first.amountCents + first.rateCents / 2,
  };
  return { ...bill, version: bill.version + 1, lines: [more, ...others] };
}
