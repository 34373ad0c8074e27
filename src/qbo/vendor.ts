import type { VendorIntent } from '../domain/intent.js';
import { compare, formerName, identity, linkBody, type Mapping, quote } from './mapping.js';

interface VendorBody {
  Id?: string;
  SyncToken?: string;
  DisplayName?: string;
  PrintOnCheckName?: string;
  Active?: boolean;
  Notes?: string;
}

const ADDRESS_LINES = 5;

/** QuickBooks has five lines for it; what is more stands in the last one. */
export function addressBody(address: string | undefined): Record<string, string> | undefined {
  const lines = (address ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) return undefined;
  const shown = [...lines.slice(0, ADDRESS_LINES - 1), lines.slice(ADDRESS_LINES - 1).join(', ')];
  return Object.fromEntries(shown.flatMap((line, index) => (line ? [[`Line${index + 1}`, line]] : [])));
}

const sameText = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

export const vendor: Mapping<VendorIntent> = {
  entity: 'Vendor',

  toBody(intent, link) {
    const address = addressBody(intent.address);
    return {
      ...linkBody(link),
      DisplayName: intent.name,
      // Only at birth: afterwards the address and the notes are the bookkeeper's.
      ...(!link && {
        PrintOnCheckName: intent.name,
        ...(address && { BillAddr: address }),
        Notes: intent.mark,
      }),
    };
  },

  read(object) {
    const body = object as VendorBody;
    return {
      ...identity(object),
      mark: body.Notes,
      summary: [
        `${body.Active === false ? 'inactive ' : ''}vendor ${body.DisplayName ?? '(no name)'}`,
        ...(body.Id === undefined ? [] : [`id ${body.Id}`]),
        ...(body.PrintOnCheckName === undefined ? [] : [`on cheques ${body.PrintOnCheckName}`]),
      ].join(', '),
    };
  },

  differences: (intent, object) => compare([['name', intent.name, (object as VendorBody).DisplayName]]),

  allDifferences: (intent, object) => vendor.differences(intent, object),

  unfit: (_intent, object) => ((object as VendorBody).Active === false ? 'it is inactive' : undefined),

  /** The name is unique among all names, and what is printed on the cheque has to be the same. */
  isSame(intent, object) {
    const { DisplayName = '', PrintOnCheckName = DisplayName } = object as VendorBody;
    return sameText(intent.name, DisplayName) && sameText(intent.name, PrintOnCheckName);
  },

  reactivated: ({ Id, SyncToken, DisplayName }: VendorBody) => ({
    Id,
    SyncToken,
    sparse: true,
    Active: true,
    DisplayName: formerName(DisplayName),
  }),

  lookups: (intent) => [
    `select * from Vendor where DisplayName = ${quote(intent.name)} and Active in (true, false)`,
  ],
};
