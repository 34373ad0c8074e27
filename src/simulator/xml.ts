import { type Fields, isFields } from './fields.js';

const NAMESPACE = 'http://schema.intuit.com/finance/v3';

/** Properties that XML carries as attributes. */
const ATTRIBUTES = new Set([
  'domain',
  'sparse',
  'status',
  'type',
  'code',
  'element',
  'time',
  'startPosition',
  'maxResults',
  'totalCount',
  'bId',
]);

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function scalar(value: unknown): string {
  return escape(typeof value === 'string' ? value : JSON.stringify(value));
}

function element(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((entry) => element(name, entry)).join('');
  if (!isFields(value)) return `<${name}>${scalar(value)}</${name}>`;
  if (typeof value['value'] === 'string') return reference(name, value);
  let attributes = '';
  let content = '';
  for (const [property, part] of Object.entries(value)) {
    if (ATTRIBUTES.has(property) && !isFields(part) && part !== undefined && part !== null) {
      attributes += ` ${property}="${scalar(part)}"`;
    } else content += element(property, part);
  }
  return `<${name}${attributes}>${content}</${name}>`;
}

function reference(name: string, value: Fields): string {
  let attributes = '';
  for (const property of ['name', 'type']) {
    const part = value[property];
    if (typeof part === 'string') attributes += ` ${property}="${escape(part)}"`;
  }
  return `<${name}${attributes}>${scalar(value['value'])}</${name}>`;
}

/** What a caller gets who did not ask for JSON. */
export function writeXml(envelope: unknown): string {
  const fields = isFields(envelope) ? envelope : {};
  const isGateway = isFields(fields['fault']);
  const root = isGateway ? gatewayRoot(fields) : element('IntuitResponse', fields);
  const withNamespace = root.replace('<IntuitResponse', `<IntuitResponse xmlns="${NAMESPACE}"`);
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${withNamespace}`;
}

function gatewayRoot(fields: Fields): string {
  const fault = fields['fault'] as { error: Fields[]; type: string };
  const errors = fault.error.map((error) => ({
    code: error['code'],
    Message: error['message'],
    Detail: error['detail'],
  }));
  const time = new Date(Number(fields['time'])).toISOString();
  return element('IntuitResponse', { time, Fault: { type: fault.type, Error: errors } });
}
