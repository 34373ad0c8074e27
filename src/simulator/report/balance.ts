import type { Company } from '../company.js';
import { text } from '../fields.js';
import { nameOf } from '../reference.js';
import type { Stored } from '../table.js';

/** Sums of entries by account, those of the given days only. Debits are positive. */
export function centsByAccount(company: Company, from: string, to: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [, posted] of company.ledger.transactions()) {
    if (posted.date < from || posted.date > to) continue;
    for (const entry of posted.entries) {
      sums.set(entry.accountId, (sums.get(entry.accountId) ?? 0) + entry.cents);
    }
  }
  return sums;
}

/** The same by the name that the entries concern, on accounts of one type. */
export function centsByName(company: Company, accountType: string, to: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [, posted] of company.ledger.transactions()) {
    if (posted.date > to) continue;
    for (const { accountId, nameId, cents } of posted.entries) {
      if (nameId === undefined) continue;
      if (text(company.table('Account').get(accountId)?.fields, 'AccountType') !== accountType) continue;
      sums.set(nameId, (sums.get(nameId) ?? 0) + cents);
    }
  }
  return sums;
}

export function accountsOf(company: Company, types: readonly string[]): Stored[] {
  const accounts: Stored[] = [];
  for (const stored of company.table('Account').all()) {
    if (types.includes(text(stored.fields, 'AccountType') ?? '')) accounts.push(stored);
  }
  return accounts;
}

export function accountName(stored: Stored): string {
  return nameOf(stored) ?? stored.id;
}

/** Who a name id belongs to, whatever kind of name it is. */
export function holderName(company: Company, nameId: string): string {
  const holder = company.table('Customer').get(nameId) ?? company.table('Vendor').get(nameId);
  return (holder === undefined ? undefined : nameOf(holder)) ?? '';
}
