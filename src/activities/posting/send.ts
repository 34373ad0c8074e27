import { entryByKey } from '../../domain/fault/catalogue.js';
import { classify, type Classification } from '../../domain/fault/classify.js';
import type { FaultAction, DocumentType } from '../../domain/fault/entry.js';
import { callQbo, QboError, QboUnreachable, type QboAnswer, type QboRequest } from '../../qbo/client.js';
import type { QboOutcome } from '../../metric.js';
import type { Deps } from '../deps.js';
import type { Evidence } from './settle.js';

export interface Subject {
  firmId: string;
  realmId: string;
  document: DocumentType;
  action: FaultAction;
}

/** The three things an answer can be. `unknown` includes every answer that heals by itself. */
export type Reply =
  | { kind: 'answered'; answer: QboAnswer }
  | { kind: 'refused'; refusal: Classification; evidence: Evidence }
  | { kind: 'unknown'; why: string; throttled: boolean; evidence?: Evidence };

/** One request, sent once; twice only when the token had expired, which QuickBooks says before it looks at the rest. */
export async function send(deps: Deps, subject: Subject, request: QboRequest): Promise<Reply> {
  const token = await deps.accessToken(subject.firmId, subject.realmId);
  const reply = await attempt(deps, subject, request, token);
  if (reply.kind !== 'unknown' || !isExpired(reply)) return reply;
  const again = await attempt(
    deps,
    subject,
    request,
    await deps.accessToken(subject.firmId, subject.realmId, token),
  );
  return again.kind === 'unknown' && again.evidence && isExpired(again) ? revoked(again.evidence) : again;
}

/** A token that was renewed a moment ago and is refused: waiting heals nothing, a person has to connect again. */
function revoked(evidence: Evidence): Reply {
  const entry = entryByKey('connection-revoked');
  if (!entry) throw new Error('The catalogue has no entry for a revoked connection.');
  return { kind: 'refused', refusal: { entry, error: undefined, params: {} }, evidence };
}

const EXPIRED = new Set(['token-expired', 'unauthorized']);

const isExpired = (reply: Reply & { kind: 'unknown' }): boolean => EXPIRED.has(reply.why);

async function attempt(
  deps: Deps,
  subject: Subject,
  request: QboRequest,
  accessToken: string,
): Promise<Reply> {
  const startedAt = performance.now();
  const count = (outcome: QboOutcome) => deps.metrics.qboCall(outcome, performance.now() - startedAt);
  try {
    const answer = await callQbo(deps.qbo, { ...request, realmId: subject.realmId, accessToken });
    count('ok');
    return { kind: 'answered', answer };
  } catch (error) {
    if (error instanceof QboUnreachable) {
      count('unreachable');
      return { kind: 'unknown', why: error.message, throttled: false };
    }
    if (!(error instanceof QboError)) throw error;
    const refusal = classify(error.fault, subject);
    const evidence: Evidence = {
      body: error.body,
      httpStatus: error.fault.httpStatus,
      intuitTid: error.intuitTid,
    };
    if (refusal.entry.kind === 'permanent') return { kind: 'refused', refusal, evidence };
    return {
      kind: 'unknown',
      why: refusal.entry.key,
      throttled: refusal.entry.key === 'throttled',
      evidence,
    };
  }
}
