/** Integer cents everywhere; decimals exist only at QuickBooks' door. */

export const sumCents = (amounts: readonly number[]): number =>
  amounts.reduce((sum, cents) => sum + cents, 0);

/** Hours (in thousandths) times a rate (in cents), rounded half away from zero as QuickBooks rounds a line. */
export function timesRateCents(quantityThousandths: number, rateCents: number): number {
  const thousandths = BigInt(quantityThousandths) * BigInt(rateCents);
  const half = thousandths < 0n ? -500n : 500n;
  return Number((thousandths + half) / 1000n);
}

/** `123456` → `1,234.56`, for sentences. */
export function formatCents(cents: number): string {
  const whole = Math.trunc(Math.abs(cents) / 100).toString();
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const rest = (Math.abs(cents) % 100).toString().padStart(2, '0');
  return `${cents < 0 ? '-' : ''}${grouped}.${rest}`;
}
