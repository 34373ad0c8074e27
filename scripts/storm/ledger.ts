import type { ConnectedFirm } from '../local/office.js';

/** Whether the books are books: each transaction balances, the trial balance does, and what clients owe is what is open. */
export async function ledgerComplaints({ qbo }: ConnectedFirm): Promise<string[]> {
  const transactions = await qbo.ledger();
  const complaints: string[] = [];
  const byAccount = new Map<string, number>();
  for (const { transaction, entries } of transactions) {
    const differ = entries.reduce((sum, { cents }) => sum + cents, 0);
    if (differ !== 0) complaints.push(`the books do not balance at ${transaction}`);
    for (const { accountId, cents } of entries) {
      byAccount.set(accountId, (byAccount.get(accountId) ?? 0) + cents);
    }
  }
  const trial = [...byAccount.values()].reduce((sum, cents) => sum + cents, 0);
  if (trial !== 0) complaints.push(`debits and credits differ by ${trial} cents`);
  const accounts = await qbo.objects('Account');
  const receivable = accounts.find(({ AccountType }) => AccountType === 'Accounts Receivable');
  const owedCents = byAccount.get(receivable?.Id ?? '') ?? 0;
  const openCents =
    (await sum(qbo.objects('Invoice'), 'Balance')) -
    (await sum(qbo.objects('CreditMemo'), 'RemainingCredit')) -
    (await sum(qbo.objects('Payment'), 'UnappliedAmt'));
  if (owedCents !== openCents) complaints.push(`clients owe ${owedCents} cents, and ${openCents} are open`);
  return complaints;
}

async function sum(objects: ReturnType<ConnectedFirm['qbo']['objects']>, field: string): Promise<number> {
  return (await objects).reduce((all, object) => all + Math.round(Number(object[field] ?? 0) * 100), 0);
}
