import type { BillSnapshot, CreditNote } from '../../src/domain/bill.js';
import type { PaymentSnapshot } from '../../src/domain/payment.js';
import { edited, paymentOf } from './firm.js';
import { exactFigure, type Figure } from './figure.js';
import { spent, words } from './quickbooks-call.js';
import { completion } from './run.js';
import type { BenchWorld } from './world.js';

/** What the later life of a bill costs at QuickBooks: money that comes and goes, credits, and its end. */
export async function measureLifeCalls(world: BenchWorld): Promise<Figure[]> {
  const firm = await world.firm();
  const { client } = world.open;
  const { workflow } = world.temporal;
  const figures: Figure[] = [];
  const send = async (...bills: BillSnapshot[]) => {
    for (const bill of bills) await completion(workflow, await client.syncBill(bill));
  };
  const pay = async (payment: PaymentSnapshot) => completion(workflow, await client.syncPayment(payment));
  const operation = async (id: string, title: string, budget: string, act: () => Promise<unknown>) => {
    const cost = await spent(firm, act);
    figures.push(exactFigure({ id: `calls-${id}`, title: `at QuickBooks: ${title}` }, cost, budget));
  };

  const [one, other] = [firm.bill(), firm.bill()];
  await send(one, other);
  const all = paymentOf('P1', [one, other], (bill) => totalOf(bill) / 2);
  const part = { ...all, version: 2, allocations: all.allocations.slice(0, 1) };
  await operation('payment', 'payment of two bills', words(1, 0), () => pay(all));
  await operation('edit-after-payment', 'edit of a bill that we brought a payment to', words(1, 0), () =>
    send(edited(one)),
  );
  await operation('payment-changed', 'payment taken off one of its bills', words(1, 0), () => pay(part));
  await operation('payment-deleted', 'payment deleted', words(1, 0), () =>
    pay({ ...part, version: 3, state: 'deleted', allocations: [] }),
  );

  const credited = { ...other, version: 2, credits: [credit(9000)] };
  await operation('credit', 'credit note given and used', words(2, 0), () => send(credited));
  await operation('credit-less', 'credit note made smaller', words(2, 0), () =>
    send({ ...credited, version: 3, credits: [credit(4000)] }),
  );
  await operation('credit-withdrawn', 'credit note withdrawn', words(2, 0), () =>
    send({ ...other, version: 4 }),
  );
  await operation('void', 'bill void', words(1, 0), () => send({ ...other, version: 5, state: 'void' }));
  await operation('regenerated', 'bill void, and another one in its place', words(2, 0), () => {
    const last = edited(edited(one));
    return send({ ...last, state: 'void' }, { ...firm.bill(), replaces: last.billId });
  });
  return figures;
}

const totalOf = ({ lines }: BillSnapshot): number => lines.reduce((sum, line) => sum + line.amountCents, 0);

const credit = (amountCents: number): CreditNote => ({
  ...{ creditId: 'CN', date: '2026-11-20', amountCents, description: 'Courtesy' },
});
