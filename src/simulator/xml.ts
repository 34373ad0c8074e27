import { type Fields, isFields } from './fields.js';
import { writeJson } from './wire.js';

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
  'group',
]);

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function scalar(value: unknown, property = ''): string {
  return escape(typeof value === 'string' ? value : writeJson(value, property));
}

function element(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((entry) => element(name, entry)).join('');
  if (!isFields(value)) return `<${name}>${scalar(value, name)}</${name}>`;
  if (name === 'ColData') return cell(value);
  if (typeof value['value'] === 'string') return reference(name, value);
  // JSON tells of a block of JAXB how it was made; XML has only what is in it.
  if (name.endsWith('Ex') && Array.isArray(value['any'])) {
    return `<${name}>${value['any'].map((one) => element('NameValue', (one as Fields)['value'])).join('')}</${name}>`;
  }
  let attributes = '';
  let content = '';
  for (const [property, part] of Object.entries(value)) {
    if (ATTRIBUTES.has(property) && !isFields(part) && part !== undefined && part !== null) {
      attributes += ` ${property}="${scalar(part)}"`;
    } else content += element(property, part);
  }
  return `<${name}${attributes}>${content}</${name}>`;
}

/** A cell of a report has its value in an attribute. */
function cell(value: Fields): string {
  const id = value['id'] === undefined ? '' : ` id="${scalar(value['id'])}"`;
  return `<ColData value="${scalar(value['value'])}"${id}/>`;
}

function reference(name: string, value: Fields): string {
  let attributes = '';
  for (const property of ['name', 'type']) {
    const part = value[property];
    if (typeof part === 'string') attributes += ` ${property}="${escape(part)}"`;
  }
  return `<${name}${attributes}>${scalar(value['value'])}</${name}>`;
}

/** A report stands for itself; everything else is in the usual envelope. */
function rootOf(fields: Fields): string {
  return fields['Columns'] !== undefined && fields['Rows'] !== undefined ? 'Report' : 'IntuitResponse';
}

/** What a caller gets who did not ask for JSON. */
export function writeXml(envelope: unknown): string {
  const fields = isFields(envelope) ? envelope : {};
  const isGateway = isFields(fields['fault']);
  const root = isGateway ? gatewayRoot(fields) : element(rootOf(fields), fields);
  const withNamespace = root.replace(/^<(\w+)/, `<$1 xmlns="${NAMESPACE}"`);
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
