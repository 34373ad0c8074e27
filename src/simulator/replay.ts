import type { Answer } from './answer.js';
import type { Company } from './company.js';
import { refuse } from './fault.js';
import type { Switches } from './switches.js';
import { writeJson } from './wire.js';

const MAX_LENGTH = 50;

/** @throws Fault 2130 when a request id is too long */
export function checkRequestId(requestId: string, max = MAX_LENGTH): void {
  if (requestId.length <= max) return;
  throw refuse('2130', `Invalid Request Id Format : the request id may have at most ${max} characters.`);
}

/** The stored answer of a request id, if it is still remembered. The body is not compared, as documented. */
export function recall(company: Company, key: string, switches: Switches, nowMs: number): Answer | undefined {
  const kept = company.recall(key);
  if (kept === undefined) return undefined;
  const keptMs = switches.requestIdRetentionMs;
  if (keptMs !== null && nowMs - kept.storedAtMs > keptMs) {
    company.forget(key);
    return undefined;
  }
  return { status: kept.status, json: kept.json };
}

/** Gives back the answer as it was written down, so that it need not be written twice. */
export function remember(company: Company, key: string, answer: Answer, nowMs: number): Answer {
  const json = writeJson(answer.value);
  company.remember(key, { status: answer.status, json, storedAtMs: nowMs });
  return { ...answer, json };
}
