import { createHash } from 'node:crypto';
import type { Answer } from './answer.js';
import type { Company } from './company.js';
import { refuse } from './fault.js';
import type { Switches } from './switches.js';

const MAX_LENGTH = 50;

/** @throws Fault 2130 when a request id is too long */
export function checkRequestId(requestId: string, max = MAX_LENGTH): void {
  if (requestId.length <= max) return;
  throw refuse('2130', `Invalid Request Id Format : the request id may have at most ${max} characters.`);
}

export function hashBody(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** The stored answer of a request id, if it is still remembered. The body is not compared, as documented. */
export function recall(company: Company, key: string, switches: Switches, nowMs: number): Answer | undefined {
  const replay = company.replays.get(key);
  if (replay === undefined) return undefined;
  const keptMs = switches.requestIdRetentionMs;
  if (keptMs !== null && nowMs - replay.storedAtMs > keptMs) {
    company.forget(key);
    return undefined;
  }
  return replay.answer;
}

export function remember(company: Company, key: string, answer: Answer, body: string, nowMs: number): void {
  company.remember(key, { answer, bodyHash: hashBody(body), storedAtMs: nowMs });
}
