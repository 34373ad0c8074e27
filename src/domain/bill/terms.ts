import type { BillFacts, BillLine } from '../bill.js';
import { interestKey, invoiceKey } from '../document.js';
import type { FirmSettings, ItemKind } from '../firm.js';
import { remap } from '../reference.js';
import { lastPosted } from './counter.js';

type Named = Record<string, string>;

/**
 * A posted bill keeps the terms it was posted under: changed settings touch only what is not in QuickBooks yet, and
 * what a person has named.
 */
export function termsOf({ desired, documents, settings, newTerms, remapped = {} }: BillFacts): FirmSettings {
  const { billId } = desired;
  const posted =
    lastPosted(documents, billId, invoiceKey(billId)) ?? lastPosted(documents, billId, interestKey(billId));
  if (!posted) return settings;
  const terms = remap(newTerms ?? posted.terms, remapped);
  return {
    ...terms,
    items: { ...settings.items, ...terms.items },
    categories: { ...settings.categories, ...terms.categories },
    taxItems: { ...settings.taxItems, ...terms.taxItems },
    taxCodes: { ...settings.taxCodes, ...terms.taxCodes },
  };
}

/** What of the terms these lines use: that much is kept with the invoice, and no more than that. */
export function usedTerms(agreed: FirmSettings, lines: readonly BillLine[]): FirmSettings {
  const { prefix, items, tax, untaxedCode, classes, matters, interest, memo } = agreed;
  const taxNames = lines.flatMap(({ taxes = [] }) => [...taxes.map(({ name }) => name), groupName(taxes)]);
  const kinds: ItemKind[] = [
    ...lines.map(({ kind }) => kind),
    ...(taxNames.length > 0 ? ['tax' as const] : []),
  ];
  const maps = {
    categories: pick(
      agreed.categories,
      lines.flatMap(({ category }) => category ?? []),
    ),
    taxItems: pick(agreed.taxItems, taxNames),
    taxCodes: pick(agreed.taxCodes, taxNames),
  };
  return {
    prefix,
    items: pick(items, kinds),
    ...Object.fromEntries(Object.entries(maps).filter(([, map]) => Object.keys(map).length > 0)),
    ...(tax && { tax }),
    ...(untaxedCode !== undefined && { untaxedCode }),
    ...(classes && { classes }),
    ...(matters && { matters }),
    ...(interest && { interest }),
    ...(memo !== undefined && { memo }),
  };
}

const pick = (map: Named = {}, names: readonly string[]): Named =>
  Object.fromEntries(
    [...new Set(names)].flatMap((name) => (map[name] === undefined ? [] : [[name, map[name]]])),
  );

/** What the code of a line's taxes is chosen by: one name, or both joined. */
export const groupName = (taxes: readonly { name: string }[]): string =>
  taxes.map(({ name }) => name).join(' + ');

/** The item of a line; its category wins over its kind. */
export const itemOf = (
  { items, categories = {} }: FirmSettings,
  { kind, category }: Pick<BillLine, 'kind' | 'category'>,
): string | undefined => (category === undefined ? undefined : categories[category]) ?? items[kind];

export const taxItemOf = ({ items, taxItems = {} }: FirmSettings, name: string): string | undefined =>
  taxItems[name] ?? items.tax;

export const creditItemOf = (
  { items }: FirmSettings,
  kind: 'credit' | 'write-off' | 'bad-debt',
): string | undefined => (kind === 'credit' ? (items.credit ?? items.time) : items[kind]);
