import type { Company } from '../company.js';
import { refId } from '../fields.js';
import type { Entry, Posted } from '../ledger.js';
import type { Stored } from '../table.js';
import { accountName, holderName } from './balance.js';

/** Whom a transaction is with, by its header. A journal entry says so on its lines only. */
export function partyId({ fields }: Stored): string | undefined {
  return refId(fields, 'CustomerRef') ?? refId(fields, 'VendorRef') ?? refId(fields, 'EntityRef');
}

/** Whom one entry concerns: what its own line says goes before the header. */
export function whomId(stored: Stored, entry: Entry): string | undefined {
  return entry.nameId ?? entry.aboutId ?? partyId(stored);
}

export function concerns(nameId: string, stored: Stored, posted: Posted): boolean {
  return partyId(stored) === nameId || posted.entries.some((entry) => whomId(stored, entry) === nameId);
}

export interface AccountShare {
  /** Absent where no name was given. */
  readonly id?: string;
  readonly name: string;
  /** Debits are positive, in cents of the home currency. */
  readonly cents: number;
}

/** The balance of an account on a day, split by whom it concerns. Names whose share is nothing are left out. */
export function sharesOf(company: Company, account: Stored, asOf: string) {
  const sums = new Map<string, number>();
  let cents = 0;
  for (const [key, posted] of company.ledger.transactions()) {
    if (posted.date > asOf) continue;
    const [entity = '', id = ''] = key.split(':');
    const stored = company.table(entity).get(id);
    for (const entry of posted.entries) {
      if (entry.accountId !== account.id || stored === undefined) continue;
      const nameId = whomId(stored, entry) ?? '';
      sums.set(nameId, (sums.get(nameId) ?? 0) + entry.cents);
      cents += entry.cents;
    }
  }
  const names: AccountShare[] = [...sums]
    .filter(([, share]) => share !== 0)
    .map(([id, share]) => ({
      ...(id === '' ? {} : { id }),
      name: holderName(company, id),
      cents: share,
    }));
  return { account: { id: account.id, name: accountName(account) }, asOf, cents, names };
}
