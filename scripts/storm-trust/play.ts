import { ServiceError } from '@temporalio/client';
import type { BillSnapshot } from '../../src/domain/bill.js';
import type { TrustTransactionSnapshot } from '../../src/domain/trust-transaction.js';
import { BookkeeperRefused } from '../local/simulator-control.js';
import type { Stage } from '../storm/stage.js';
import type { Movement, Said } from './book.js';
import { LAST_DAY, type After, type Family, type Move, type RecordType } from './life.js';
import type { Adoption } from '../../src/domain/trust/adoption/record.js';
import { sayEntered, type Entry } from './adopt.js';
import { meddle } from './meddle.js';
import { meddleWithCheque } from './paper.js';
import { Teller } from './say.js';
import { billOf, partyOf, snapshotOf } from './snapshot.js';
import { isUnprinted, type Account, type Owner, type TrustFirm } from './stage.js';

/** A family that was played: what happened to it, in its order, and what was wrong already then. */
export interface Played {
  name: string;
  story: string[];
  complaints: string[];
}

export const nameOf = (index: number): string => `S${index + 1}`;

/** The first two matters are of one client, the others of a second one. */
export const ownerOf = (name: string, matter: number): Owner => ({
  clientId: `${name}-${matter < 2 ? 'A' : 'B'}`,
  matterId: `M${matter + 1}`,
});

/** The firm's own line in each account, which its bank charges are drawn from. */
export const FIRM_ITSELF: Owner = { clientId: 'FIRM', matterId: 'OWN' };

const MOST_OF_IT = 4;
const MAY_CHANGE = ['deposit', 'disbursement'];
const MAY_MEDDLE = ['deposit', 'disbursement', 'transfer', 'interest', 'bank-charge'];
const TRIES = 10;

const sum = (movements: readonly Movement[]): number => movements.reduce((all, { cents }) => all + cents, 0);

type Of<Name extends Move['do']> = Extract<Move, { do: Name }>;

/** Plays one family, move after move, as a billing app, a bank and a bookkeeper would. */
export async function play(stage: Stage, firm: TrustFirm, family: Family, name: string): Promise<Played> {
  const player = new Player(new Teller(stage, firm), firm.accounts[family.account]!, family, name);
  const { story, complaints } = player.teller;
  for (const move of family.moves) {
    story.push(JSON.stringify(move));
    await player.play(move);
  }
  await player.makeGood();
  return { name, story, complaints };
}

class Player {
  private count = 0;

  constructor(
    readonly teller: Teller,
    private readonly account: Account,
    private readonly family: Family,
    private readonly name: string,
  ) {}

  private get firm(): TrustFirm {
    return this.teller.firm;
  }

  async play(move: Move): Promise<void> {
    switch (move.do) {
      case 'deposit':
        await this.teller.say(this.movement('deposit', this.owner(move.matter), move), move.twice);
        return;
      case 'interest':
        await this.teller.say(
          this.movement('interest', this.account.interestTo ?? this.owner(move.matter), move),
          move.twice,
        );
        return;
      case 'bank-charge':
        await this.teller.say(this.movement('bank-charge', FIRM_ITSELF, move));
        return;
      case 'disbursement': {
        await this.disburse(move);
        return;
      }
      case 'print': {
        await this.print();
        return;
      }
      case 'transfer': {
        await this.transfer(move);
        return;
      }
      case 'fee': {
        await this.earn(move);
        return;
      }
      case 'clears-later': {
        await this.clearLater(move);
        return;
      }
      case 'reversal':
      case 'bounce': {
        await this.takeBack(move);
        return;
      }
      case 'amendment': {
        await this.amend(move);
        return;
      }
      case 'last-dollar': {
        await this.lastDollar(move);
        return;
      }
      case 'crossing':
      case 'exchange': {
        await this.cross(move);
        return;
      }
      case 'meddle': {
        await this.meddle(move);
        return;
      }
      case 'meddle-cheque': {
        await this.meddleWithCheque(move);
        return;
      }
      case 'adopt': {
        await this.adopt(move);
        return;
      }
      case 'adopt-shared': {
        await this.adoptShared(move);
        return;
      }
    }
  }

