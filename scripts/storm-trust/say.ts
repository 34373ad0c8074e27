import { setTimeout as pause } from 'node:timers/promises';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import type { Stage } from '../storm/stage.js';
import type { TrustFirm } from './stage.js';

/** What the server said: taken, or the fault for which it was not. */
export type Answer = { taken: true; parked: boolean } | { taken: false; fault: string };

const TRIES = 10;
const BETWEEN_TRIES_MS = 500;

/** Sends it until there is an answer; sending it again is harmless. */
export async function ask(stage: Stage, snapshot: TrustTransactionSnapshot, query = ''): Promise<Answer> {
  for (let left = TRIES; ; left -= 1) {
    try {
      const { parked } = await stage.call('POST', `/v1/trust-transactions${query}`, snapshot);
      return { taken: true, parked: parked !== undefined };
    } catch (error) {
      const refused = /: 409 (\{.*\})$/s.exec(error instanceof Error ? error.message : '')?.[1];
      if (refused !== undefined) return { taken: false, fault: faultOf(refused) };
      if (left === 0) throw error;
      await pause(BETWEEN_TRIES_MS);
    }
  }
}

const faultOf = (json: string): string => (JSON.parse(json) as { error?: string }).error ?? json;

/** One family's billing app: what it says, what it knows by its own books, and what it was answered. */
export class Teller {
  /** Everything in its order, for whoever has to find out what went wrong. */
  readonly story: string[] = [];
  readonly complaints: string[] = [];

  constructor(
    readonly stage: Stage,
    readonly firm: TrustFirm,
  ) {}

  /** True when it was taken. Complains where that is not what our own books say. */
  async say(snapshot: TrustTransactionSnapshot, twice = false): Promise<boolean> {
    const { book } = this.firm;
    const hasMoney = book.hasMoneyFor(snapshot);
    const answers = await Promise.all(Array.from({ length: twice ? 2 : 1 }, () => ask(this.stage, snapshot)));
    const [answer] = answers;
    if (!answer) return false;
    this.tell(snapshot, answer);
    if (answers.some(({ taken }) => taken !== answer.taken)) this.complain(snapshot, 'was taken and refused');
    if (answer.taken !== hasMoney && !isFixed(answer)) {
      this.complain(
        snapshot,
        hasMoney ? 'was refused although the money is there' : 'was taken without money',
      );
    }
    this.keep(snapshot, answer);
    return answer.taken;
  }

  /** Both at once; in whichever order they came, the answers have to be those of that order. */
  async sayAtOnce(one: TrustTransactionSnapshot, other: TrustTransactionSnapshot): Promise<void> {
    const right = [this.inOrder(one, other), this.inOrder(other, one).reverse()].map(String);
    const answers = await Promise.all([ask(this.stage, one), ask(this.stage, other)]);
    this.tell(one, answers[0], 'at once with the next');
    this.tell(other, answers[1]);
    const found = String(answers.map(({ taken }) => taken));
    if (!right.includes(found))
      this.complain(one, `and the next were answered ${found}, not ${right.join(' or ')}`);
    this.keep(one, answers[0]);
    this.keep(other, answers[1]);
  }

  /** The bank has done it already: it is taken, and what overdraws a matter waits for a second person. */
  async sayHappened(snapshot: TrustTransactionSnapshot): Promise<void> {
    const { book } = this.firm;
    const hasMoney = book.hasMoneyFor(snapshot);
    const answer = await ask(this.stage, snapshot, '?happened=true');
    this.tell(snapshot, answer, 'has happened');
    if (!answer.taken || answer.parked === hasMoney)
      this.complain(snapshot, 'had happened, and was answered otherwise');
    if (!answer.taken) return;
    book.take(snapshot, answer.parked);
    if (answer.parked) await this.recordOverdraw(snapshot);
  }

  /** An older version after a newer one: nothing comes of it. */
  async repeat(snapshot: TrustTransactionSnapshot): Promise<void> {
    const answer = await ask(this.stage, snapshot);
    this.tell(snapshot, answer, 'again, an older version');
    if (!answer.taken) this.complain(snapshot, `said again was refused: ${answer.fault}`);
  }

  private inOrder(...snapshots: TrustTransactionSnapshot[]): boolean[] {
    const { book } = this.firm;
    const taken = snapshots.filter((snapshot) => {
      const hasMoney = book.hasMoneyFor(snapshot);
      if (hasMoney) book.take(snapshot);
      return hasMoney;
    });
    for (const { trustTransactionId } of taken) book.drop(trustTransactionId);
    return snapshots.map((snapshot) => taken.includes(snapshot));
  }

  private keep(snapshot: TrustTransactionSnapshot, answer: Answer): void {
    const { book } = this.firm;
    if (answer.taken) book.take(snapshot);
    else if (!book.said.has(snapshot.trustTransactionId)) book.refused.add(snapshot.trustTransactionId);
  }

  /** Another person than entered it records what the bank has done; nothing goes on before it is in the ledgers. */
  private async recordOverdraw({
    firmId,
    trustTransactionId: id,
    accountId,
    ...rest
  }: TrustTransactionSnapshot) {
    const { stage } = this;
    const ledger = `${accountId}/${rest.client.clientId}/${rest.matter.matterId}`;
    const wanted = this.firm.book.balance(ledger);
    for (let left = OVERDRAW_LOOKS; left > 0; left -= 1) {
      const { clientId } = rest.client;
      const path = `/v1/firms/${firmId}/trust-balances?accountId=${accountId}&clientId=${clientId}&matterId=${rest.matter.matterId}`;
      const { balances } = (await stage.call('GET', path)) as { balances: { acceptedCents: number }[] };
      if (balances[0]?.acceptedCents === wanted) return;
      await this.tryRemedy(firmId, id);
      await pause(BETWEEN_TRIES_MS);
    }
    this.complaints.push(`${id}: the overdraw that Kim recorded did not come into the ledger`);
  }

  private async tryRemedy(firmId: string, id: string): Promise<void> {
    const ref = { firmId, type: 'trustTransaction', id } as const;
    try {
      const { parked } = await this.stage.client.status(ref);
      if (parked?.fault !== 'trust-overdraw') return;
      await this.stage.client.remediate(ref, { action: 'record-overdraw', by: 'Kim', note: 'Bounced' });
      this.story.push(`${id}: Kim records the overdraw`);
    } catch (error) {
      // Nobody answers while the worker is dead, and it is asked again.
      this.story.push(`${id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private tell(
    { trustTransactionId: id, version, kind, amountCents, date, ...rest }: TrustTransactionSnapshot,
    answer: Answer,
    how = '',
  ) {
    const whose = `${rest.client.clientId}/${rest.matter.matterId}`;
    const to = rest.to ? ` to ${rest.to.client.clientId}/${rest.to.matter.matterId}` : '';
    const came = answer.taken ? (answer.parked ? 'taken, parked' : 'taken') : answer.fault;
    this.story.push(
      `${id} v${version} ${kind} ${rest.reverses ?? ''} ${amountCents} of ${date} ${rest.accountId}/${whose}${to} ${how}: ${came}`,
    );
  }

  private complain({ trustTransactionId: id }: TrustTransactionSnapshot, what: string): void {
    this.complaints.push(`${id}: ${what}`);
  }
}

const OVERDRAW_LOOKS = 120;

/** What QuickBooks may have is changed no more; whether it may is a matter of moments. */
const isFixed = (answer: Answer): boolean => !answer.taken && answer.fault === 'trust-money-fixed';
