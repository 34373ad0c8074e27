import type { FaultAnswer, FaultError } from '../domain/fault/entry.js';
import { readXmlFault } from './fault-xml.js';

export interface RawAnswer {
  /** 0 where nothing came back. */
  httpStatus: number;
  contentType?: string | undefined;
  body: string;
}

/** Details can quote a whole class of fields; nobody reads further, and the raw body is kept elsewhere. */
const TEXT_LENGTH = 4000;

/**
 * Normalises whatever QuickBooks, its gateway or a load balancer answered; undefined means success, which is a
 * 2xx with a JSON object and no fault in it. Total: never throws. Faults of single batch items are not looked at.
 */
export const readFaultAnswer = (raw: RawAnswer): FaultAnswer | undefined => {
  const read = readAnswer(raw);
  return 'fault' in read ? read.fault : undefined;
};

/** As `readFaultAnswer`, with the object of a success: a report is large, and read once. */
export function readAnswer(raw: RawAnswer): { fault: FaultAnswer } | { json: Record<string, unknown> } {
  const { httpStatus } = raw;
  // Some proxies put a byte order mark in front, which JSON.parse refuses.
  const body = raw.body.replace(/^\uFEFF/, '').trim();
  if (httpStatus < 100 && body === '') return { fault: { httpStatus, shape: 'none', errors: [] } };
  if (body === '') return { fault: { httpStatus, shape: 'empty', errors: [] } };
  if (body.startsWith('<')) return { fault: readMarkup(httpStatus, body) };
  const json = parse(body);
  if (!isRecord(json)) {
    const shape = /html/i.test(raw.contentType ?? '') ? 'html' : 'unreadable';
    return { fault: { httpStatus, shape, errors: errorsOfText(body) } };
  }
  const fault = readJson(httpStatus, json, body);
  return fault ? { fault } : { json };
}

function readMarkup(httpStatus: number, body: string): FaultAnswer {
  const fault = readXmlFault(body);
  if (!fault) return { httpStatus, shape: 'html', errors: errorsOfText(body) };
  return answer(httpStatus, 'xml', fault.type, fault.errors);
}

function readJson(httpStatus: number, json: Record<string, unknown>, body: string): FaultAnswer | undefined {
  // The fault is looked for before the status is: it also comes with HTTP 200.
  for (const [shape, fault] of [
    ['service', json.Fault],
    ['gateway', json.fault],
  ] as const) {
    // Successes of the gateway carry `"fault":null`.
    if (fault === undefined || fault === null) continue;
    if (!isRecord(fault)) return { httpStatus, shape, errors: [] };
    return answer(httpStatus, shape, textOf(fault.type), listOf(fault.Error ?? fault.error));
  }
  if (typeof json.error === 'string') {
    const reason = { code: json.error, message: json.error, detail: json.error_description };
    return answer(httpStatus, 'oauth', undefined, [reason]);
  }
  if (httpStatus >= 200 && httpStatus < 300) return undefined;
  return { httpStatus, shape: 'unreadable', errors: errorsOfText(body) };
}

function answer(
  httpStatus: number,
  shape: FaultAnswer['shape'],
  type: string | undefined,
  errors: readonly unknown[],
): FaultAnswer {
  // Intuit's schema and wire spell it without the second i, its documents with it.
  const family = type?.replace(/^Authorizaton/i, 'Authorization');
  return {
    httpStatus,
    shape,
    ...(family ? { type: family } : {}),
    errors: errors.filter(isRecord).map(normalise),
  };
}

function normalise(error: Record<string, unknown>): FaultError {
  const message = textOf(error.Message ?? error.message);
  const detail = textOf(error.Detail ?? error.detail);
  const element = textOf(error.element ?? error.Element);
  return {
    code: codeOf(error.code ?? error.Code) || codeInText(`${message} ${detail}`),
    message,
    detail,
    ...(element ? { element } : {}),
  };
}

function codeOf(value: unknown): string {
  const code = textOf(value);
  return /^\d+$/.test(code) ? code.replace(/^0+/, '') : code;
}

/** The gateway writes `message=AuthenticationFailed; errorCode=003200; statusCode=401`. */
function codeInText(text: string): string {
  return codeOf(/errorCode=(\d+)/i.exec(text)?.[1]);
}

function errorsOfText(body: string): FaultError[] {
  const message = body.slice(0, TEXT_LENGTH);
  const code = codeInText(message);
  return code ? [{ code, message, detail: '' }] : [];
}

function textOf(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' ? value.trim().slice(0, TEXT_LENGTH) : '';
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Not JSON is an answer like any other here; the caller names it.
    return undefined;
  }
}