  /** Whoever has overdrawn his matter pays it in, on the day from which it was missing. */
  async makeGood(): Promise<void> {
    const { book } = this.firm;
    for (let matter = 0; matter < this.family.matters; matter += 1) {
      const movements = book.movements(this.ledger(this.owner(matter)));
      const days = [...new Set(movements.map(({ on }) => on))].sort();
      const ends = days.map((day) => ({ day, cents: sum(movements.filter(({ on }) => on <= day)) }));
      const date = ends.find(({ cents }) => cents < 0)?.day;
      if (date === undefined) continue;
      const cents = -Math.min(...ends.map((end) => end.cents));
      const paid = this.movement('deposit', this.owner(matter), { cents, day: 1 });
      await this.teller.say({ ...paid, date, clearsOn: date });
    }
  }

  private async disburse({ matter: place, share, day, twice, paper }: Of<'disbursement'>): Promise<void> {
    const matter = await this.holder(place);
    const cents = this.quarters(matter, share);
    const cheque = { print: true, address: '5 Mill Road\nSalinas' } as const;
    const more = paper === 'none' ? {} : { cheque, ...(paper !== 'client' && { payee: paper }) };
    await this.teller.say(this.movement('disbursement', this.owner(matter), { cents, day }, more), twice);
  }

  /** What of this account waits for the printer, on paper whose numbers go on from the last. */
  private async print(): Promise<void> {
    const { bankId } = this.account;
    const before = (await this.firm.qbo.objects('Purchase')).filter(isUnprinted);
    const ids = before
      .filter(({ AccountRef }) => (AccountRef as { value?: string } | undefined)?.value === bankId)
      .map(({ Id }) => Id);
    if (ids.length === 0) return;
    try {
      await this.firm.qbo.printCheques({ accountId: bankId, ids });
      this.teller.story.push(`the bookkeeper prints ${ids.join(', ')}`);
    } catch (error) {
      // One of them was taken back meanwhile.
      if (!(error instanceof BookkeeperRefused)) throw error;
    }
  }

  private async transfer({ from: place, to, share, day }: Of<'transfer'>): Promise<void> {
    const from = await this.holder(place);
    await this.teller.say(
      this.gift(from, this.another(from, to), { cents: this.quarters(from, share), day }),
    );
  }

  /** The bill is as large as the fee; at times it is generated anew, and the fee goes over. */
  private async earn({ matter: place, share, day, billAnew }: Of<'fee'>): Promise<void> {
    const matter = await this.holder(place);
    const cents = this.quarters(matter, Math.min(share, MOST_OF_IT));
    const owner = this.owner(matter);
    const fee = this.movement('fee', owner, { cents, day });
    const billId = `B${fee.trustTransactionId}`;
    await this.send(billOf(this.firm.firmId, billId, owner, fee.date, cents));
    if (!(await this.teller.say({ ...fee, billId })) || !billAnew) return;
    const anew = `${billId}R`;
    await this.send(billOf(this.firm.firmId, anew, owner, fee.date, cents));
    await this.teller.say({ ...fee, billId: anew, version: 2 });
  }

  private async clearLater({ matter, cents, day }: Of<'clears-later'>): Promise<void> {
    const owner = this.owner(matter);
    const deposit = this.movement('deposit', owner, { cents, day });
    await this.teller.say({ ...deposit, clearsOn: this.firm.calendar.never });
    await this.teller.say(this.movement('disbursement', owner, { cents, day }));
    await this.teller.say({ ...deposit, version: 2, clearsOn: deposit.date });
  }

