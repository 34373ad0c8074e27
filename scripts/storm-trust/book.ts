import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';

/** What happens to one ledger; money in is above zero. */
export interface Movement {
  /** Account, client and matter. */
  ledger: string;
  on: string;
  cents: number;
}

/** A transaction that was taken, as it was said last. */
export interface Said {
  snapshot: TrustTransactionSnapshot;
  reversedBy?: string;
  /** A second person has recorded that it overdraws its matter. */
  overdraws: boolean;
  /** A bookkeeper had his hands on its entry. */
  meddled: boolean;
}

/** Whether some day's end is below zero after a change, and lower than it was before. */
export function fallsShort(before: readonly Movement[], after: readonly Movement[]): boolean {
  const days = new Set([...before, ...after].map(({ on }) => on));
  return [...days].some((day) => {
    const left = held(after, day);
    return left < 0 && left < held(before, day);
  });
}

const held = (movements: readonly Movement[], day: string): number =>
  movements.reduce((sum, { on, cents }) => (on <= day ? sum + cents : sum), 0);

export const COMES_IN: readonly string[] = ['deposit', 'interest', 'opening-balance'];

/**
 * A firm's client money as the billing app keeps it by itself: it knows by its own sums what has to be refused, and what
 * everybody has to have in the end. Shares no rule with what is tested.
 */
export class TrustBook {
  readonly said = new Map<string, Said>();
  /** Ids of which nothing may ever be in QuickBooks. */
  readonly refused = new Set<string>();

  legsOf(snapshot: TrustTransactionSnapshot): Movement[] {
    const { kind, accountId, client, matter, to, amountCents, date: on, reverses } = snapshot;
    if (kind === 'reversal') {
      const original = this.said.get(reverses ?? '')?.snapshot;
      return original ? this.legsOf(original).map((leg) => ({ ...leg, on, cents: -leg.cents })) : [];
    }
    const ledger = `${accountId}/${client.clientId}/${matter.matterId}`;
    const cents = COMES_IN.includes(kind) ? amountCents : -amountCents;
    const own = { ledger, on, cents };
    if (!to) return [own];
    return [
      own,
      { ledger: `${accountId}/${to.client.clientId}/${to.matter.matterId}`, on, cents: amountCents },
    ];
  }

  /** Of one ledger, or of all. */
  movements(ledger?: string, without?: string): Movement[] {
    const all = [...this.said].flatMap(([id, { snapshot }]) => (id === without ? [] : this.legsOf(snapshot)));
    return ledger === undefined ? all : all.filter((leg) => leg.ledger === ledger);
  }

  balance(ledger: string): number {
    return this.movements(ledger).reduce((sum, { cents }) => sum + cents, 0);
  }

  /** Whether this, in place of what was said of it before, leaves every matter enough at the end of every day. */
  hasMoneyFor(snapshot: TrustTransactionSnapshot): boolean {
    const legs = this.legsOf(snapshot);
    const former = this.said.get(snapshot.trustTransactionId)?.snapshot;
    const touched = new Set([...legs, ...(former ? this.legsOf(former) : [])].map(({ ledger }) => ledger));
    return [...touched].every((ledger) => {
      const others = this.movements(ledger, snapshot.trustTransactionId);
      const after = [...others, ...legs.filter((leg) => leg.ledger === ledger)];
      return !fallsShort(this.movements(ledger), after);
    });
  }

  take(snapshot: TrustTransactionSnapshot, overdraws = false): void {
    const { trustTransactionId: id, reverses } = snapshot;
    const known = this.said.get(id);
    this.said.set(id, { overdraws, meddled: false, ...known, snapshot });
    const original = this.said.get(reverses ?? '');
    if (original) original.reversedBy = id;
  }

  /** Forgets it, as if it had never been said; for trying out what would be. */
  drop(id: string): void {
    const { snapshot } = this.said.get(id) ?? {};
    this.said.delete(id);
    const original = this.said.get(snapshot?.reverses ?? '');
    if (original) delete original.reversedBy;
  }

  /** What all matters of an account hold together, which is what the bank has. */
  heldIn(accountId: string): number {
    return this.movements()
      .filter(({ ledger }) => ledger.startsWith(`${accountId}/`))
      .reduce((sum, { cents }) => sum + cents, 0);
  }
}
