import type { InvoiceIntent } from '../domain/intent.js';
import { compare, type LinkRef, type Mapping } from './mapping.js';
import { salesForm } from './sales-form.js';

const form = salesForm<InvoiceIntent>('Invoice', 'invoice');

export const invoice: Mapping<InvoiceIntent> = {
  entity: 'Invoice',
  ...form,

  toBody: (intent: InvoiceIntent, link?: LinkRef) => ({
    ...form.toBody(intent, link),
    DueDate: intent.dueOn,
  }),

  allDifferences: (intent, object) => [
    ...form.allDifferences(intent, object),
    ...compare([['due date', intent.dueOn, object.DueDate]]),
  ],
};
