import { drawnOn, findCheque, nextChequeNumber, printQueue, warns } from '../cheque.js';
import type { Company } from '../company.js';
import { type Fields, child, refId } from '../fields.js';
import { present } from '../present.js';
import type { Stored } from '../table.js';
import { save } from '../write.js';
import { companyOf, ruleNamed } from './company.js';
import { ControlError, type ControlHandler, type ControlRequest, textOf } from './request.js';

/** The cheques that are meant: those named, else all that wait for that account, else all that wait. */
function chosen(company: Company, { body }: ControlRequest): Stored[] {
  const accountId = textOf(body, 'accountId');
  const waiting = printQueue(company).filter(
    (stored) => accountId === undefined || drawnOn(stored.entity, stored.fields) === accountId,
  );
  const { ids } = body;
  if (ids === undefined || ids === null) return waiting;
  if (!Array.isArray(ids)) throw new ControlError('ids must be an array');
  return ids.map((id) => {
    const cheque = waiting.find((stored) => stored.id === String(id));
    if (cheque === undefined) throw new ControlError(`no cheque ${String(id)} waits to be printed there`);
    return cheque;
  });
}

function startOf(company: Company, body: Fields, accountId: string): number {
  const given = body['startNumber'];
  if (given === undefined || given === null) return nextChequeNumber(company, accountId);
  const number = Number(given);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new ControlError('startNumber must be a whole number');
  return number;
}

function printed(stored: Stored, number: number): Fields {
  const body: Fields = { Id: stored.id, sparse: true, DocNumber: String(number) };
  if (stored.entity === 'Purchase') return { ...body, PaymentType: 'Check', PrintStatus: 'PrintComplete' };
  const payment = child(stored.fields, 'CheckPayment');
  const BankAccountRef = { value: refId(payment, 'BankAccountRef') };
  return { ...body, CheckPayment: { BankAccountRef, PrintStatus: 'PrintComplete' } };
}

/**
 * Prints waiting cheques of one bank account on consecutive paper: each gets its number and counts as a change.
 * Nothing is printed where a number is already used and the company warns of that.
 */
export const printCheques: ControlHandler = (request) => {
  const company = companyOf(request);
  const { switches, clock } = request.world;
  const queue = chosen(company, request);
  const accounts = new Set(queue.map((stored) => drawnOn(stored.entity, stored.fields)));
  if (accounts.size > 1)
    throw new ControlError('the cheques are of several accounts: say which by accountId');
  const [accountId = ''] = accounts;
  const start = queue.length === 0 ? 0 : startOf(company, request.body, accountId);
  const numbers = queue.map((_, index) => start + index);
  const taken = numbers.find((number) => findCheque(company, switches, accountId, String(number)).length > 0);
  if (taken !== undefined && warns(company, 'WarnDuplicateCheckNumber')) {
    throw new ControlError(`cheque number ${taken} has already been used`);
  }
  const nowMs = clock.now();
  const include = new Set(['screen', 'allowduplicatedocnum']);
  const results = queue.map((stored, index) => {
    const rule = ruleNamed(stored.entity);
    const body = printed(stored, numbers[index] ?? start);
    const write = { company, switches, nowMs, rule, body, include, ignoresToken: true };
    return present(company, save(write).stored);
  });
  return { printed: results };
};
