import { depositIn, depositsRequest } from '../../qbo/deposit.js';
import { linkIn } from '../../qbo/document.js';
import { absentReference } from './absent-reference.js';
import { ask } from './look.js';
import type { Attempt, Refusal } from './settle.js';

const DEPOSITED = 'payment-deposited';

/** What a person needs beside the refusal itself, at the cost of one read; without an answer it goes as it is. */
export async function explain<S>(attempt: Attempt<S>, refusal: Refusal): Promise<Refusal> {
  const { intent, body } = attempt.posting;
  if (refusal.entry.key !== DEPOSITED) return await absentReference(attempt, refusal);
  if (intent.document !== 'payment') return refusal;
  const reply = await ask(attempt, depositsRequest(intent.receivedOn));
  if (reply.kind !== 'answered') return refusal;
  const deposit = depositIn(reply.answer.json, linkIn(body).qboId);
  if (!deposit) return refusal;
  const { qboId: txnId, summary } = deposit;
  return { ...refusal, params: { ...refusal.params, txnType: 'Deposit', txnId, deposit: summary } };
}
