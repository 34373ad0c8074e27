import type { CompanyProfile } from './company.js';
import { customerKey, liabilityKey, live, postedAs, type Documents, type Step } from './document.js';
import type { AccountIntent } from './intent.js';

/** Where what is owed to each client has an account of its own, below the one that it is owed on in total. */
export interface ClientAccount {
  /** Our trust account. */
  accountId: string;
  /** QuickBooks' id of its liability account. */
  parentQboId: string;
}

/** Plans below the largest have at most 250 accounts (Intuit's usage limits), which clients would soon use up. */
export const hasFewAccounts = ({ plan }: Pick<CompanyProfile, 'plan'>): boolean =>
  /\b(Simple Start|Essentials|Plus)\b/.test(plan);

/** QuickBooks' documents: Name, 100 characters, neither colons nor double quotes. */
const NAME_LENGTH = 100;
const CUT = '...';

/** The client's name, as QuickBooks takes it for an account; below one parent it is the only one, as among customers. */
export function clientAccountName(name: string): string {
  const taken = name
    .replaceAll(/\s*:\s*/g, ' - ')
    .replaceAll('"', "'")
    .trim();
  return taken.length <= NAME_LENGTH ? taken : `${taken.slice(0, NAME_LENGTH - CUT.length).trimEnd()}${CUT}`;
}

/** The first that is missing, once its client is there, or that has the client's former name. All else about it is the bookkeeper's. */
export function planClientAccount(
  { clientId, name }: { clientId: string; name: string },
  wanted: readonly ClientAccount[],
  documents: Documents,
  profile: Pick<CompanyProfile, 'plan'> | undefined,
): Step<AccountIntent> | undefined {
  if (!live(documents[customerKey(clientId)]) || (profile && hasFewAccounts(profile))) return undefined;
  const missing = wanted.find(({ accountId }) => !documents[liabilityKey(clientId, accountId)]);
  if (!missing) return planRename(clientAccountName(name), clientId, wanted, documents);
  const { accountId, parentQboId } = missing;
  const key = liabilityKey(clientId, accountId);
  const intent = { document: 'account', name: clientAccountName(name), parentQboId, mark: key } as const;
  return { do: 'write', key, action: 'create', intent };
}

function planRename(
  name: string,
  clientId: string,
  wanted: readonly ClientAccount[],
  documents: Documents,
): Step<AccountIntent> | undefined {
  for (const { accountId } of wanted) {
    const key = liabilityKey(clientId, accountId);
    const posted = live(postedAs<AccountIntent>(documents, key))?.intent;
    if (posted && posted.name !== name)
      return { do: 'write', key, action: 'update', intent: { ...posted, name } };
  }
  return undefined;
}
