import { bookkeepingShapes } from './bookkeeping.js';
import { commonShapes } from './common.js';
import { lineShapes } from './line.js';
import { listShapes } from './list.js';
import { nameShapes } from './name.js';
import { preferencesShapes } from './preferences.js';
import { saleShapes } from './sale.js';

/**
 * What one property may hold. Kinds: `s` string, `n` number, `i` integer, `b` boolean, `d` date, `t` instant,
 * `ref` a reference, `echo` a read-only block that must not be sent back, `any`, the name of an enumeration, or
 * the name of another shape.
 */
export interface Property {
  readonly kind: string;
  readonly isArray: boolean;
}

export type Shape = ReadonlyMap<string, Property>;

const NOTATION: Readonly<Record<string, string>> = {
  ...commonShapes,
  ...lineShapes,
  ...nameShapes,
  ...saleShapes,
  ...bookkeepingShapes,
  ...listShapes,
  ...preferencesShapes,
};

function parse(name: string): Map<string, Property> {
  const shape = new Map<string, Property>();
  for (const token of (NOTATION[name] ?? '').trim().split(/\s+/)) {
    if (token.startsWith('...')) {
      for (const [property, value] of parse(token.slice(3))) shape.set(property, value);
      continue;
    }
    const [property = '', type = 's'] = token.split(':');
    const isArray = type.endsWith('[]');
    shape.set(property, { kind: isArray ? type.slice(0, -2) : type, isArray });
  }
  return shape;
}

const SHAPES: ReadonlyMap<string, Shape> = new Map(
  Object.keys(NOTATION).map((name) => [name, parse(name)] as const),
);

export function shapeOf(name: string): Shape | undefined {
  return SHAPES.get(name);
}
