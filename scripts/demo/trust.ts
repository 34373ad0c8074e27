import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import { setUpTrust } from '../local/office.js';
import { claim, until } from './claim.js';
import type { Stage } from './stage.js';
import type { Chapter } from './story.js';

const MATTER = { matterId: 'M-trust', number: '2026-031', description: 'Patent of the engine' };
const CLIENT = { clientId: 'client-of-F1', version: 1, name: 'Client of F1' };

/** A movement of the client's money in the firm's one trust account. */
const movement = (
  stage: Stage,
  trustTransactionId: string,
  over: Partial<TrustTransactionSnapshot>,
): TrustTransactionSnapshot => ({
  firmId: stage.firm.firmId,
  trustTransactionId,
  version: 1,
  kind: 'deposit',
  accountId: 'IOLTA',
  date: '2026-11-16',
  amountCents: 100_000,
  client: CLIENT,
  matter: MATTER,
  purpose: 'Retainer',
  method: 'Cheque',
  enteredBy: 'Pat',
  ...over,
});

const send = (stage: Stage, snapshot: TrustTransactionSnapshot) =>
  stage.api('POST', '/v1/trust-transactions', snapshot);

const settled = async (stage: Stage, id: string): Promise<void> => {
  const ref = { firmId: stage.firm.firmId, type: 'trustTransaction', id } as const;
  await until(
    `trust transaction ${id} is settled`,
    async () => (await stage.billing.isSettled(ref)) === true,
  );
};

/** Cents that QuickBooks' trust liability holds for each client, as the simulator works it out. */
async function owed(stage: Stage): Promise<Record<string, number>> {
  const liability = (await stage.qbo.objects('Account')).find(
    ({ Name }) => Name === 'Client Trust Liability',
  );
  if (!liability) throw new Error('The company has no account for what it owes its clients.');
  const names = await stage.qbo.byName(liability.Id);
  return Object.fromEntries(names.map(({ name, cents }) => [name, -cents]));
}

const kept: Chapter = {
  title: 'Client money comes in, and no more can go out than there is',
  async play(stage) {
    await setUpTrust((...request) => stage.api(...request), stage.firm);
    const before = await stage.qbo.counts();
    await send(stage, movement(stage, 'T1', { payer: CLIENT.name }));
    await settled(stage, 'T1');
    const paid = (id: string, amountCents: number) =>
      movement(stage, id, {
        kind: 'disbursement',
        amountCents,
        payee: 'Court of Appeal',
        purpose: 'Filing fee',
      });
    const answers = await Promise.all(
      ['D1', 'D2'].map((id) =>
        send(stage, paid(id, 70_000)).then(
          () => 'accepted',
          (error: unknown) => (String(error).includes('trust-overdraw') ? 'refused' : String(error)),
        ),
      ),
    );
    await settled(stage, answers[0] === 'accepted' ? 'D1' : 'D2');
    const after = await stage.qbo.counts();
    return [
      claim('Of two who want the same money at once, one gets it', answers.sort(), ['accepted', 'refused']),
      claim("QuickBooks holds the rest in the client's name", (await owed(stage))[CLIENT.name], 30_000),
      claim('The new client and the two movements took a write each', after.writes - before.writes, 3),
    ];
  },
};

const earned: Chapter = {
  title: 'An earned fee goes from the trust account to its bill',
  async play(stage) {
    await stage.billing.syncBill(stage.bill('F1', { client: CLIENT }));
    await stage.settled('F1');
    await send(
      stage,
      movement(stage, 'F1', { kind: 'fee', billId: 'F1', amountCents: 25_000, purpose: 'Earned fees' }),
    );
    await settled(stage, 'F1');
    const invoice = (await stage.qbo.objects('Invoice')).find(({ DocNumber }) => DocNumber === 'N-F1');
    return [
      claim('The bill is paid by as much', Number(invoice?.TotalAmt) - Number(invoice?.Balance), 250),
      claim('The client has so much less in trust', (await owed(stage))[CLIENT.name], 5000),
    ];
  },
};

/** Client money: it comes in, is drawn, and pays a bill. */
export const TRUST: readonly Chapter[] = [kept, earned];
