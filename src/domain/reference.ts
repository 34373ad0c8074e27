import type { FirmSettings, ItemKind, SettingsChange } from './firm.js';
import { ITEM_KINDS } from './firm.js';

/** Lists of QuickBooks that the firm's settings choose from. `Kind` is a kind or category that has nothing chosen yet. */
export const REFERENCE_LISTS = ['Item', 'Account', 'PaymentMethod', 'TaxCode', 'Kind'] as const;
export type ReferenceList = (typeof REFERENCE_LISTS)[number];

/** What a fault is about beside the document: one record of a list, or what should lead to one. */
export interface Reference {
  list: ReferenceList;
  id: string;
  /** It is there, and made inactive. */
  inactive?: true;
}

/** By `{list} {id}`: what a person has put in the place of that record. */
export type Remapped = Readonly<Record<string, string>>;

export const remapKey = ({ list, id }: Pick<Reference, 'list' | 'id'>): string => `${list} ${id}`;

type Mapped = Pick<
  FirmSettings,
  'items' | 'categories' | 'taxItems' | 'taxCodes' | 'untaxedCode' | 'depositAccountId' | 'paymentMethods'
>;

/** The settings with another record in the place of each that was remapped. */
export function remap<T extends Partial<Mapped>>(settings: T, remapped: Remapped): T {
  const one = (list: ReferenceList) => (id: string) => remapped[remapKey({ list, id })] ?? id;
  const all = <M extends object>(map: M, list: ReferenceList): M =>
    Object.fromEntries(
      Object.entries(map as Record<string, string>).map(([name, id]) => [name, one(list)(id)]),
    ) as M;
  const { items, categories, taxItems, taxCodes, untaxedCode, depositAccountId, paymentMethods } = settings;
  return {
    ...settings,
    ...(items && { items: all(items, 'Item') }),
    ...(categories && { categories: all(categories, 'Item') }),
    ...(taxItems && { taxItems: all(taxItems, 'Item') }),
    ...(taxCodes && { taxCodes: all(taxCodes, 'TaxCode') }),
    ...(untaxedCode !== undefined && { untaxedCode: one('TaxCode')(untaxedCode) }),
    ...(depositAccountId !== undefined && { depositAccountId: one('Account')(depositAccountId) }),
    ...(paymentMethods && { paymentMethods: all(paymentMethods, 'PaymentMethod') }),
  };
}

/** What of the firm's settings changes when `to` takes the place of a record; nothing is chosen that was not before. */
export function remapping(settings: FirmSettings, { list, id }: Reference, to: string): SettingsChange {
  if (list === 'Kind') {
    const kind = ITEM_KINDS.find((one): one is ItemKind => one === id);
    if (kind) return { items: { [kind]: to } };
    return { categories: { ...settings.categories, [id]: to } };
  }
  if (list === 'Account' && id === '') return { depositAccountId: to };
  const { items, categories, taxItems, taxCodes, untaxedCode, depositAccountId, paymentMethods } = remap(
    settings,
    { [remapKey({ list, id })]: to },
  );
  return {
    items,
    ...(categories && { categories }),
    ...(taxItems && { taxItems }),
    ...(taxCodes && { taxCodes }),
    ...(untaxedCode !== undefined && { untaxedCode }),
    ...(depositAccountId !== undefined && { depositAccountId }),
    ...(paymentMethods && { paymentMethods }),
  };
}
