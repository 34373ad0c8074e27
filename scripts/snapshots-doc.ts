import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { jsonSchema, SCHEMAS, type SchemaName } from '../src/snapshot/schema.js';

const DOC = fileURLToPath(new URL('../docs/snapshots.md', import.meta.url));

const BEGIN = (name: string) => `<!-- ${name}: written by scripts/snapshots-doc.ts -->`;
const END = '<!-- end -->';

interface Schema {
  type?: string;
  description?: string;
  format?: string;
  pattern?: string;
  enum?: string[];
  const?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  /** What is left of a nullable one is told; that null is allowed is said once for all. */
  anyOf?: Schema[];
  additionalProperties?: Schema | boolean;
}

/** The page with the table of each snapshot written anew between its marks. */
export async function snapshotsPage(page: string): Promise<string> {
  const names = Object.keys(SCHEMAS) as SchemaName[];
  const written = names.reduce((text, name) => {
    const [before, rest] = text.split(BEGIN(name));
    const after = rest?.split(END).slice(1).join(END);
    if (after === undefined) throw new Error(`docs/snapshots.md has no place for "${name}".`);
    return [before, BEGIN(name), '\n\n', table(jsonSchema(name)), '\n\n', END, after].join('');
  }, page);
  return await format(written, { ...(await resolveConfig(DOC)), filepath: DOC });
}

function table(schema: Schema): string {
  const rows = rowsOf(schema, '').map((cells) => `| ${cells.join(' | ')} |`);
  return ['| field | | type and limits | |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function rowsOf(schema: Schema, path: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, given]) => {
    const field = { ...given.anyOf?.find(({ type }) => type !== 'null'), ...given };
    const isRequired = schema.required?.includes(name) === true;
    const whole = `${path}${name}`;
    const row = [`\`${whole}\``, isRequired ? 'required' : '', limits(field), field.description ?? ''];
    return [row, ...within(field, whole)];
  });
}

/** Fields of an object, of the objects in a list, and of each kind of them. */
function within(field: Schema, path: string): string[][] {
  if (field.properties) return rowsOf(field, `${path}.`);
  const { items } = field;
  if (items?.properties) return rowsOf(items, `${path}[].`);
  const variants = items?.oneOf ?? [];
  if (variants.length === 0) return [];
  const kinds = variants.flatMap((variant) => valuesOf(variant.properties?.kind));
  const kindsOf = new Map<string, { row: string[]; kinds: string[] }>();
  for (const variant of variants) {
    for (const row of rowsOf(variant, `${path}[].`).slice(1)) {
      const known = kindsOf.get(row.join()) ?? { row, kinds: [] };
      kindsOf.set(row.join(), { row, kinds: [...known.kinds, ...valuesOf(variant.properties?.kind)] });
    }
  }
  const shared = [...kindsOf.values()].map(({ row, kinds: its }) =>
    its.length === kinds.length ? row : [`${row[0] ?? ''} of ${its.join(' ')}`, ...row.slice(1)],
  );
  return [[`\`${path}[].kind\``, 'required', kinds.join(' or '), ''], ...shared];
}

const valuesOf = (field: Schema | undefined): string[] =>
  (field?.enum ?? (field?.const === undefined ? [] : [field.const])).map((value) => `\`${value}\``);

const LARGEST = 99_999_999_999;

function limits(field: Schema): string {
  const { type, minimum, maximum, minLength, maxLength, maxItems, format: form } = field;
  const values = valuesOf(field);
  if (values.length > 0) return values.join(' or ');
  if (type === 'integer') return `whole number${range(minimum, maximum)}`;
  if (type === 'array') return `list, at most ${maxItems ?? 0}`;
  if (form === 'date') return 'day, `YYYY-MM-DD`';
  if (typeof field.additionalProperties === 'object') return 'map by name';
  if (type !== 'string') return type ?? '';
  const kind = form === 'email' ? 'e-mail address' : 'text';
  if (maxLength === undefined) return kind;
  return `${kind}, ${minLength === undefined ? 'at most ' : `${minLength} to `}${maxLength}`;
}

function range(minimum: number | undefined, maximum: number | undefined): string {
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const show = (value: number) =>
    value === LARGEST ? '999,999,999.99 in cents' : value.toLocaleString('en-US');
  if (minimum !== undefined && minimum < 0) {
    return most === 0 ? ', not above 0' : `, ± ${show(most ?? -minimum)}`;
  }
  return `${minimum === undefined ? '' : `, from ${minimum}`}${most === undefined ? '' : ` to ${show(most)}`}`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const now = readFileSync(DOC, 'utf8');
  const page = await snapshotsPage(now);
  if (!values.check) {
    writeFileSync(DOC, page);
    return;
  }
  if (now !== page) {
    console.error('docs/snapshots.md is out of date: run `npx tsx scripts/snapshots-doc.ts`.');
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
