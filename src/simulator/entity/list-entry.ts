import type { IdSpace } from '../company.js';
import { missing, refuse } from '../fault.js';
import { refId, setDefault, text } from '../fields.js';
import { resolve } from '../reference.js';
import type { EntityRule, QueryType, WriteContext } from '../rule.js';
import { checkName, qualify, requalifyChildren } from './list-name.js';

interface ListEntry {
  readonly name: string;
  readonly idSpace: IdSpace;
  readonly maxName: number;
  /** The flag that says whether an entry has a parent, where entries can be nested. */
  readonly nestedBy?: string;
  readonly queryable?: Readonly<Record<string, QueryType>>;
  readonly complete?: (context: WriteContext) => void;
}

const DEEPEST_LEVEL = 4;

/** The rule of a list whose entries are a name and little else. */
function listRule(entry: ListEntry): EntityRule {
  return {
    name: entry.name,
    idSpace: entry.idSpace,
    isTransaction: false,
    deletable: false,
    readOnly: ['FullyQualifiedName'],
    maxLengths: { Name: entry.maxName },
    queryable: { Id: 'id', Active: 'boolean', Name: 'text', ...entry.queryable },
    defaultOrder: 'Name',
    require(context) {
      // Wanted in every request, a deactivation included.
      if (text(context.sent, 'Name') === undefined) context.findings.push(missing('Name'));
    },
    complete(context) {
      const { fields } = context;
      if (entry.nestedBy !== undefined) completeNesting(context, entry.name, entry.nestedBy);
      const perParent = entry.nestedBy !== undefined;
      checkName(context, { entities: [entry.name], property: 'Name', kind: entry.name, perParent });
      if (entry.nestedBy !== undefined) qualify(context, entry.name, 'Name');
      setDefault(fields, 'Active', true);
      entry.complete?.(context);
    },
    settle: requalifyChildren,
  };
}

function completeNesting(context: WriteContext, entity: string, flag: string): void {
  resolve(context, context.fields, 'ParentRef', { entity });
  context.fields[flag] = refId(context.fields, 'ParentRef') !== undefined;
  if (qualify(context, entity, 'Name') > DEEPEST_LEVEL) {
    throw refuse('6180', 'Only five levels are allowed.', 'ParentRef');
  }
}

export const classRule: EntityRule = {
  ...listRule({
    name: 'Class',
    idSpace: 'class',
    maxName: 100,
    nestedBy: 'SubClass',
    queryable: { FullyQualifiedName: 'text', SubClass: 'boolean', ParentRef: 'ref' },
  }),
  countsTotal: true,
};

export const departmentRule = listRule({
  name: 'Department',
  idSpace: 'department',
  maxName: 100,
  nestedBy: 'SubDepartment',
  queryable: { FullyQualifiedName: 'text', SubDepartment: 'boolean', ParentRef: 'ref' },
});

export const termRule = listRule({
  name: 'Term',
  idSpace: 'list',
  maxName: 31,
  queryable: { Type: 'text', DueDays: 'number' },
  complete({ fields, findings }) {
    const isStandard = fields['DueDays'] !== undefined;
    const isDateDriven = fields['DayOfMonthDue'] !== undefined;
    if (!isStandard && !isDateDriven) findings.push(missing('DueDays'));
    fields['Type'] = isStandard ? 'STANDARD' : 'DATE_DRIVEN';
    if (isStandard) setDefault(fields, 'DiscountPercent', 0);
    if (isStandard) setDefault(fields, 'DiscountDays', 0);
  },
});

/** Kept on the screen only; an app reads them. */
export const customerTypeRule: EntityRule = {
  ...listRule({ name: 'CustomerType', idSpace: 'list', maxName: 31 }),
  creatable: false,
  countsTotal: true,
};

export const paymentMethodRule = listRule({
  name: 'PaymentMethod',
  idSpace: 'list',
  maxName: 31,
  queryable: { Type: 'text' },
  complete: ({ fields }) => setDefault(fields, 'Type', 'NON_CREDIT_CARD'),
});
