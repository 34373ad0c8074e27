import type { BillLine, LineTax, TimeLine } from '../bill.js';
import type { FirmSettings } from '../firm.js';
import type { SalesLineIntent } from '../intent.js';
import { timesRateCents } from '../money.js';
import { cutText } from '../text.js';
import { groupName, itemOf, taxItemOf } from './terms.js';

export interface LineContext {
  agreed: FirmSettings;
  /** Texts as this company keeps them. */
  plain: (text: string) => string;
  /** QuickBooks' id of a timekeeper's class, where lines have one. */
  classOf: (timekeeperId: string) => string | undefined;
}

/** Longest description of a line (QuickBooks' documents: 4,000 characters). */
const DESCRIPTION_LENGTH = 4000;

/** The lines of an invoice, tax included, as the firm wants its tax sent. */
export function salesLines(lines: readonly BillLine[], context: LineContext): SalesLineIntent[] {
  switch (context.agreed.tax) {
    case 'codes':
      return lines.map((line) => ({ ...salesLine(line, context), ...taxCode(line, context.agreed) }));
    case 'summary':
      return untaxed([...lines.map((line) => salesLine(line, context)), ...summary(lines, context)], context);
    default:
      return untaxed(
        lines.flatMap((line) => [
          salesLine(line, context),
          ...(line.taxes ?? []).flatMap((tax) => taxLine(tax, line.description, context)),
        ]),
        context,
      );
  }
}

/** Outside of the United States QuickBooks wants a code on each line, also where tax is a line itself. */
const untaxed = (lines: SalesLineIntent[], { agreed: { untaxedCode } }: LineContext): SalesLineIntent[] =>
  untaxedCode === undefined ? lines : lines.map((line) => ({ ...line, taxCodeId: untaxedCode }));

function salesLine(line: BillLine, { agreed, plain, classOf }: LineContext): SalesLineIntent {
  const told = line.kind === 'time' ? `${line.timekeeper}: ${line.description}` : line.description;
  const base: SalesLineIntent = {
    description: cutText(plain(told), DESCRIPTION_LENGTH),
    amountCents: line.amountCents,
    // Preflight has refused a bill with an unmapped line.
    itemId: itemOf(agreed, line) ?? '',
    ...(line.date !== undefined && { servedOn: line.date }),
  };
  if (line.kind !== 'time') return base;
  const classQboId = line.timekeeperId === undefined ? undefined : classOf(line.timekeeperId);
  return { ...base, ...multiplied(line), ...(classQboId !== undefined && { classQboId }) };
}

/** Half a cent of the rate, in hundred-thousandths of the currency's unit. */
const HALF_CENT = 500n;

/**
 * Quantity and price, where QuickBooks' product is the amount beyond doubt, else nothing. A product on half a cent is
 * rounded differently by different programs; then a price with five places, which reads as the same rate, decides it.
 */
export function multiplied({
  hoursThousandths,
  rateCents,
  amountCents,
}: Pick<TimeLine, 'hoursThousandths' | 'rateCents' | 'amountCents'>): Pick<
  SalesLineIntent,
  'quantityThousandths' | 'unitPriceCents' | 'unitPrice'
> {
  if (hoursThousandths === 0) return {};
  const hours = BigInt(hoursThousandths);
  const isHalf =
    (hours * BigInt(rateCents)) % 1000n === 500n || (hours * BigInt(rateCents)) % 1000n === -500n;
  if (timesRateCents(hoursThousandths, rateCents) === amountCents && !isHalf) {
    return { quantityThousandths: hoursThousandths, unitPriceCents: rateCents };
  }
  const price = roundedQuotient(BigInt(amountCents) * 1_000_000n, hours);
  const differsBy = price - BigInt(rateCents) * 1000n;
  if (differsBy <= -HALF_CENT || differsBy >= HALF_CENT) return {};
  // In 1e-8 of the unit; half a cent is 500,000 of them.
  const off = hours * price - BigInt(amountCents) * 1_000_000n;
  if (off <= -400_000n || off >= 400_000n) return {};
  return { quantityThousandths: hoursThousandths, unitPrice: places(price) };
}

function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const half = dividend < 0n ? -divisor / 2n : divisor / 2n;
  return (dividend + half) / divisor;
}

/** `12345678n` → `123.45678`. */
function places(price: bigint): string {
  const digits = (price < 0n ? -price : price).toString().padStart(6, '0');
  return `${price < 0n ? '-' : ''}${digits.slice(0, -5)}.${digits.slice(-5)}`;
}

const percent = (ratePerMillion: number): string => `${ratePerMillion / 10_000} %`;

function taxLine(tax: LineTax, on: string, { agreed, plain }: LineContext): SalesLineIntent[] {
  if (tax.amountCents === 0) return [];
  const told = plain(`${tax.name} ${percent(tax.ratePerMillion)} on: ${on}`);
  return [
    {
      description: cutText(told, DESCRIPTION_LENGTH),
      amountCents: tax.amountCents,
      itemId: taxItemOf(agreed, tax.name) ?? '',
    },
  ];
}

/** One line for each tax and rate, in the order in which they are first met. */
function summary(lines: readonly BillLine[], { agreed, plain }: LineContext): SalesLineIntent[] {
  const sums = new Map<string, SalesLineIntent>();
  for (const { name, ratePerMillion, amountCents } of lines.flatMap(({ taxes = [] }) => taxes)) {
    const description = plain(`${name} ${percent(ratePerMillion)}`);
    const known = sums.get(description) ?? {
      description,
      amountCents: 0,
      itemId: taxItemOf(agreed, name) ?? '',
    };
    sums.set(description, { ...known, amountCents: known.amountCents + amountCents });
  }
  return [...sums.values()].filter((line) => line.amountCents !== 0);
}

function taxCode({ taxes = [] }: BillLine, { taxCodes = {}, untaxedCode }: FirmSettings) {
  const taxCodeId = taxes.length === 0 ? untaxedCode : taxCodes[groupName(taxes)];
  return taxCodeId === undefined ? {} : { taxCodeId };
}
