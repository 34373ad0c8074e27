import type { Deposit } from '../../domain/document.js';
import { shownOf } from '../../domain/payment/deposit.js';
import { depositIn, depositsRequest } from '../../qbo/deposit.js';
import { linkIn } from '../../qbo/document.js';
import { saveDeposit } from '../../db/document.js';
import { ask } from './look.js';
import {
  parkPosting,
  planAgain,
  settleNo,
  settleRefused,
  type Attempt,
  type Refused,
  type Settled,
} from './settle.js';

/**
 * A payment lies in a deposit, which is looked for at the cost of one read. That is put on record, for its own plan and for
 * those of its bills, and planning says what comes of it.
 */
export async function settleDeposited<S>(
  attempt: Attempt<S>,
  refused: Refused,
): Promise<Settled | undefined> {
  const { port, ref, posting } = attempt;
  const { entry, params } = refused.refusal;
  if (entry.key !== 'payment-deposited') return undefined;
  const deposit = await findDeposit(attempt);
  if (ref.type !== 'payment') {
    const shown = { entry, params: { ...params, ...shownOf(deposit) } };
    return await settleRefused(attempt, shown, refused.evidence);
  }
  return await settleNo(attempt, refused, async (tx) => {
    await saveDeposit(tx, ref.firmId, posting.document_key, deposit);
    const step = await port.plan(tx, ref);
    if (step?.do !== 'park') return await planAgain(tx, attempt);
    return { parked: await parkPosting(tx, attempt, step.fault, step.params, refused.evidence, true) };
  });
}

async function findDeposit<S>(attempt: Attempt<S>): Promise<Omit<Deposit, 'version'>> {
  const { intent, body } = attempt.posting;
  if (intent.document !== 'payment') return {};
  const reply = await ask(attempt, depositsRequest(intent.receivedOn));
  return reply.kind === 'answered' ? (depositIn(reply.answer.json, linkIn(body).qboId) ?? {}) : {};
}