  private async takeBack(move: Of<'reversal' | 'bounce'>): Promise<void> {
    const original = this.pick(
      move.which,
      ({ snapshot: { kind } }) => move.do === 'reversal' || kind === 'deposit',
    );
    if (!original) return;
    const { snapshot } = original;
    const { clearsOn: _c, to: _t, billId: _b, adopts: _a, cheque, payee: _p, ...rest } = snapshot;
    // Both leave the ledgers together where it was not printed: on one day that is the same as two that make up for it.
    const on = cheque ? snapshot.date : this.firm.calendar.on(move.day);
    const reversal: TrustTransactionSnapshot = {
      ...rest,
      trustTransactionId: this.nextId('R'),
      version: 1,
      kind: 'reversal',
      reverses: snapshot.trustTransactionId,
      reason: move.do === 'bounce' ? 'Bounced' : 'Entered in error',
      date: on > snapshot.date ? on : snapshot.date,
    };
    if (move.do === 'bounce') await this.teller.sayHappened(reversal);
    else await this.teller.say(reversal);
  }

  private async amend({ which, of, cents, olderAfter }: Of<'amendment'>): Promise<void> {
    const older = this.pick(
      which,
      ({ snapshot: { kind, adopts } }) => of === 'words' || (MAY_CHANGE.includes(kind) && !adopts),
    )?.snapshot;
    if (!older) return;
    const version = older.version + 1;
    const more = of === 'words' ? { memo: `Said anew ${version}` } : { amountCents: cents };
    const taken = await this.teller.say({ ...older, ...more, version });
    if (taken && olderAfter) await this.teller.repeat(older);
  }

  private async lastDollar({ matter: place, day }: Of<'last-dollar'>): Promise<void> {
    const matter = await this.holder(place);
    const cents = this.quarters(matter, MOST_OF_IT);
    const owner = this.owner(matter);
    const one = this.movement('disbursement', owner, { cents, day });
    await this.teller.sayAtOnce(one, this.movement('disbursement', owner, { cents, day }));
  }

  private async cross({ do: how, from: place, to: goal, day }: Of<'crossing' | 'exchange'>): Promise<void> {
    const from = await this.holder(place);
    const to = this.another(from, goal);
    const [cents, other] = [this.quarters(from, MOST_OF_IT), this.quarters(to, MOST_OF_IT)];
    if (other < 0) return;
    const back =
      how === 'exchange' && other > 0
        ? this.gift(to, from, { cents: other, day })
        : this.movement('disbursement', this.owner(to), { cents: cents + other, day });
    await this.teller.sayAtOnce(this.gift(from, to, { cents, day }), back);
  }

  private async meddle({ deed, which, cents, day }: Of<'meddle'>): Promise<void> {
    const { firm, teller, account } = this;
    const standing = this.standing(
      ({ snapshot }) => MAY_MEDDLE.includes(snapshot.kind) && !snapshot.cheque && !snapshot.adopts,
    );
    const first = which % Math.max(1, standing.length);
    const among = [...standing.slice(first), ...standing.slice(0, first)];
    const on = firm.calendar.on(day);
    const done = await meddle(teller.stage, firm, account, { deed, among, cents, on });
    teller.story.push(`the bookkeeper: ${done ? JSON.stringify(done) : 'nothing'}`);
  }

  private async meddleWithCheque({ deed, which, cents }: Of<'meddle-cheque'>): Promise<void> {
    const { firm, teller, account } = this;
    const isCheque = ({ snapshot: { cheque } }: Said) => cheque !== undefined;
    if (this.standing(isCheque).length === 0) {
      const wish = { matter: which, share: 1, day: LAST_DAY, twice: false, paper: 'client' } as const;
      await this.disburse({ do: 'disbursement', ...wish });
      if (deed === 'cheque-number') await this.print();
    }
    const said = this.pick(which, isCheque);
    const done = said && (await meddleWithCheque(teller.stage, firm, account, { deed, said, cents }));
    teller.story.push(`the bookkeeper: ${done ? JSON.stringify(done) : 'nothing'}`);
  }

  private async adopt({ matter: place, as, cents, share, day, after }: Of<'adopt'>): Promise<void> {
    const isOut = as === 'Purchase';
    const matter = isOut ? await this.holder(place) : place;
    const owner = this.owner(matter);
    const kind = isOut ? 'disbursement' : 'deposit';
    const part = { kind, owner, cents: isOut ? this.quarters(matter, share) : cents } as const;
    await this.sayEntered(as, [part], day, after);
  }

