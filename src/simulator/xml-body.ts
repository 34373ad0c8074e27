import type { Fields } from './fields.js';
import { type Property, shapeOf } from './shape/parse.js';
import { type Element, parseXml } from './xml-parse.js';

/** What stands as attributes of an entity. */
const ATTRIBUTES = ['domain', 'sparse', 'status'];

function valueOf(element: Element, kind: string): unknown {
  const { attributes, children } = element;
  const text = element.text.trim();
  if (attributes['nil'] === 'true') return null;
  if (kind === 'ref') return { ...attributes, value: text };
  const shape = shapeOf(kind);
  // A memo is a text, and in JSON an object around it.
  if (shape?.has('value') === true && children.length === 0) return { value: text };
  return shape === undefined && children.length === 0 ? text : objectOf(element, kind);
}

/** An element as the JSON of an entity or of another shape. */
export function objectOf(element: Element, shapeName: string): Fields {
  const shape = shapeOf(shapeName);
  const fields: Fields = {};
  for (const name of ATTRIBUTES) {
    if (element.attributes[name] !== undefined) fields[name] = element.attributes[name];
  }
  for (const child of element.children) {
    // What no shape knows goes on by its name, to be refused by it.
    const property: Property = shape?.get(child.name) ?? { kind: 's', isArray: false };
    const value = valueOf(child, property.kind);
    if (!property.isArray) fields[child.name] = value;
    else if (Array.isArray(fields[child.name])) (fields[child.name] as unknown[]).push(value);
    else fields[child.name] = [value];
  }
  return fields;
}

function batchItem(item: Element): Fields {
  const parts = item.children.map((child) => [child.name, valueOf(child, child.name)] as const);
  return { ...item.attributes, ...Object.fromEntries(parts) };
}

/** The same request in JSON; what is JSON already, or nothing that can be read, comes back as it is. */
export function asJson(body: string): string {
  if (!body.trimStart().startsWith('<')) return body;
  const root = parseXml(body.trim());
  if (root === undefined) return body;
  if (root.name !== 'IntuitBatchRequest') return JSON.stringify(objectOf(root, root.name));
  return JSON.stringify({ BatchItemRequest: root.children.map(batchItem) });
}
