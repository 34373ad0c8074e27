import { entryByKey } from '../../domain/fault/catalogue.js';
import { classify, type Classification } from '../../domain/fault/classify.js';
import type { FaultAction, DocumentType } from '../../domain/fault/entry.js';
import { callQbo, QboError, QboUnreachable, type QboAnswer, type QboRequest } from '../../qbo/client.js';
import { OauthError } from '../../qbo/oauth.js';
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
  | {
      kind: 'unknown';
      why: string;
      throttled: boolean;
      retryAfterMs?: number | undefined;
      evidence?: Evidence;
    };

/** What reading a record that is not there any more is answered with, in several wordings. */
const GONE = '610';

export const isGone = ({ refusal }: Extract<Reply, { kind: 'refused' }>): boolean =>
  refusal.error?.code === GONE;

/** One request, sent once; twice only when the token had expired, which QuickBooks says before it looks at the rest. */
export async function send(deps: Deps, subject: Subject, request: QboRequest): Promise<Reply> {
  const first = await tokenFor(deps, subject);
  if ('reply' in first) return first.reply;
  const reply = await attempt(deps, subject, request, first.token);
  if (reply.kind !== 'unknown' || !isExpired(reply)) return reply;
  const second = await tokenFor(deps, subject, first.token);
  if ('reply' in second) return second.reply;
  // Refused once more: it was renewed a moment ago, so the connection stands, and this passes as an outage does.
  return await attempt(deps, subject, request, second.token);
}

/** Intuit's token service can be away, or refuse us, just as QuickBooks itself can; nothing was sent then. */
async function tokenFor(
  deps: Deps,
  { firmId, realmId }: Subject,
  rejected?: string,
): Promise<{ token: string } | { reply: Reply }> {
  try {
    return { token: await deps.accessToken(firmId, realmId, rejected) };
  } catch (error) {
    if (!(error instanceof OauthError)) throw error;
    const { intuitTid, message: body } = error;
    if (error.kind === 'unreachable') return { reply: { kind: 'unknown', why: body, throttled: false } };
    return { reply: refusedBy('app-credentials-refused', { intuitTid, body }) };
  }
}

function refusedBy(faultKey: string, evidence: Evidence): Reply {
  const entry = entryByKey(faultKey);
  if (!entry) throw new Error(`The catalogue has no entry "${faultKey}".`);
  return {
    kind: 'refused',
    refusal: { entry, error: undefined, params: { reason: evidence.body } },
    evidence,
  };
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
      retryAfterMs: error.retryAfterMs,
      evidence,
    };
  }
}