  private async adoptShared({ matter, other, cents, day, after }: Of<'adopt-shared'>): Promise<void> {
    const first = matter % this.family.matters;
    const owners = [this.owner(first), this.owner(this.another(first, other))];
    const parts = owners.map((owner, index) => ({ kind: 'deposit' as const, owner, cents: cents + index }));
    await this.sayEntered('Deposit', parts, day, after);
  }

  private async sayEntered(type: RecordType, parts: readonly Entry[], day: number, after: After) {
    const said = (adopts: Adoption, { kind, owner, cents }: Entry) =>
      this.movement(kind, owner, { cents, day }, { adopts });
    const on = this.firm.calendar.on(day);
    await sayEntered(this.teller, this.account, { type, parts, on, after }, said);
  }

  private pick(which: number, fits: (said: Said) => boolean): Said | undefined {
    const own = this.standing(fits);
    return own[which % Math.max(1, own.length)];
  }

  /** Of this family's own: neither taken back nor meddled with. */
  private standing(fits: (said: Said) => boolean): Said[] {
    return [...this.firm.book.said.values()].filter(
      (said) =>
        said.snapshot.trustTransactionId.startsWith(`${this.name}-`) &&
        !['reversal', 'opening-balance'].includes(said.snapshot.kind) &&
        said.reversedBy === undefined &&
        !said.meddled &&
        fits(said),
    );
  }

  private movement(
    kind: TrustTransactionSnapshot['kind'],
    owner: Owner,
    { cents, day }: { cents: number; day: number },
    more: Partial<TrustTransactionSnapshot> = {},
  ): TrustTransactionSnapshot {
    const { firmId, calendar } = this.firm;
    const { accountId } = this.account;
    const trustTransactionId = this.nextId(kind.charAt(0).toUpperCase());
    const parts = { firmId, trustTransactionId, kind, accountId, date: calendar.on(day), amountCents: cents };
    return snapshotOf(parts, owner, more);
  }

  private gift(from: number, to: number, amount: { cents: number; day: number }): TrustTransactionSnapshot {
    const more = { to: partyOf(this.owner(to)), reason: 'Agreed' };
    return this.movement('transfer', this.owner(from), amount, more);
  }

  private owner(matter: number): Owner {
    return ownerOf(this.name, matter % this.family.matters);
  }

  /** A matter with money: one that has some already, or that is given some for it. */
  private async holder(place: number): Promise<number> {
    const all = Array.from({ length: this.family.matters }, (_none, matter) => matter);
    const rich = all.filter((matter) => this.quarters(matter, 1) > 0);
    const found = rich[place % Math.max(1, rich.length)];
    if (found !== undefined) return found;
    const matter = place % all.length;
    await this.teller.say(this.movement('deposit', this.owner(matter), { cents: 100_000, day: 2 }));
    // It owes more than that only where an overdraw was recorded; then another one has to do.
    return this.quarters(matter, 1) > 0 ? matter : await this.holder(place + 1);
  }

  private another(than: number, place: number): number {
    return (than + 1 + (place % (this.family.matters - 1))) % this.family.matters;
  }

  private ledger({ clientId, matterId }: Owner): string {
    return `${this.account.accountId}/${clientId}/${matterId}`;
  }

  private quarters(matter: number, share: number): number {
    return Math.floor((this.firm.book.balance(this.ledger(this.owner(matter))) * share) / 4);
  }

  private nextId(letter: string): string {
    this.count += 1;
    return `${this.name}-${this.count}${letter}`;
  }

  private async send(bill: BillSnapshot): Promise<void> {
    for (let left = TRIES; ; left -= 1) {
      try {
        await this.teller.stage.client.syncBill(bill);
        return;
      } catch (error) {
        // What Temporal did not take in time is sent again, as a billing app does.
        if (!(error instanceof ServiceError) || left === 0) throw error;
      }
    }
  }
}
