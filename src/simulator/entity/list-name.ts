import type { Company } from '../company.js';
import { type Finding, finding } from '../fault.js';
import { type Fields, refId, text } from '../fields.js';
import type { WriteContext } from '../rule.js';
import type { Stored } from '../table.js';

const SUFFIX = ' (deleted)';

const DUPLICATES: Readonly<Record<string, string>> = {
  Customer: 'Another customer, vendor or employee is already using this name. Please use a different name.',
  Item: 'Another product or service is already using this name. Please use a different name.',
  Account: 'Another account is already using this name. Please use a different name.',
};

function duplicate(kind: string, context: WriteContext): Finding {
  const sentence =
    DUPLICATES[kind] ?? 'Another entry is already using this name. Please use a different name.';
  if (context.switches.duplicateNameDetail === 'null') {
    return finding('6240', 'The name supplied already exists. : null');
  }
  return finding('6240', `The name supplied already exists. : ${sentence}`, 'Name');
}

export interface NameRule {
  readonly entities: readonly string[];
  readonly property: 'DisplayName' | 'Name';
  /** The kind whose sentence a 6240 carries. */
  readonly kind: string;
  /** Items and accounts may repeat a name under another parent. */
  readonly perParent: boolean;
}

function holderOf(company: Company, rule: NameRule, name: string, context: WriteContext): Stored | undefined {
  for (const entity of rule.entities) {
    for (const other of company.table(entity).find(rule.property, name)) {
      if (other.id === context.before?.id && other.entity === context.before.entity) continue;
      if (rule.perParent && refId(other.fields, 'ParentRef') !== refId(context.fields, 'ParentRef')) continue;
      return other;
    }
  }
  return undefined;
}

/** Names are unique whatever their case; the suffix of an inactive entry is what frees its name. */
export function checkName(context: WriteContext, rule: NameRule): void {
  const { fields, before } = context;
  const name = text(fields, rule.property);
  if (name === undefined) return;
  if (fields['Active'] === false) {
    if (!name.endsWith(SUFFIX)) fields[rule.property] = name + SUFFIX;
    return;
  }
  const wasInactive = before?.fields['Active'] === false;
  if (wasInactive && name.endsWith(SUFFIX)) fields[rule.property] = name.slice(0, -SUFFIX.length);
  const clash = holderOf(context.company, rule, text(fields, rule.property) ?? '', context);
  if (clash !== undefined) context.findings.push(duplicate(rule.kind, context));
}

/** `Parent:Child`, as deep as it goes; the level counts from 0 at the top. */
export function qualify(context: WriteContext, entity: string, property: 'DisplayName' | 'Name'): number {
  const own = text(context.fields, property) ?? '';
  let parentId = refId(context.fields, 'ParentRef');
  let level = 0;
  const parent = parentId === undefined ? undefined : context.draft.get(entity, parentId);
  const prefix = parent === undefined ? undefined : text(parent.fields, 'FullyQualifiedName');
  context.fields['FullyQualifiedName'] = prefix === undefined ? own : `${prefix}:${own}`;
  while (parentId !== undefined && level < 10) {
    level += 1;
    parentId = refId(context.draft.get(entity, parentId)?.fields, 'ParentRef');
  }
  return level;
}

/** A renamed parent renames every descendant's qualified name, without counting as a change of theirs. */
export function requalifyChildren(context: WriteContext, after: Stored): void {
  const name = text(after.fields, 'FullyQualifiedName');
  if (context.before === undefined || name === text(context.before.fields, 'FullyQualifiedName')) return;
  for (const child of context.company.table(after.entity).find('ParentRef', after.id)) {
    const own = text(child.fields, 'DisplayName') ?? text(child.fields, 'Name') ?? '';
    const fields: Fields = { ...child.fields, FullyQualifiedName: `${name ?? ''}:${own}` };
    const renamed = { ...child, fields };
    context.draft.put(renamed);
    requalifyChildren({ ...context, before: child }, renamed);
  }
}
