import { type Bench, type Json, at } from './company.js';

/** One line of a journal entry. */
export function side(type: 'Debit' | 'Credit', accountId: string, amount: number, more: Json = {}): Json {
  const detail = { PostingType: type, AccountRef: { value: accountId }, ...more };
  return { Amount: amount, DetailType: 'JournalEntryLineDetail', JournalEntryLineDetail: detail };
}

export function named(type: 'Customer' | 'Vendor', id: string): Json {
  return { Entity: { Type: type, EntityRef: { value: id } } };
}

/** The ids of all accounts by their names. */
export async function accountIds(bench: Bench): Promise<(name: string) => string> {
  const { json } = await bench.query('select * from Account maxresults 1000');
  const found = (at(json, 'QueryResponse.Account') as Json[]).map(
    (one) => [one['Name'] as string, one['Id'] as string] as const,
  );
  const byName = new Map(found);
  return (name) => {
    const id = byName.get(name);
    if (id === undefined) throw new Error(`there is no account ${name}`);
    return id;
  };
}

/** The two columns of the trial balance, which must agree whatever was posted. */
export async function trialBalance(bench: Bench): Promise<[debits: string, credits: string]> {
  const { json } = await bench.get('/reports/TrialBalance?date_macro=All');
  const cells = at((at(json, 'Rows.Row') as Json[]).at(-1), 'Summary.ColData') as Json[];
  return [cells[1]?.['value'] as string, cells[2]?.['value'] as string];
}
