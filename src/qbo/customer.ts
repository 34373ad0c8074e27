import type { CustomerIntent } from '../domain/intent.js';
import { formatCents } from '../domain/money.js';
import { toCents } from './decimal.js';
import { compare, formerName, identity, linkBody, type Mapping, quote, refValue } from './mapping.js';

interface CustomerBody {
  Id?: string;
  SyncToken?: string;
  DisplayName?: string;
  PrimaryEmailAddr?: { Address?: string };
  ParentRef?: unknown;
  CurrencyRef?: unknown;
  Active?: boolean;
  Balance?: unknown;
  Notes?: string;
}

const sameText = (one: string, other: string | undefined): boolean =>
  one.toLowerCase() === other?.toLowerCase();

export const customer: Mapping<CustomerIntent> = {
  entity: 'Customer',

  toBody: (intent, link) => ({
    ...linkBody(link),
    DisplayName: intent.name,
    ...(intent.email !== undefined && {
      // A sparse update leaves alone what it does not name, so that taking it away has to be said.
      PrimaryEmailAddr: intent.email === '' ? null : { Address: intent.email },
    }),
    ...(intent.parentQboId !== undefined && { ParentRef: { value: intent.parentQboId }, Job: true }),
    // Only at birth: a currency is for ever, and afterwards the notes are the bookkeeper's.
    ...(!link && intent.currency !== undefined && { CurrencyRef: { value: intent.currency } }),
    ...(!link && { Notes: intent.mark }),
  }),

  read(object) {
    const body = object as CustomerBody;
    return {
      ...identity(object),
      mark: body.Notes,
      summary: [
        `${body.Active === false ? 'inactive ' : ''}customer ${body.DisplayName ?? '(no name)'}`,
        ...(body.Id === undefined ? [] : [`id ${body.Id}`]),
        ...(body.PrimaryEmailAddr?.Address === undefined ? [] : [body.PrimaryEmailAddr.Address]),
        ...(body.Balance === undefined ? [] : [`balance ${formatCents(toCents(body.Balance))}`]),
      ].join(', '),
    };
  },

  differences(intent, object) {
    const body = object as CustomerBody;
    const { email, parentQboId, currency } = intent;
    return compare([
      ['name', intent.name, body.DisplayName],
      ...(email === undefined
        ? []
        : [['e-mail', email || undefined, body.PrimaryEmailAddr?.Address] as const]),
      ...(parentQboId === undefined ? [] : [['parent', parentQboId, refValue(body.ParentRef)] as const]),
      ...(currency === undefined ? [] : [['currency', currency, refValue(body.CurrencyRef)] as const]),
    ]);
  },

  allDifferences: (intent, object) => customer.differences(intent, object),

  unfit(intent, object) {
    const { Active, CurrencyRef } = object as CustomerBody;
    if (Active === false) return 'it is inactive';
    const currency = refValue(CurrencyRef);
    if (intent.currency === undefined || intent.currency === currency) return undefined;
    return `its currency is ${currency ?? 'not known'}, and that of a customer never changes`;
  },

  isSame(intent, object) {
    const { DisplayName, PrimaryEmailAddr, ParentRef } = object as CustomerBody;
    return (
      refValue(ParentRef) === intent.parentQboId &&
      intent.name === DisplayName &&
      intent.email !== undefined &&
      sameText(intent.email, PrimaryEmailAddr?.Address)
    );
  },

  reactivated: ({ Id, SyncToken, DisplayName }: CustomerBody) => ({
    Id,
    SyncToken,
    sparse: true,
    Active: true,
    DisplayName: formerName(DisplayName),
  }),

  lookups: (intent) => [
    `select * from Customer where DisplayName = ${quote(intent.name)} and Active in (true, false)`,
  ],
};
