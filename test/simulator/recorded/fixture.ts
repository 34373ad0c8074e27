import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ruleOf } from '../../../src/simulator/entity/registry.js';
import { type Fields, isFields } from '../../../src/simulator/fields.js';
import { objectOf } from '../../../src/simulator/xml-body.js';
import { type Element, parseXml } from '../../../src/simulator/xml-parse.js';

/** Where recordings of the real service lie, on machines that have them. */
export const fixtures = process.env['COUNTERFOIL_FIXTURES'];

const FOLDERS = ['fyle', 'quickbooks-ruby/json', 'quickbooks-ruby/json-from-xml'];

export interface Recorded {
  readonly file: string;
  readonly entity: string;
  readonly body: Fields;
  /** What an app sends, and not what it gets. */
  readonly isRequest: boolean;
}

export interface RecordedFile {
  readonly file: string;
  readonly content: unknown;
}

/** Files of bare objects say only by their name what they hold. */
const BY_FILE: readonly (readonly [pattern: RegExp, entity: string])[] = [
  [/bill_payment/, 'BillPayment'],
  [/cheque|expense_(item|payload)|credit_card_purchase/, 'Purchase'],
  [/bill/, 'Bill'],
  [/journal_entry/, 'JournalEntry'],
  [/attributes_accounts|account_response/, 'Account'],
  [/attributes_items|items_response/, 'Item'],
  [/merchants|vendor_response/, 'Vendor'],
  [/cost_center|expense_custom_field|class_response/, 'Class'],
  [/department_response/, 'Department'],
  [/employee_response/, 'Employee'],
  [/get_by_id/, 'TaxRate'],
  [/tax_groups|tax_code_response/, 'TaxCode'],
  [/projects|customer_response/, 'Customer'],
  [/company_info/, 'CompanyInfo'],
];

const IDENTIFYING = ['Id', 'Line', 'Name', 'DisplayName', 'SourceCurrencyCode'];

const isRequestFile = (file: string): boolean => /payload|construct_bill|_request/.test(file);

/** The entities in a file, in whatever envelope; those that a file shows as deleted are not whole. */
function* objectsIn(file: string, value: unknown, bare?: string): Generator<Recorded> {
  if (Array.isArray(value)) for (const entry of value) yield* objectsIn(file, entry, bare);
  if (!isFields(value)) return;
  if (bare !== undefined && IDENTIFYING.some((name) => name in value)) {
    if (value['status'] !== 'Deleted')
      yield { file, entity: bare, body: value, isRequest: isRequestFile(file) };
    return;
  }
  for (const [name, part] of Object.entries(value)) {
    const entity = ruleOf(name) === undefined ? bare : name;
    yield* objectsIn(file, part, entity);
  }
}

/** The entities in a file of XML, as the simulator reads them. */
function* elementsIn(file: string, element: Element): Generator<Recorded> {
  const isEntity = ruleOf(element.name) !== undefined && element.children.length > 0;
  if (!isEntity) for (const child of element.children) yield* elementsIn(file, child);
  else if (element.attributes['status'] !== 'Deleted') {
    const body = objectOf(element, element.name);
    yield { file, entity: element.name, body, isRequest: isRequestFile(file) };
  }
}

/** What only XML has is taken from there too. Files that are not well-formed are left to the test of that. */
export function xmlObjectsOf(folder: string): Recorded[] {
  const path = join(folder, 'quickbooks-ruby/xml');
  return readdirSync(path).flatMap((file) => {
    const root = parseXml(readFileSync(join(path, file), 'utf8').trim());
    return root === undefined ? [] : [...elementsIn(`quickbooks-ruby/xml/${file}`, root)];
  });
}

export function filesOf(folder: string): RecordedFile[] {
  return FOLDERS.flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => ({
      file: `${name}/${file}`,
      content: JSON.parse(readFileSync(join(folder, name, file), 'utf8')) as unknown,
    })),
  );
}

export function objectsOf({ file, content }: RecordedFile): Recorded[] {
  // Of a batch, objects are shown by little more than their ids.
  if (/webhook|_maapings|batch_response/.test(file)) return [];
  const wrapped = isFields(content) ? content['__def'] : undefined;
  if (typeof wrapped === 'string') {
    const data = (content as Fields)['data'];
    return ruleOf(wrapped) === undefined ? [] : [...objectsIn(file, data, wrapped)];
  }
  const bare = file.startsWith('fyle/') ? BY_FILE.find(([pattern]) => pattern.test(file))?.[1] : undefined;
  return [...objectsIn(file, content, bare)];
}
