import type { BillSnapshot } from '../../src/domain/bill.js';
import { edited, type BenchFirm } from './firm.js';
import { exactFigure, type Figure } from './figure.js';
import { completion } from './run.js';
import type { BenchWorld } from './world.js';

/** What each operation costs at QuickBooks, by the simulator's own counters, against the least that is possible. */
export async function measureQuickBooksCalls(world: BenchWorld): Promise<Figure[]> {
  const firm = await world.firm();
  const { qbo } = firm;
  const sync = async (bill: BillSnapshot) => {
    await completion(world.temporal.workflow, await world.open.client.syncBill(bill));
  };
  const figures: Figure[] = [];
  const operation = async (id: string, title: string, budget: string, bill: BillSnapshot) => {
    const cost = await spent(firm, () => sync(bill));
    figures.push(exactFigure({ id: `calls-${id}`, title: `at QuickBooks: ${title}` }, cost, budget));
    return bill;
  };

  const first = await operation('new-client', 'bill of a new client', words(2, 0), firm.bill());
  const bill = await operation('known-client', 'bill of a known client', words(1, 0), firm.bill());
  await operation('same-again', 'same version again', words(0, 0), bill);
  const second = await operation('edit', 'edit', words(1, 0), edited(bill));

  await qbo.fault('commit-then-drop', { match: { entity: 'Invoice' } });
  const third = await operation(
    'lost-answer',
    'bill whose answer was lost, replayed',
    words(1, 0, 2),
    firm.bill(),
  );
  await operation('edit-after-replay', 'edit after that replay', words(1, 0), edited(third));
  await qbo.fault('service-unavailable', { match: { entity: 'Invoice' } });
  await operation('edit-in-outage', 'edit during an outage', words(1, 0, 2), edited(second));

  await pay(firm, first);
  await operation('edit-paid', 'edit of a bill paid since', words(1, 1, 2), edited(first));
  return figures;
}

/** Writes carried out and metered reads. A write that was sent more often than it was carried out is told apart. */
export function words(written: number, reads: number, sent = written): string {
  const attempts = sent === written ? '' : ` (sent ${sent} times)`;
  return `${written} ${written === 1 ? 'write' : 'writes'}${attempts}, ${reads} ${reads === 1 ? 'read' : 'reads'}`;
}

/** What an act costs at QuickBooks, by the simulator's own counters. */
export async function spent({ qbo }: BenchFirm, act: () => Promise<unknown>): Promise<string> {
  const before = await qbo.counts();
  await act();
  const after = await qbo.counts();
  return words(
    after.committed - before.committed,
    after.metered - before.metered,
    after.writes - before.writes,
  );
}

/** The bookkeeper receives money in QuickBooks itself, which moves the invoice's token. */
async function pay({ qbo }: BenchFirm, bill: BillSnapshot): Promise<void> {
  const invoices = await qbo.objects('Invoice');
  const invoice = invoices.find(({ DocNumber }) => DocNumber === bill.number)!;
  await qbo.bookkeeper('Payment', {
    CustomerRef: invoice.CustomerRef,
    TotalAmt: 1,
    Line: [{ Amount: 1, LinkedTxn: [{ TxnId: invoice.Id, TxnType: 'Invoice' }] }],
  });
}
