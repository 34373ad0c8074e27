import { type Fields, isFields } from './fields.js';

/** Tells whether a value from outside is a `T`. It never answers false: it throws, and says where it was. */
export type Is<T> = (value: unknown, at: string) => value is T;

function refuse(at: string, wanted: string): never {
  throw new Error(`${at} must be ${wanted}`);
}

export const isText: Is<string> = (value, at): value is string =>
  typeof value === 'string' || refuse(at, 'a string');

export const isFlag: Is<boolean> = (value, at): value is boolean =>
  typeof value === 'boolean' || refuse(at, 'true or false');

export const isNumber: Is<number> = (value, at): value is number =>
  typeof value === 'number' || refuse(at, 'a number');

export const isWhole: Is<number> = (value, at): value is number =>
  Number.isSafeInteger(value) || refuse(at, 'a whole number');

export const isObject: Is<Fields> = (value, at): value is Fields =>
  isFields(value) || refuse(at, 'an object');

export function oneOf<T extends string | number>(...known: readonly T[]): Is<T> {
  return (value, at): value is T => known.some((one) => one === value) || refuse(at, known.join(' or '));
}

export function listOf<T>(is: Is<T>): Is<readonly T[]> {
  return (value, at): value is readonly T[] => {
    if (!Array.isArray(value)) return refuse(at, 'an array');
    return value.every((entry, index) => is(entry, `${at}.${index}`));
  };
}

export function pairOf<A, B>(first: Is<A>, second: Is<B>): Is<readonly [A, B]> {
  return (value, at): value is readonly [A, B] => {
    if (!Array.isArray(value) || value.length !== 2) return refuse(at, 'an array of two');
    return first(value[0], `${at}.0`) && second(value[1], `${at}.1`);
  };
}

export function recordOf<T>(is: Is<T>): Is<Readonly<Record<string, T>>> {
  return (value, at): value is Readonly<Record<string, T>> =>
    isObject(value, at) && Object.entries(value).every(([name, part]) => is(part, `${at}.${name}`));
}

export function nullable<T>(is: Is<T>): Is<T | null> {
  return (value, at): value is T | null => value === null || is(value, at);
}

/** For a property that may be absent, which its type says with a question mark. */
export function optional<T>(is: Is<T>): Is<T> {
  return (value, at): value is T => value === undefined || is(value, at);
}

/** Checks the properties it names and lets others be. */
export function objectOf<T>(properties: { readonly [K in keyof T]-?: Is<T[K]> }): Is<T> {
  const parts = Object.entries<Is<unknown>>(properties);
  return (value, at): value is T =>
    isObject(value, at) && parts.every(([name, is]) => is(value[name], `${at}.${name}`));
}
