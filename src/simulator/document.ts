import { formatSecond } from './clock.js';
import { commit } from './commit.js';
import type { Company } from './company.js';
import { Draft } from './draft.js';
import { objectNotFound, refuse } from './fault.js';
import { child, text } from './fields.js';
import type { Operation } from './operation.js';
import type { Stored } from './table.js';

function formOf(company: Company, operation: Operation): Stored {
  const stored = company.table(operation.entity ?? '').get(operation.id ?? '');
  if (stored === undefined || stored.deleted) throw objectNotFound();
  return stored;
}

/** Nothing is sent; the form says that it was. @throws Fault when there is no address to send to */
export function sendByEmail(
  company: Company,
  operation: Operation,
  sendTo: string | null,
  nowMs: number,
): Stored {
  const before = formOf(company, operation);
  const address = sendTo ?? text(child(before.fields, 'BillEmail'), 'Address');
  if (address === undefined) {
    throw refuse('2210', 'Invalid Email Address format : Email Address is missing.', 'BillEmail');
  }
  const draft = new Draft(company, nowMs);
  draft.touch(before, {
    ...before.fields,
    BillEmail: { Address: address },
    EmailStatus: 'EmailSent',
    DeliveryInfo: { DeliveryType: 'Email', DeliveryTime: formatSecond(nowMs) },
  });
  commit(company, draft);
  return formOf(company, operation);
}

/** The smallest file that a reader of PDF accepts, with the form's number on it. */
export function drawPdf(company: Company, operation: Operation): Buffer {
  const stored = formOf(company, operation);
  const title = `${stored.entity} ${text(stored.fields, 'DocNumber') ?? stored.id}`;
  const stream = `BT /F1 18 Tf 72 720 Td (${title.replace(/[()\\]/g, '\\$&')}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('');
  return Buffer.from(`%PDF-1.4\n${body}trailer << /Root 1 0 R /Size ${objects.length + 1} >>\n%%EOF\n`);
}
