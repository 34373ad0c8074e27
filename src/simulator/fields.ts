/** A wire object: property names as Intuit spells them, values as JSON carries them. */
export type Fields = Record<string, unknown>;

export interface Reference {
  readonly value: string;
  readonly name?: string;
  readonly type?: string;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(fields: Fields | undefined, property: string): string | undefined {
  const value = fields?.[property];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numeric(fields: Fields | undefined, property: string): number | undefined {
  const value = fields?.[property];
  return typeof value === 'number' ? value : undefined;
}

export function flag(fields: Fields | undefined, property: string): boolean {
  return fields?.[property] === true;
}

export function child(fields: Fields | undefined, property: string): Fields | undefined {
  const value = fields?.[property];
  return isFields(value) ? value : undefined;
}

/** The objects in an array. It is the array itself where there is nothing else in it, so it is not to be changed. */
export function list(fields: Fields | undefined, property: string): Fields[] {
  const value = fields?.[property];
  if (!Array.isArray(value)) return [];
  return value.every(isFields) ? value : value.filter(isFields);
}

/** The id inside `{ value, name? }`, or undefined when the reference is absent or empty. */
export function refId(fields: Fields | undefined, property: string): string | undefined {
  return text(child(fields, property), 'value');
}

export function setDefault(fields: Fields, property: string, value: unknown): void {
  if (fields[property] === undefined) fields[property] = value;
}

/** Deep equality of two wire values, blind to the order of properties. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((entry, index) => sameValue(entry, right[index]));
  }
  if (!isFields(left) || !isFields(right)) return false;
  const keys = Object.keys(left).filter((key) => left[key] !== undefined);
  const others = Object.keys(right).filter((key) => right[key] !== undefined);
  return keys.length === others.length && keys.every((key) => sameValue(left[key], right[key]));
}

/** A wire value of its own, all the way down. */
export function copyValue<T>(value: T): T {
  if (Array.isArray(value)) return value.map((entry: unknown) => copyValue(entry)) as T;
  if (!isFields(value)) return value;
  const copy: Fields = {};
  for (const property in value) copy[property] = copyValue(value[property]);
  return copy as T;
}
