import type { Reference } from '../../domain/reference.js';
import { activeAgain, formerName, isActive } from '../../qbo/mapping.js';
import { recordRequest } from '../../qbo/query.js';
import { listed, listUpdateRequest } from '../../qbo/reference.js';
import { recordEvent } from '../../db/event.js';
import { changeId, finish, parkDecided, request, type Decided } from './decided.js';
import { planAgain, type Settled } from './settle.js';

/** An entry of a list that the document goes by is made active again under the name that it had; then the plan goes on. */
export async function reactivateReference<S>(decided: Decided<S>, { list, id }: Reference): Promise<Settled> {
  const { ref, decision } = decided;
  if (list === 'Kind') return await finish(decided, (tx) => planAgain(tx, decided));
  const refList = { refList: list, refId: id };
  const found = await request(decided, 'read', recordRequest(list, id));
  if (found.kind === 'refused') return await parkDecided(decided, 'reference-missing', { ...refList, id });
  const row = listed(list, found.answer.json);
  const name = formerName(row.Name as string | undefined);
  if (!isActive(row)) {
    const body = JSON.stringify(activeAgain(row));
    const update = listUpdateRequest(list, body, changeId(decided, list, body));
    const reply = await request(decided, 'update', update);
    if (reply.kind === 'refused') {
      const { reason = reply.refusal.entry.title } = reply.refusal.params;
      const params = { ...refList, refInactive: 'yes', what: `"${name}" (${reason})` };
      return await parkDecided(decided, 'reference-inactive', params);
    }
  }
  const { by, note } = decision;
  return await finish(decided, async (tx) => {
    await recordEvent(tx, ref, 'reactivated', { list, qboId: id, name, by, note });
    return await planAgain(tx, decided);
  });
}
