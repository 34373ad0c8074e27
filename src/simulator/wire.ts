import { formatInstant } from './clock.js';
import type { Fault } from './fault.js';
import { type Fields, isFields } from './fields.js';

/** Amounts of money are written with two decimals, or as a bare 0. */
const MONEY = new Set([
  'Amount',
  'Balance',
  'BalanceWithJobs',
  'CurrentBalance',
  'CurrentBalanceWithSubAccounts',
  'HomeBalance',
  'HomeTotalAmt',
  'NetAmountTaxable',
  'RemainingCredit',
  'TotalAmt',
  'TotalTax',
  'UnappliedAmt',
]);

function writeNumber(property: string, value: number): string {
  if (value !== 0 && MONEY.has(property)) return value.toFixed(2);
  return Number.isFinite(value) ? `${value}` : 'null';
}

const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** Most texts hold nothing that JSON must escape, and finding that out is cheaper than writing them with care. */
function writeText(value: string): string {
  return NEEDS_ESCAPE.test(value) ? JSON.stringify(value) : `"${value}"`;
}

/** The names of properties are few and come again and again. */
const NAMES = new Map<string, string>();

function writeName(name: string): string {
  let written = NAMES.get(name);
  if (written === undefined) {
    written = `${JSON.stringify(name)}:`;
    NAMES.set(name, written);
  }
  return written;
}

function writeList(values: readonly unknown[], property: string): string {
  let written = '[';
  for (const value of values) written += (written === '[' ? '' : ',') + writeJson(value, property);
  return `${written}]`;
}

/** JSON as the service writes it. Undefined properties are left out. */
export function writeJson(value: unknown, property = ''): string {
  if (typeof value === 'string') return writeText(value);
  if (typeof value === 'number') return writeNumber(property, value);
  if (Array.isArray(value)) return writeList(value, property);
  if (!isFields(value)) return JSON.stringify(value ?? null);
  let written = '{';
  for (const name in value) {
    const part = value[name];
    if (part === undefined) continue;
    written += `${written === '{' ? '' : ','}${writeName(name)}${writeJson(part, name)}`;
  }
  return `${written}}`;
}

/** The service's own fault: `Fault`, `Error`, `Message` with capitals, and an ISO time. */
export function serviceFault(fault: Fault, nowMs: number): Fields {
  return { Fault: faultBody(fault), time: formatInstant(nowMs) };
}

export function faultBody(fault: Fault): Fields {
  const errors = fault.findings.map(({ message, detail, code, element }) => ({
    Message: message,
    Detail: detail,
    code,
    element,
  }));
  return { Error: errors, type: fault.type };
}

export interface GatewayFault {
  readonly message: string;
  readonly detail: string | null;
  readonly code: string;
  readonly type: 'AUTHENTICATION' | 'SERVICE';
}

/** The gateway's fault: lower case, epoch milliseconds, and all the siblings that it leaves empty. */
export function gatewayFault(fault: GatewayFault, nowMs: number): Fields {
  return {
    warnings: null,
    intuitObject: null,
    fault: {
      error: [{ message: fault.message, detail: fault.detail, code: fault.code, element: null }],
      type: fault.type,
    },
    report: null,
    queryResponse: null,
    batchItemResponse: [],
    attachableResponse: [],
    syncErrorResponse: null,
    requestId: null,
    time: nowMs,
    status: null,
    cdcresponse: [],
  };
}

/** Unique within a run: the second of the call, and its number in the log. */
export function newTid(nowMs: number, seq: number): string {
  return `1-${Math.floor(nowMs / 1000).toString(16)}-${seq.toString(16).padStart(24, '0')}`;
}

/** Headers of every answer. Refusals come from further out and lack the service's own two. */
export function commonHeaders(tid: string, succeeded: boolean): Record<string, string> {
  const headers: Record<string, string> = {
    Server: 'nginx',
    intuit_tid: tid,
    'Strict-Transport-Security': 'max-age=15552000',
    'Cache-Control': 'max-age=0, no-cache, no-store, must-revalidate, private',
    Expires: '0',
    Vary: 'Accept-Encoding',
  };
  if (!succeeded) return headers;
  return { ...headers, 'QBO-Version': '1993.118', 'Service-Time': 'total=41, db=12' };
}
