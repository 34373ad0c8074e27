import type { Company } from './company.js';
import { currencyOf, rateOf, usesMulticurrency } from './entity/currency.js';
import { type Fields, numeric } from './fields.js';
import type { Entry, Leg } from './ledger.js';
import { fromCents, toCents } from './money.js';
import { shapeOf } from './shape/parse.js';
import type { Stored } from './table.js';

/** An amount in the home currency, to the cent. */
export function homeCents(amountCents: number, rate: number): number {
  return toCents((amountCents * rate) / 100);
}

function largest(entries: readonly Entry[]): number {
  let found = entries.length - 1;
  for (let index = 1; index < entries.length; index += 1) {
    if (Math.abs(entries[index]?.cents ?? 0) > Math.abs(entries[found]?.cents ?? 0)) found = index;
  }
  return found;
}

/**
 * What a transaction states in its currency as entries in the home currency. A leg that settles something of another
 * rate goes at that rate, and what is left is gained or lost by the exchange. Otherwise only rounding leaves
 * something, which the largest entry after the first takes.
 */
export function toHome(company: Company, { fields }: Stored, legs: readonly Leg[]): readonly Entry[] {
  if (currencyOf(company, fields) === company.homeCurrency) {
    const isBare = legs.every(({ rate }) => rate === undefined);
    return isBare ? legs : legs.map(({ rate: _rate, ...entry }) => entry);
  }
  const own = rateOf(company, fields);
  const entries: Entry[] = legs.map(({ rate, ...leg }) => ({
    ...leg,
    cents: homeCents(leg.cents, rate ?? own),
    foreignCents: leg.cents,
  }));
  const gap = entries.reduce((sum, entry) => sum + entry.cents, 0);
  if (gap === 0) return entries;
  if (legs.some(({ rate }) => rate !== undefined && rate !== own)) {
    return [...entries, { accountId: company.accountOf('ExchangeGainOrLoss') ?? 'exchange', cents: -gap }];
  }
  const taker = largest(entries);
  return entries.map((entry, index) => (index === taker ? { ...entry, cents: entry.cents - gap } : entry));
}

/** Adds to a transaction, as a reader sees it, what it comes to in the home currency. */
export function presentHome(company: Company, stored: Stored, fields: Fields): void {
  const shape = shapeOf(stored.entity);
  if (!usesMulticurrency(company) || shape?.has('ExchangeRate') !== true) return;
  const rate = rateOf(company, stored.fields);
  fields['ExchangeRate'] = rate;
  for (const [from, to] of [
    ['TotalAmt', 'HomeTotalAmt'],
    ['Balance', 'HomeBalance'],
  ] as const) {
    const amount = numeric(fields, from);
    if (amount !== undefined && shape.has(to)) fields[to] = fromCents(homeCents(toCents(amount), rate));
  }
}
