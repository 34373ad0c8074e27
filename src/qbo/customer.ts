import type { CustomerIntent } from '../domain/intent.js';
import { compare, createdAt, quote, type Mapping } from './mapping.js';

interface CustomerBody {
  Id?: string;
  SyncToken?: string;
  DisplayName?: string;
  PrimaryEmailAddr?: { Address?: string };
  Notes?: string;
}

export const customer: Mapping<CustomerIntent> = {
  entity: 'Customer',

  toBody: (intent, link) => ({
    ...(link && { Id: link.qboId, SyncToken: link.syncToken, sparse: true }),
    DisplayName: intent.name,
    ...(intent.email !== undefined && { PrimaryEmailAddr: { Address: intent.email } }),
    // Only at birth: afterwards the notes are the bookkeeper's.
    ...(!link && { Notes: intent.mark }),
  }),

  read(object) {
    const body = object as CustomerBody;
    return {
      qboId: body.Id ?? '',
      syncToken: body.SyncToken ?? '',
      mark: body.Notes,
      createdAt: createdAt(object),
      summary: `customer ${body.DisplayName ?? '(no name)'}`,
    };
  },

  differences(intent, object) {
    const body = object as CustomerBody;
    return compare([
      ['name', intent.name, body.DisplayName],
      ...(intent.email === undefined
        ? []
        : ([['e-mail', intent.email, body.PrimaryEmailAddr?.Address]] as [string, unknown, unknown][])),
    ]);
  },

  allDifferences: (intent, object) => customer.differences(intent, object),

  lookups: (intent) => [
    `select * from Customer where DisplayName = ${quote(intent.name)} and Active in (true, false)`,
  ],
};
