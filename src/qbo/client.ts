import type { FaultAnswer } from '../domain/fault/entry.js';
import { readAnswer } from './fault-body.js';

export interface QboRequest {
  method: 'GET' | 'POST';
  /** Below the company, e.g. `invoice`. */
  path: string;
  query?: Record<string, string>;
  /** Exact bytes: a replay must send the same ones. */
  body?: string;
}

export interface QboCall extends QboRequest {
  realmId: string;
  accessToken: string;
}

export interface QboAnswer {
  httpStatus: number;
  body: string;
  json: Record<string, unknown>;
  intuitTid: string | undefined;
}

/** QuickBooks answered, and the answer is no. Holds exactly what came back. */
export class QboError extends Error {
  override readonly name = 'QboError';
  constructor(
    readonly fault: FaultAnswer,
    readonly body: string,
    readonly intuitTid: string | undefined,
    /** How long QuickBooks asks to be left alone, in milliseconds. */
    readonly retryAfterMs?: number,
  ) {
    super(fault.errors[0]?.message ?? `QuickBooks answered ${fault.httpStatus}`);
  }
}

/** No usable answer came. What the request did over there is unknown. */
export class QboUnreachable extends Error {
  override readonly name = 'QboUnreachable';
}

export interface QboOptions {
  /** Up to and without `/v3`, e.g. `https://quickbooks.api.intuit.com`. */
  apiUrl: string;
  timeoutMs: number;
}

const MINOR_VERSION = '75';

/** Sends one request, once. Retrying belongs to Temporal alone: else nobody can say how often a write was sent. */
export async function callQbo(options: QboOptions, call: QboCall): Promise<QboAnswer> {
  const { httpStatus, contentType, intuitTid, retryAfterMs, body } = await exchange(options, call);
  const read = readAnswer({ httpStatus, contentType, body });
  if ('fault' in read) throw new QboError(read.fault, body, intuitTid, retryAfterMs);
  return { httpStatus, body, intuitTid, json: read.json };
}

async function exchange(options: QboOptions, call: QboCall) {
  const url = new URL(`/v3/company/${encodeURIComponent(call.realmId)}/${call.path}`, options.apiUrl);
  url.search = new URLSearchParams({ ...call.query, minorversion: MINOR_VERSION }).toString();
  try {
    const response = await fetch(url, {
      method: call.method,
      headers: {
        authorization: `Bearer ${call.accessToken}`,
        // Without it QuickBooks answers in XML.
        accept: 'application/json',
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(call.body !== undefined && { body: call.body }),
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeoutMs),
    });
    return {
      httpStatus: response.status,
      contentType: response.headers.get('content-type') ?? undefined,
      intuitTid: response.headers.get('intuit_tid') ?? undefined,
      retryAfterMs: readRetryAfter(response.headers.get('retry-after')),
      body: await response.text(),
    };
  } catch (error) {
    throw new QboUnreachable(`No answer from QuickBooks: ${reason(error)}`, { cause: error });
  }
}

/** Nobody keeps a whole firm waiting for longer because of one header. */
const LONGEST_RETRY_AFTER_MS = 10 * 60_000;

/** Seconds or an HTTP date, the two forms that RFC 9110 allows; anything else counts as absent. */
function readRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS);
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
