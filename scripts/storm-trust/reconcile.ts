import type { ReconcileAnswer } from '../../src/activities/reconcile-trust.js';
import type { Difference } from '../../src/domain/trust/reconciliation/difference.js';
import type { Stage } from '../storm/stage.js';
import { LAST_DAY } from './life.js';
import type { Account, Done, TrustFirm } from './stage.js';

/**
 * Three ways, per account: they agree to the cent, or the report names a bookkeeper's deed for every difference, and every
 * deed. What the report takes our ledgers for is what the billing app knows by its own books.
 */
export async function reconcileAll(stage: Stage, firm: TrustFirm): Promise<string[]> {
  const complaints: string[] = [];
  for (const account of firm.accounts) {
    const { accountId } = account;
    const balanceCents = firm.book.heldIn(accountId);
    const path = `/v1/firms/${firm.firmId}/trust-accounts/${accountId}/reconciliations`;
    const order = { on: firm.calendar.on(LAST_DAY), statement: { balanceCents } };
    const answer = (await stage.call('POST', path, order)) as unknown as ReconcileAnswer;
    const done = firm.done.filter((one) => one.accountId === accountId);
    const found = [
      ...wrongTotals(answer, balanceCents, done),
      ...wrongMatters(answer, firm, accountId),
      ...wrongNames(answer, done),
      ...(await wrongInQuickBooks(firm, account, done)),
    ];
    complaints.push(...found.map((what) => `${accountId}: ${what}`));
  }
  return complaints;
}

function wrongTotals({ result }: ReconcileAnswer, balanceCents: number, done: readonly Done[]): string[] {
  const { agrees, ledgerCents, bookBankCents, bookOwedCents, bank } = result;
  const sides = `bank ${bank?.adjustedCents ?? '?'}, ledger ${ledgerCents}, QuickBooks ${bookBankCents} and ${bookOwedCents}`;
  const isSame = [ledgerCents, bookBankCents, bookOwedCents].every((cents) => cents === balanceCents);
  return [
    ...(ledgerCents === balanceCents ? [] : [`our ledger is not what was said, ${balanceCents}: ${sides}`]),
    ...(agrees || done.length > 0 ? [] : [`does not agree, and nobody has meddled: ${sides}`]),
    ...(agrees && !isSame ? [`is said to agree: ${sides}`] : []),
  ];
}

/** Matter by matter. */
function wrongMatters({ result }: ReconcileAnswer, { book }: TrustFirm, accountId: string): string[] {
  return result.matters.flatMap(({ clientId, matterId, ledgerCents }) => {
    const cents = book.balance(`${accountId}/${clientId}/${matterId}`);
    return cents === ledgerCents
      ? []
      : [`${clientId}/${matterId} holds ${cents}, our ledger says ${ledgerCents}`];
  });
}

/** The deed that a difference is about. */
const isAbout = ({ entry, trustTransactionId: id }: Difference, done: Done): boolean =>
  entry?.qboId === done.qboId || (id !== undefined && id === done.trustTransactionId);

function wrongNames({ result }: ReconcileAnswer, done: readonly Done[]): string[] {
  const { differences } = result;
  const strange = differences.filter((one) => !done.some((deed) => isAbout(one, deed)));
  const unnamed = done.filter((deed) => !differences.some((one) => isAbout(one, deed)));
  return [
    ...strange.map(({ text }) => `a difference that nobody has made: ${text}`),
    ...unnamed.map((deed) => `not named: ${JSON.stringify(deed)}`),
  ];
}

/** What QuickBooks' own figures say, without a report of ours: nobody is owed less than nothing, and all as we know it. */
async function wrongInQuickBooks(
  firm: TrustFirm,
  account: Account,
  done: readonly Done[],
): Promise<string[]> {
  if (done.length > 0) return [];
  const own = [...firm.below].filter(([, { parentId }]) => parentId === account.liabilityId);
  // What was adopted in nobody's name is drawn in the client's.
  const isNobodys = [...firm.adopted].some(
    ([id, { isNamed }]) => !isNamed && firm.book.said.get(id)?.snapshot.accountId === account.accountId,
  );
  const owed = [account.liabilityId, ...own.map(([id]) => id)];
  const names = (await Promise.all(owed.map((id) => firm.qbo.byName(id)))).flat();
  const owedCents = -names.reduce((sum, { cents }) => sum + cents, 0);
  const bankCents = (await firm.qbo.byName(account.bankId)).reduce((sum, { cents }) => sum + cents, 0);
  const balanceCents = firm.book.heldIn(account.accountId);
  return [
    ...names
      .filter(({ cents }) => account.isTagged && !isNobodys && cents > 0)
      .map(({ name }) => `${name} is below zero in the end`),
    ...(owedCents === balanceCents && bankCents === balanceCents
      ? []
      : [`QuickBooks has ${bankCents} in the bank and owes ${owedCents}; it was said ${balanceCents}`]),
  ];
}
