import { type Fault, refuse } from '../fault.js';
import { type Fields, isFields } from '../fields.js';
import { ENUMERATIONS } from './enumeration.js';
import { type Property, shapeOf } from './parse.js';

const REFERENCE_PROPERTIES = new Set(['value', 'name', 'type']);
const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ].*|Z|[+-]\d{2}:\d{2})?$/;

function unparsable(): Fault {
  const detail = 'failed to parse json object; a property specified is unsupported or invalid';
  return refuse('2010', `Property Name:${detail}`);
}

function unrecognised(property: string, shapeName: string, known: readonly string[]): Fault {
  const names = known
    .slice(0, 20)
    .map((name) => `"${name}"`)
    .join(', ');
  return refuse(
    '2010',
    `Property Name:Unrecognized field "${property}" (class com.intuit.schema.finance.v3.${shapeName}), ` +
      `not marked as ignorable (${known.length} known properties: ${names} [truncated]])\n specified is unsupported or invalid`,
  );
}

function bindNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') throw unparsable();
  const parsed = Number(value);
  if (!Number.isFinite(parsed)) throw refuse('2090', `Invalid Number : ${value}`);
  return parsed;
}

function bindBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw unparsable();
}

function bindText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw unparsable();
}

function bindDate(value: unknown): string {
  const match = DATE.exec(bindText(value));
  if (match?.[1] === undefined || Number.isNaN(Date.parse(match[1]))) throw unparsable();
  return match[1];
}

function bindReference(value: unknown): Fields | undefined {
  if (!isFields(value)) throw unparsable();
  const bound: Fields = {};
  for (const property in value) {
    const part = value[property];
    if (!REFERENCE_PROPERTIES.has(property)) {
      throw unrecognised(property, 'ReferenceType', [...REFERENCE_PROPERTIES]);
    }
    if (part !== null && part !== '') bound[property] = bindText(part);
  }
  for (const _ in bound) return bound;
  return undefined;
}

function bindEnumeration(value: unknown, allowed: readonly string[]): string {
  const bound = bindText(value);
  if (!allowed.includes(bound)) throw refuse('2170', `Invalid Enumeration : ${bound}`);
  return bound;
}

function bindValue(value: unknown, kind: string): unknown {
  if (kind === 's' || kind === 't') return bindText(value);
  if (kind === 'n') return bindNumber(value);
  if (kind === 'ref') return bindReference(value);
  if (kind === 'b') return bindBoolean(value);
  if (kind === 'i') return Math.trunc(bindNumber(value));
  if (kind === 'd') return bindDate(value);
  if (kind === 'any') return value;
  // Recorded by integrators: a read-only extension block sent back makes the whole request fail.
  if (kind === 'echo') throw unparsable();
  const allowed = ENUMERATIONS[kind];
  if (allowed !== undefined) return bindEnumeration(value, allowed);
  return bind(kind, value);
}

function bindProperty(value: unknown, property: Property): unknown {
  if (!property.isArray) return bindValue(value, property.kind);
  if (!Array.isArray(value)) throw unparsable();
  return value.filter((entry) => entry !== null).map((entry) => bindValue(entry, property.kind));
}

/**
 * Reads a request body as one shape. Null and empty strings survive as `undefined` entries, which is how a sparse
 * update clears a property.
 * @throws Fault 2010, 2090 or 2170
 */
export function bind(shapeName: string, body: unknown): Fields {
  const shape = shapeOf(shapeName);
  if (shape === undefined || !isFields(body)) throw unparsable();
  const bound: Fields = {};
  for (const name in body) {
    const value = body[name];
    const property = shape.get(name);
    if (property === undefined) throw unrecognised(name, shapeName, [...shape.keys()]);
    bound[name] = value === null || value === '' ? undefined : bindProperty(value, property);
  }
  return bound;
}

export function parseBody(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    throw unparsable();
  }
}
