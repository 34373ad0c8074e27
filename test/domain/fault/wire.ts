import { classify, type FaultSubject } from '../../../src/domain/fault/classify.js';
import type { DocumentType, FaultAction } from '../../../src/domain/fault/entry.js';
import { readFaultAnswer, type RawAnswer } from '../../../src/qbo/fault-body.js';

/** One answer of QuickBooks and the entry it has to reach. */
export interface Row {
  key: string;
  raw: RawAnswer;
  about: FaultSubject;
}

export type WireError = [
  code: unknown,
  detail?: string | null,
  element?: string | undefined,
  message?: string,
];

const JSON_TYPE = 'application/json';

const servicePart = ([code, detail, element, message]: WireError) => ({
  Message: message ?? 'Message of the code',
  ...(detail !== undefined && { Detail: detail }),
  code,
  ...(element !== undefined && { element }),
});

export function service(errors: WireError[], httpStatus = 400, type = 'ValidationFault'): RawAnswer {
  const body = JSON.stringify({
    Fault: { Error: errors.map(servicePart), type },
    time: '2026-05-05T02:08:54.543-07:00',
  });
  return { httpStatus, contentType: JSON_TYPE, body };
}

export function gateway(
  httpStatus: number,
  message: string,
  detail: string | null,
  code: unknown,
  type = 'SERVICE',
): RawAnswer {
  const fault = { error: [{ message, detail, code, element: null }], type };
  const body = {
    warnings: null,
    intuitObject: null,
    fault,
    report: null,
    queryResponse: null,
    time: 1_601_391_072_830,
  };
  return { httpStatus, contentType: JSON_TYPE, body: JSON.stringify(body) };
}

export const xml = (httpStatus: number, fault: string): RawAnswer => ({
  httpStatus,
  contentType: 'application/xml',
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<IntuitResponse xmlns="http://schema.intuit.com/finance/v3" time="2026-05-05T02:08:54-07:00">${fault}</IntuitResponse>`,
});

export const html = (httpStatus: number, title: string): RawAnswer => ({
  httpStatus,
  contentType: 'text/html',
  body: `<html>\r\n<head><title>${title}</title></head>\r\n<body><center><h1>${title}</h1></center></body>\r\n</html>`,
});

export const oauth = (httpStatus: number, fields: Record<string, string>): RawAnswer => ({
  httpStatus,
  contentType: JSON_TYPE,
  body: JSON.stringify(fields),
});

export function row(
  key: string,
  raw: RawAnswer | WireError,
  document: DocumentType = 'invoice',
  action: FaultAction = 'create',
): Row {
  return { key, raw: Array.isArray(raw) ? service([raw]) : raw, about: { document, action } };
}

/** The whole way from the wire to the entry. */
export function keyOf({ raw, about }: Pick<Row, 'raw' | 'about'>): string | undefined {
  const answer = readFaultAnswer(raw);
  return answer && classify(answer, about).entry.key;
}
