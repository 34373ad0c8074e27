import { z } from 'zod';
import type { ContactSnapshot } from '../domain/contact.js';
import { id, read, text, version } from './field.js';

/** What a billing app may send about a client of the firm. */
export const contactSnapshot = z.strictObject({
  clientId: id,
  version,
  name: text(500).regex(
    /^[^:\t\n\r\u2028\u2029]+$/,
    'must not contain a colon, a tab or a line break: QuickBooks refuses them',
  ),
  email: z.email('must be an e-mail address').max(100).exactOptional(),
});

/** Made here, of the name on a cheque; its id is ours. */
const payeeSnapshot = z.strictObject({
  clientId: z.string().regex(/^payee~/, 'must be the id of a payee'),
  version,
  name: text(200),
  payee: z.strictObject({ address: text(500).exactOptional() }),
}) satisfies z.ZodType<ContactSnapshot>;

export const parseContact = (value: unknown): ContactSnapshot =>
  typeof value === 'object' && value !== null && 'payee' in value
    ? read(payeeSnapshot, 'payee', value)
    : read(contactSnapshot, 'client', value);
