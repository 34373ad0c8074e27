import { DEFAULT_PROFILE } from '../../src/domain/company.js';
import { customerKey, invoiceKey, type PostedDocument } from '../../src/domain/document.js';
import type { InvoiceIntent } from '../../src/domain/intent.js';
import type { PaymentFacts } from '../../src/domain/payment.js';
import { aPayment } from './builder.js';

/** Books in memory for the pure plan of a payment. */

export const customer = (clientId: string, qboId: string): Record<string, PostedDocument> => ({
  [customerKey(clientId)]: {
    intent: { document: 'customer', name: clientId, mark: customerKey(clientId) },
    qboId,
    syncToken: '0',
  },
});

export const invoice = (
  billId: string,
  totalCents = 67_550,
  over: Partial<InvoiceIntent> & { removed?: 'voided'; key?: string } = {},
): Record<string, PostedDocument> => {
  const { removed, key = invoiceKey(billId), ...fields } = over;
  const intent: InvoiceIntent = {
    document: 'invoice',
    number: billId,
    customerQboId: '58',
    issuedOn: '2026-11-10',
    dueOn: '2026-12-10',
    memo: '',
    lines: [],
    totalCents,
    terms: { prefix: '', items: {} },
    mark: key,
    ...fields,
  };
  return { [key]: { intent, qboId: `qbo-${key}`, syncToken: '0', ...(removed && { removed }) } };
};

export const facts = (over: Partial<PaymentFacts> = {}): PaymentFacts => ({
  desired: aPayment(),
  excluded: false,
  documents: { ...customer('C1', '58'), ...invoice('B1') },
  settings: { prefix: '', items: {} },
  bills: {},
  profile: { ...DEFAULT_PROFILE, receivables: { USD: '84', EUR: '85' } },
  ...over,
});

export const aBillOf = (over: Partial<PaymentFacts['bills'][string]> = {}) => ({
  number: '1042',
  state: 'approved' as const,
  excluded: false,
  totalCents: 67_550,
  ...over,
});
