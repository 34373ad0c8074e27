import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleOf } from '../../src/simulator/entity/registry.js';
import { Fault } from '../../src/simulator/fault.js';
import { type Fields, isFields } from '../../src/simulator/fields.js';
import { bind } from '../../src/simulator/shape/bind.js';
import { Office } from './walk/office.js';

const fixtures = process.env['COUNTERFOIL_FIXTURES'];
const FOLDERS = ['fyle', 'quickbooks-ruby/json', 'quickbooks-ruby/json-from-xml'];

interface Recorded {
  readonly file: string;
  readonly entity: string;
  readonly body: Fields;
}

/** Refused by the simulator, each with the reason why that is right. */
const REFUSED: Readonly<Record<string, string>> = {
  'Customer FullName': 'a name of 2013, which today is FullyQualifiedName',
  'Preferences type': 'an attribute of XML that came to JSON with the conversion of the file',
};

/** What a reader gets and may not send back. */
function withoutEchoes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEchoes);
  if (!isFields(value)) return value;
  const kept = Object.entries(value).filter(
    ([name]) => !/^(Line|Purchase|Customer|Vendor|Item)Ex$/.test(name),
  );
  return Object.fromEntries(kept.map(([name, part]) => [name, withoutEchoes(part)]));
}

function* objectsIn(file: string, value: unknown): Generator<Recorded> {
  if (Array.isArray(value)) for (const entry of value) yield* objectsIn(file, entry);
  if (!isFields(value)) return;
  for (const [entity, part] of Object.entries(value)) {
    const bodies = (Array.isArray(part) ? part : [part]).filter(isFields);
    const isWhole = (body: Fields): boolean =>
      ['Id', 'Line', 'Name', 'DisplayName'].some((name) => name in body);
    if (ruleOf(entity) === undefined || !bodies.some(isWhole)) yield* objectsIn(file, part);
    else for (const body of bodies) yield { file, entity, body: withoutEchoes(body) as Fields };
  }
}

function recorded(folder: string): Recorded[] {
  return FOLDERS.flatMap((name) =>
    readdirSync(join(folder, name)).flatMap((file) => [
      ...objectsIn(`${name}/${file}`, JSON.parse(readFileSync(join(folder, name, file), 'utf8')) as unknown),
    ]),
  );
}

/** `Customer FullName`, or nothing when the body is taken. */
function refusalOf({ entity, body }: Recorded): string | undefined {
  try {
    bind(entity, body);
    return undefined;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const detail = error.findings[0]?.detail ?? '';
    return `${entity} ${/Unrecognized field "(\w+)"/.exec(detail)?.[1] ?? detail}`;
  }
}

type Types = Map<string, Set<string>>;

/** The types that stand at each path such as `Line[].Amount`. */
function noteTypes(value: unknown, path: string, types: Types): void {
  const kind = Array.isArray(value) ? 'array' : typeof value;
  const known = types.get(path) ?? new Set<string>();
  types.set(path, known.add(kind));
  if (Array.isArray(value)) for (const entry of value) noteTypes(entry, `${path}[]`, types);
  else if (isFields(value))
    for (const [name, part] of Object.entries(value)) noteTypes(part, `${path}.${name}`, types);
}

/** Everything that a company planted from the sandbox's seed answers about itself. */
function answeredTypes(): Types {
  const office = new Office(1, 'sandbox');
  const types: Types = new Map();
  for (const entity of office.company.tables.keys())
    for (const id of office.all(entity)) noteTypes(office.read(entity, id), entity, types);
  return types;
}

describe('what was recorded of QuickBooks', () => {
  it('would be refused if it held something that no entity has', () => {
    const body = { Id: '1', DisplayName: 'Ada', Shoe: 'left' };
    expect(refusalOf({ file: '', entity: 'Customer', body })).toBe('Customer Shoe');
  });

  if (fixtures !== undefined) {
    const all = recorded(fixtures);

    it('can be sent to the simulator, property by property', () => {
      expect(all.length).toBeGreaterThan(100);
      const refused = all.map((one) => refusalOf(one)).filter((reason) => reason !== undefined);
      expect([...new Set(refused)].sort()).toEqual(Object.keys(REFUSED).sort());
    });

    it('has the same types as the simulator where both have something', () => {
      const answered = answeredTypes();
      const types: Types = new Map();
      for (const { entity, body } of all) noteTypes(body, entity, types);
      const shared = [...types].filter(([path]) => answered.has(path));
      expect(shared.length).toBeGreaterThan(250);
      const differing = shared.filter(
        ([path, kinds]) => ![...kinds].every((kind) => answered.get(path)?.has(kind)),
      );
      expect(differing.map(([path, kinds]) => `${path}: ${[...kinds].join(' ')}`)).toEqual([]);
    });
  }
});
