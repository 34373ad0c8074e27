import { text } from './fields.js';
import type { Company } from './company.js';
import type { Draft } from './draft.js';
import { ruleOf } from './entity/registry.js';
import { toHome } from './home.js';
import type { Stored } from './table.js';

/** A change as it became visible, for change data capture and webhooks. */
export interface Change {
  readonly stored: Stored;
  readonly before: Stored | undefined;
  /** The id of what was merged into it, where that is the change. */
  readonly mergedId?: string;
}

function post(company: Company, stored: Stored): { accounts: Set<string>; names: Set<string> } {
  const rule = ruleOf(stored.entity);
  const entries = stored.deleted ? [] : toHome(company, stored, rule?.entries?.(company, stored) ?? []);
  const isWhole = entries.every((entry) => entry.cents !== 0);
  return company.ledger.post(`${stored.entity}:${stored.id}`, {
    date: text(stored.fields, 'TxnDate') ?? '',
    entries: isWhole ? entries : entries.filter((entry) => entry.cents !== 0),
  });
}

/** A moved balance shows in LastUpdatedTime of its owner, and never in its SyncToken. */
function markMoved(company: Company, entity: string, ids: Iterable<string>, nowMs: number): void {
  const table = company.table(entity);
  for (const id of ids) {
    const stored = table.get(id);
    if (stored !== undefined) table.put({ ...stored, updatedAtMs: nowMs });
  }
}

/** Brings the index of links in line with a stored object. */
export function relink(company: Company, stored: Stored): void {
  const rule = ruleOf(stored.entity);
  if (rule?.links === undefined) return;
  company.links.replace(stored.entity, stored.id, stored.deleted ? [] : rule.links(stored));
}

/** The changed transactions, and those that settle one of them whose rate is another now. */
function toPost(company: Company, changes: readonly Change[]): Set<Stored> {
  const posting = new Set<Stored>();
  for (const { stored, before } of changes) {
    if (ruleOf(stored.entity)?.isTransaction !== true) continue;
    posting.add(stored);
    if (before === undefined || before.fields['ExchangeRate'] === stored.fields['ExchangeRate']) continue;
    for (const { byEntity, byId } of company.links.to(stored.entity, stored.id)) {
      const settling = company.table(byEntity).get(byId);
      if (settling !== undefined) posting.add(settling);
    }
  }
  return posting;
}

/** Makes a draft's changes visible, all of them at once. */
export function commit(company: Company, draft: Draft): Change[] {
  const changes: Change[] = [];
  for (const stored of draft.all()) {
    const table = company.table(stored.entity);
    changes.push({ stored, before: table.get(stored.id) });
    table.put(stored);
    relink(company, stored);
  }
  for (const stored of toPost(company, changes)) {
    const moved = post(company, stored);
    markMoved(company, 'Account', moved.accounts, draft.nowMs);
    for (const entity of ['Customer', 'Vendor']) markMoved(company, entity, moved.names, draft.nowMs);
  }
  company.announce?.(changes, draft.nowMs);
  return changes;
}
