import type { CompanyProfile } from '../company.js';
import type { Documents, Step } from '../document.js';
import type { FirmSettings } from '../firm.js';
import type { PaymentIntent } from '../intent.js';
import type { OnTheWay } from '../on-the-way.js';
import type { PaidBill } from '../payment.js';
import type { TrustAccount } from '../trust-account.js';
import type { TrustTransactionSnapshot } from '../trust-transaction.js';
import type { Adoption } from './adoption/record.js';
import type { EntryIntent } from './entry.js';
import type { DaySum, LedgerKey, Leg } from './ledger.js';
import type { Original, TrustProblem } from './rule.js';

/** A leg, with how far it is. */
export interface EntryState extends Leg {
  state: 'reserved' | 'sent' | 'posted' | 'cancelled';
  /** A person has recorded that it overdraws. */
  overdrawId?: string;
}

/** A ledger that money is to be drawn from, as it stands under its lock. */
export interface DrawnLedger {
  key: LedgerKey;
  revision: number;
  days: readonly DaySum[];
  /** How far a person has let it be below zero. */
  overdrawCents: number;
  /** The next day on which more of it clears. */
  clearsOn?: string;
}

/** All that the plan of a trust transaction depends on. */
export interface TrustFacts {
  desired: TrustTransactionSnapshot;
  excluded: boolean;
  /** Its legs as they are on record; empty while its money is not reserved. */
  entries: readonly EntryState[];
  /** Why its money could not be reserved. */
  problem?: TrustProblem;
  documents: Documents;
  settings: FirmSettings;
  /** Absent = DEFAULT_PROFILE. */
  profile?: CompanyProfile;
  account?: TrustAccount;
  original?: Original;
  /** The transaction that takes this one back. */
  reversedBy?: string;
  /** By bill id: the one that a fee is applied to. */
  bills?: Readonly<Record<string, PaidBill>>;
  onTheWay?: OnTheWay;
  /** What the opening balances of its account come to in QuickBooks. */
  openedCents?: number;
  /** QuickBooks' ids of the bank accounts of all trust accounts of the firm. */
  trustBanks?: readonly string[];
  numberOverride?: string;
  /** A record of QuickBooks that is to be taken for it, as the billing app or a person says. */
  adopting?: Adoption;
  /** What is wrong with its cheque, as QuickBooks was last seen. */
  chequeTrouble?: TrustProblem;
  /** A cheque number that others may have too, as a person said. */
  allowedNumber?: string;
  /** It and what takes it back have left the ledgers, for nothing of either is in QuickBooks. */
  withdrawn?: true;
  lockChoice?: 'wait';
  /** What it draws from; asked for when nothing else stands in the way. */
  ledgers?: readonly DrawnLedger[];
}

export type TrustStep = Step<EntryIntent | PaymentIntent>;
export type EntryStep = Step<EntryIntent>;
