import type { AccountIntent } from '../domain/intent.js';
import {
  activeAgain,
  compare,
  identity,
  INACTIVE_SUFFIX,
  linkBody,
  type Mapping,
  quote,
  refValue,
} from './mapping.js';

interface AccountBody {
  Id?: string;
  SyncToken?: string;
  Name?: string;
  Description?: string;
  AccountType?: string;
  Active?: boolean;
  ParentRef?: unknown;
}

const LIABILITY = 'Other Current Liability';

/** What is owed to one client, below what is owed to all of them. Made once; of what is there only the name is ours. */
export const account: Mapping<AccountIntent> = {
  entity: 'Account',

  // QuickBooks wants name and type in every request.
  toBody: (intent, link) => ({
    ...linkBody(link),
    Name: intent.name,
    AccountType: LIABILITY,
    ...(!link && {
      SubAccount: true,
      ParentRef: { value: intent.parentQboId },
      Description: intent.mark,
    }),
  }),

  read(object) {
    const { Active, Name = '(no name)', Description } = object as AccountBody;
    return {
      ...identity(object),
      mark: Description,
      summary: `${Active === false ? 'inactive ' : ''}account ${Name}`,
    };
  },

  differences(intent, object) {
    const { Name, ParentRef, AccountType } = object as AccountBody;
    return compare([
      ['name', intent.name, Name],
      ['parent', intent.parentQboId, refValue(ParentRef)],
      ['type', LIABILITY, AccountType],
    ]);
  },

  allDifferences: (intent, object) => account.differences(intent, object),

  unfit(intent, object) {
    const { Active, AccountType, ParentRef } = object as AccountBody;
    if (Active === false) return 'it is inactive';
    if (AccountType !== LIABILITY) return `it is of the type ${AccountType ?? '?'}`;
    return refValue(ParentRef) === intent.parentQboId
      ? undefined
      : `it does not stand below account ${intent.parentQboId}`;
  },

  /** Names are unique below one parent. */
  isSame: (intent, object) => (object as AccountBody).Name?.toLowerCase() === intent.name.toLowerCase(),

  reactivated: activeAgain,

  lookups: (intent) => [
    `select * from Account where Name in (${quote(intent.name)}, ${quote(intent.name + INACTIVE_SUFFIX)}) and ParentRef = ${quote(intent.parentQboId)} and Active in (true, false)`,
  ],
};
