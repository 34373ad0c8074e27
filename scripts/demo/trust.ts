import type { ReconcileAnswer } from '../../src/activities/reconcile-trust.js';
import type { Reconciliation } from '../../src/domain/trust/reconciliation/reconcile.js';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import { setUpTrust } from '../local/office.js';
import type { QboObject } from '../local/simulator-control.js';
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

const chequeOf = async (stage: Stage, id: string) => {
  const path = `/v1/trustTransaction/${stage.firm.firmId}/${id}/status`;
  return (await stage.api('GET', path)).cheque as { state: string; number?: string };
};

/** What the schedule does every minute. */
const lookAround = (stage: Stage): Promise<unknown> =>
  stage.temporal.workflow.execute('mend', {
    workflowId: 'mend:demo',
    taskQueue: stage.world.env.COUNTERFOIL_SYNC_QUEUE ?? '',
    args: [{}],
  });

const printed: Chapter = {
  title: 'A cheque is printed in QuickBooks, and its number comes back',
  async play(stage) {
    const before = await stage.qbo.counts();
    await send(
      stage,
      movement(stage, 'C1', {
        kind: 'disbursement',
        amountCents: 3000,
        payee: 'Court Reporters',
        purpose: 'Transcript',
        cheque: { print: true, address: '5 Mill Road\nSalinas' },
      }),
    );
    await settled(stage, 'C1');
    const waiting = await chequeOf(stage, 'C1');
    await stage.qbo.printCheques({ startNumber: 5001 });
    await lookAround(stage);
    const cheques = (await stage.qbo.objects('Purchase')).filter(({ PrivateNote }) =>
      String(PrivateNote).startsWith('trust/C1/'),
    );
    const after = await stage.qbo.counts();
    return [
      claim(
        'It waited for the printer, as one cheque',
        [waiting.state, cheques.length],
        ['to-be-printed', 1],
      ),
      claim('The number on the paper is known', (await chequeOf(stage, 'C1')).number, cheques[0]?.DocNumber),
      claim('The money is gone from the client’s trust', (await owed(stage))[CLIENT.name], 2000),
      claim(
        'That took a write each for payee and cheque, and two reads for the number',
        [after.writes - before.writes, after.metered - before.metered],
        [2, 2],
      ),
    ];
  },
};

const reconciled: Chapter = {
  title: 'Bank, ledgers and QuickBooks are reconciled, and what parts them is named',
  async play(stage) {
    // The bank has not seen the cheque yet.
    const statement = { balanceCents: 5000, uncleared: [{ cents: -3000, trustTransactionId: 'C1' }] };
    const path = `/v1/firms/${stage.firm.firmId}/trust-accounts/IOLTA/reconciliations`;
    const compare = async () => {
      const answer = await stage.api('POST', path, { on: '2026-11-20', statement, by: 'Kim' });
      return (answer as unknown as ReconcileAnswer).result;
    };
    const figures = ({ ledgerCents, bank, bookBankCents, bookOwedCents }: Reconciliation) => [
      ledgerCents,
      bank?.adjustedCents,
      bookBankCents,
      bookOwedCents,
    ];
    const alike = await compare();
    const typed = await typeCharge(stage);
    const apart = await compare();
    const query = `firm=${stage.firm.firmId}&cause=client-money-parted`;
    const listed = await stage.api('GET', `/v1/attention?${query}`);
    await stage.qbo.bookkeeper('JournalEntry', typed, 'delete');
    const again = await compare();
    return [
      claim('The three are the same to the cent', [alike.agrees, ...figures(alike)], [true, ...TWENTY_EACH]),
      claim(
        "The bookkeeper's own entry is named, with its day",
        apart.parting?.by.map(({ on, entry }) => [on, entry?.number]),
        [['2026-11-18', 'BK-7']],
      ),
      claim('It stands in the list of what needs a person', (listed.items as unknown[]).length, 1),
      claim('Without it they are the same again', again.agrees, true),
    ];
  },
};

const TWENTY_EACH = [2000, 2000, 2000, 2000];

/** What a bookkeeper should not do in QuickBooks: take the bank's charge out of client money by hand. */
async function typeCharge(stage: Stage): Promise<QboObject> {
  const accounts = await stage.qbo.objects('Account');
  const line = (PostingType: string, name: string) => ({
    DetailType: 'JournalEntryLineDetail',
    Amount: 7.5,
    JournalEntryLineDetail: {
      PostingType,
      AccountRef: { value: accounts.find(({ Name }) => Name === name)?.Id },
    },
  });
  return await stage.qbo.bookkeeper('JournalEntry', {
    DocNumber: 'BK-7',
    TxnDate: '2026-11-18',
    PrivateNote: 'charge of the bank',
    Line: [line('Debit', 'Client Trust Liability'), line('Credit', 'Trust Bank (IOLTA)')],
  });
}

/** Client money: it comes in, is drawn, pays a bill, goes out by cheque, and is reconciled. */
export const TRUST: readonly Chapter[] = [kept, earned, printed, reconciled];
