import type { Company } from './company.js';
import type { Change } from './commit.js';
import { ruleOf } from './entity/registry.js';
import { business, objectNotFound } from './fault.js';
import { type Fields, isFields, refId, text } from './fields.js';
import type { Entry } from './ledger.js';
import { isActive, targetOf } from './reference.js';
import type { Switches } from './switches.js';
import type { Stored } from './table.js';

export interface MergeRequest {
  readonly company: Company;
  readonly switches: Switches;
  readonly nowMs: number;
  readonly entity: string;
  /** What ceases to be. */
  readonly id: string;
  /** What takes over everything of the other. */
  readonly into: string;
}

/** What must agree between the two before the screen lets them be merged. */
const MUST_AGREE: Readonly<Record<string, readonly string[]>> = {
  Account: ['AccountType', 'AccountSubType', 'CurrencyRef'],
  Class: [],
  Customer: ['CurrencyRef'],
  Department: [],
  Item: ['Type'],
  Vendor: ['CurrencyRef'],
};

/** Merges of other entities are told as an update of the one and a deletion of the other. */
const TOLD_AS_MERGE = ['Customer', 'Vendor'];

function comparable(stored: Stored, property: string): string | undefined {
  return refId(stored.fields, property) ?? text(stored.fields, property);
}

function descendsFrom(company: Company, stored: Stored, ancestorId: string): boolean {
  let current: Stored | undefined = stored;
  for (let level = 0; current !== undefined && level < 10; level += 1) {
    if (current.id === ancestorId) return true;
    current = company.table(stored.entity).get(refId(current.fields, 'ParentRef') ?? '');
  }
  return false;
}

function check({ company, entity }: MergeRequest, loser: Stored, winner: Stored): void {
  const properties = MUST_AGREE[entity];
  if (properties === undefined) throw business(`Objects of type ${entity} cannot be merged.`);
  if (!isActive(loser) || !isActive(winner)) throw business('An inactive entry cannot be merged.');
  if (descendsFrom(company, winner, loser.id) || descendsFrom(company, loser, winner.id)) {
    throw business('An entry cannot be merged with itself or with one of its own sub-entries.');
  }
  const differing = properties.find((name) => comparable(loser, name) !== comparable(winner, name));
  if (differing !== undefined) {
    throw business(`Entries that differ in ${differing} cannot be merged.`);
  }
  if (loser.fields['Type'] === 'Inventory') throw business('Items that are kept in stock cannot be merged.');
}

interface Moving {
  readonly entity: string;
  readonly id: string;
  readonly into: string;
  /** The entity of the object whose references are looked at. */
  readonly holder: string;
}

/** A copy in which the winner stands wherever the loser stood; the value itself where the loser did not. */
function repoint(value: unknown, moving: Moving): unknown {
  if (Array.isArray(value)) {
    const entries: unknown[] = value;
    const copy = entries.map((entry) => repoint(entry, moving));
    return copy.some((entry, index) => entry !== entries[index]) ? copy : value;
  }
  if (!isFields(value)) return value;
  const changes: Fields = {};
  for (const [property, part] of Object.entries(value)) {
    const isHit = isFields(part) && isLoser(value, property, part, moving);
    const next = isHit ? { ...part, value: moving.into } : repoint(part, moving);
    if (next !== part) changes[property] = next;
  }
  return Object.keys(changes).length === 0 ? value : { ...value, ...changes };
}

function isLoser(parent: Fields, property: string, part: Fields, { entity, id, holder }: Moving): boolean {
  if (part['value'] !== id) return false;
  if (property === 'ParentRef') return holder === entity;
  // A journal line says the kind of name beside the reference, all others within it.
  if (property === 'EntityRef' && parent['Type'] !== undefined) return parent['Type'] === entity;
  return targetOf(property, part) === entity;
}

function moveReferences(request: MergeRequest): void {
  const { company, switches, nowMs, id, entity, into } = request;
  for (const [holder, table] of company.tables) {
    const touches = switches.mergeTouchesTransactions && ruleOf(holder)?.isTransaction === true;
    for (const stored of [...table.all()]) {
      if (stored.deleted || (holder === entity && stored.id === id)) continue;
      const fields = repoint(stored.fields, { entity, id, into, holder });
      if (fields === stored.fields || !isFields(fields)) continue;
      const moved = { ...stored, fields };
      table.put(touches ? { ...moved, syncToken: stored.syncToken + 1, updatedAtMs: nowMs } : moved);
    }
  }
}

/** The postings move as they are: rules would derive others today, an item's account may have changed since. */
function movePostings({ company, entity, id, into }: MergeRequest): void {
  const isName = entity === 'Customer' || entity === 'Vendor';
  if (!isName && entity !== 'Account') return;
  const isHit = (entry: Entry): boolean =>
    isName ? entry.nameId === id || entry.aboutId === id : entry.accountId === id;
  for (const [key, posted] of [...company.ledger.transactions()]) {
    if (!posted.entries.some(isHit)) continue;
    const entries = posted.entries.map((entry) => {
      if (!isHit(entry)) return entry;
      if (!isName) return { ...entry, accountId: into };
      return entry.nameId === id ? { ...entry, nameId: into } : { ...entry, aboutId: into };
    });
    company.ledger.post(key, { ...posted, entries });
  }
}

function requalify(company: Company, parent: Stored): void {
  for (const stored of [...company.table(parent.entity).find('ParentRef', parent.id)]) {
    const own = text(stored.fields, 'DisplayName') ?? text(stored.fields, 'Name') ?? '';
    const name = `${text(parent.fields, 'FullyQualifiedName') ?? ''}:${own}`;
    const renamed = { ...stored, fields: { ...stored.fields, FullyQualifiedName: name } };
    company.table(parent.entity).put(renamed);
    requalify(company, renamed);
  }
}

/** What is left of the loser: nothing that can be read, or an inactive entry whose name is free. */
function bury({ company, switches, nowMs }: MergeRequest, loser: Stored): Stored {
  const buried: Stored =
    switches.mergedLoser === 'deleted'
      ? { ...loser, deleted: true, updatedAtMs: nowMs }
      : {
          ...loser,
          fields: { ...loser.fields, ...freedNames(loser.fields), Active: false },
          syncToken: loser.syncToken + 1,
          updatedAtMs: nowMs,
        };
  company.table(loser.entity).put(buried);
  return buried;
}

function freedNames(fields: Fields): Fields {
  const names = ['DisplayName', 'Name', 'FullyQualifiedName'].filter(
    (name) => text(fields, name) !== undefined,
  );
  return Object.fromEntries(names.map((name) => [name, `${text(fields, name) ?? ''} (deleted)`]));
}

/**
 * What a bookkeeper does on the screen by giving an entry the name of another: everything that pointed at the one
 * points at the other. @throws Fault 610, or 6000 when the two cannot be merged
 */
export function merge(request: MergeRequest): Stored {
  const { company, entity, id, into, nowMs } = request;
  const table = company.table(entity);
  const loser = table.get(id);
  const winner = table.get(into);
  if (loser === undefined || winner === undefined || loser.deleted || winner.deleted) throw objectNotFound();
  check(request, loser, winner);
  moveReferences(request);
  movePostings(request);
  const kept: Stored = { ...(table.get(into) ?? winner), updatedAtMs: nowMs };
  table.put(kept);
  requalify(company, kept);
  const change: Change = { stored: kept, before: winner };
  const buried = bury(request, loser);
  const told = TOLD_AS_MERGE.includes(entity)
    ? [{ ...change, mergedId: id }]
    : [change, { stored: buried, before: loser }];
  company.announce?.(told, nowMs);
  return kept;
}
