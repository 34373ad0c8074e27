import type { Sow } from './plant.js';

/** Home units for one foreign unit, from the beginning of a year on. */
const RATES: readonly (readonly [code: string, asOf: string, rate: number])[] = [
  ['CAD', '2026-01-01', 0.73],
  ['EUR', '2025-01-01', 1.05],
  ['EUR', '2026-01-01', 1.16],
  ['GBP', '2026-01-01', 1.34],
];

/** Three foreign currencies with their rates, a bank and a client in euros. */
export function multicurrency(sow: Sow): void {
  for (const Code of ['CAD', 'EUR', 'GBP']) sow('CompanyCurrency', { Code });
  for (const [SourceCurrencyCode, AsOfDate, Rate] of RATES) {
    sow('ExchangeRate', { SourceCurrencyCode, AsOfDate, Rate });
  }
  const euros = { CurrencyRef: { value: 'EUR' } };
  sow('Account', { Name: 'Euro Bank', AccountType: 'Bank', AccountSubType: 'Checking', ...euros });
  sow('Customer', { DisplayName: 'Kanzlei Brandt', ...euros });
  sow('Vendor', { DisplayName: 'Gutachter Weiss', ...euros });
}
