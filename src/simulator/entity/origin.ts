import { linkedTxnDeleted } from '../fault.js';
import { type Fields, list, sameValue, text } from '../fields.js';
import type { Link } from '../link.js';
import type { PresentContext, WriteContext } from '../rule.js';
import type { Stored } from '../table.js';

/** What an invoice can be made from. All other links are the server's to write. */
const ORIGINS = ['Estimate', 'TimeActivity'];

function originsOf(fields: Fields | undefined): Fields[] {
  return list(fields, 'LinkedTxn').filter((link) => ORIGINS.includes(text(link, 'TxnType') ?? ''));
}

/** Takes the caller's links to estimates and time over; one who says nothing of links leaves them as they were. */
export function setOrigins(context: WriteContext): void {
  if (context.sent['LinkedTxn'] === undefined) return;
  const origins = originsOf(context.sent);
  for (const origin of origins) {
    const target = context.draft.get(text(origin, 'TxnType') ?? '', text(origin, 'TxnId') ?? '');
    if (target === undefined || target.deleted) context.findings.push(linkedTxnDeleted());
  }
  if (origins.length > 0) context.fields['LinkedTxn'] = origins;
  else Reflect.deleteProperty(context.fields, 'LinkedTxn');
}

/** An estimate that was invoiced is closed, and time is billed; without the invoice both are open again. */
function mark(context: WriteContext, origin: Fields, isUsed: boolean): void {
  const target = context.draft.get(text(origin, 'TxnType') ?? '', text(origin, 'TxnId') ?? '');
  if (target === undefined || target.deleted) return;
  const change =
    target.entity === 'Estimate'
      ? { TxnStatus: isUsed ? 'Closed' : 'Pending' }
      : { BillableStatus: isUsed ? 'HasBeenBilled' : 'Billable' };
  context.draft.touch(target, { ...target.fields, ...change });
}

export function settleOrigins(context: WriteContext, after: Stored): void {
  const before = originsOf(context.before?.fields);
  const now = after.deleted ? [] : originsOf(after.fields);
  const isIn = (all: readonly Fields[], one: Fields): boolean => all.some((other) => sameValue(one, other));
  for (const origin of before) if (!isIn(now, origin)) mark(context, origin, false);
  for (const origin of now) if (!isIn(before, origin)) mark(context, origin, true);
}

export function originLinks({ id, entity, fields }: Stored): Link[] {
  return originsOf(fields).map((origin) => ({
    byEntity: entity,
    byId: id,
    toEntity: text(origin, 'TxnType') ?? '',
    toId: text(origin, 'TxnId') ?? '',
    cents: 0,
  }));
}

/** The transactions that use this one, as its reader sees them. */
export function usersOf({ company, stored }: PresentContext): Fields[] {
  return company.links
    .to(stored.entity, stored.id)
    .map((link) => ({ TxnId: link.byId, TxnType: link.byEntity }));
}
