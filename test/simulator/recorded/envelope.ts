import { type Fields, isFields } from '../../../src/simulator/fields.js';
import { ruleOf } from '../../../src/simulator/entity/registry.js';
import { type Recorded, type RecordedFile, objectsOf } from './fixture.js';
import { type Paths, notePaths } from './path.js';
import { replay } from './replay.js';
import { Office } from '../walk/office.js';

export interface Group {
  readonly entity: string;
  readonly keys: readonly string[];
}

/** The names beside the objects in each `QueryResponse` of a file. */
function groupsOf(response: unknown): Group[] {
  const all = (Array.isArray(response) ? response : [response]).filter(isFields);
  return all.flatMap((one) => {
    const entity = Object.keys(one).find((name) => ruleOf(name) !== undefined);
    return entity === undefined ? [] : [{ entity, keys: Object.keys(one) }];
  });
}

/** Of a query, and of change data capture. */
export function recordedGroups(content: unknown): { readonly isCdc: boolean; readonly groups: Group[] } {
  const cdc = isFields(content) ? content['CDCResponse'] : undefined;
  if (Array.isArray(cdc))
    return { isCdc: true, groups: groupsOf((cdc[0] as Fields | undefined)?.['QueryResponse']) };
  return { isCdc: false, groups: groupsOf(isFields(content) ? content['QueryResponse'] : undefined) };
}

/** What the simulator has beside the objects, where there are some like the recorded ones. */
export function answeredKeys(recorded: Recorded, isCdc: boolean): readonly string[] {
  const { entity } = recorded;
  const office = entity === 'CustomerType' ? new Office(1, 'sandbox') : replay(recorded).house.office;
  const query = isCdc
    ? `/cdc?entities=${entity}&changedSince=2026-03-01`
    : `/query?query=${encodeURIComponent(`select * from ${entity}`)}`;
  const { value } = office.call('GET', query);
  const { groups } = recordedGroups(value);
  return groups[0]?.keys ?? [];
}

/** What is left of a deleted object, in a file of nothing else. */
export function recordedStub(
  content: unknown,
): { readonly entity: string; readonly body: Fields } | undefined {
  if (!isFields(content)) return undefined;
  for (const [entity, body] of Object.entries(content))
    if (isFields(body) && body['status'] === 'Deleted') return { entity, body };
  return undefined;
}

/** Makes an object like a recorded one and deletes it. Undefined where it cannot be deleted. */
export function deletedLike(recorded: Recorded): Fields | undefined {
  const { house, answer } = replay(recorded);
  const body = { Id: answer['Id'], SyncToken: answer['SyncToken'] };
  const { value } = house.office.call('POST', `/${recorded.entity.toLowerCase()}?operation=delete`, body);
  return value?.[recorded.entity] as Fields | undefined;
}

export function firstOf(files: readonly RecordedFile[], entity: string): Recorded | undefined {
  for (const file of files)
    for (const one of objectsOf(file))
      if (one.entity === entity && one.body['Line'] !== undefined) return one;
  return undefined;
}

export function pathsOf(value: unknown, root: string): Paths {
  return notePaths(value, root, new Map());
}
