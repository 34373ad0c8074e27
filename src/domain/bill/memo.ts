import type { BillSnapshot } from '../bill.js';
import type { FirmSettings } from '../firm.js';
import { cutText } from '../text.js';

/** Longest memo to the customer (QuickBooks' documents: 1,000 characters). */
const MEMO_LENGTH = 1000;

/**
 * What the client reads on the invoice: period, matters, notes, the firm's own text. Where that is too long, matters
 * are left out from the end and counted; where one of them is still too many, the whole is cut.
 */
export function memoOf(
  { servicePeriod, matters, notes }: BillSnapshot,
  agreed: FirmSettings,
  plain: (text: string) => string,
): string {
  const isSubCustomer = agreed.matters === 'sub-customer' && matters.length === 1;
  const named = isSubCustomer
    ? []
    : matters.map(({ number, description }) => plain(`${number} ${description}`.trim()));
  const period = servicePeriod && `Services ${servicePeriod.from} to ${servicePeriod.to}`;
  const build = (count: number): string =>
    [period, listed(named, count), plain(notes ?? ''), plain(agreed.memo ?? '')]
      .filter((part) => part !== undefined && part !== '')
      .join('\n');
  let count = named.length;
  while (count > 1 && build(count).length > MEMO_LENGTH) count -= 1;
  return cutText(build(count), MEMO_LENGTH);
}

function listed(named: readonly string[], count: number): string {
  const left = named.length - count;
  const more = left === 0 ? [] : [`and ${left} more`];
  return [...named.slice(0, count), ...more].join('; ');
}
