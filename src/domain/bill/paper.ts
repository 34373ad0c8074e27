import type { Documents, PostedDocument, Step } from '../document.js';
import type { BillIntent } from './order.js';

/** The books after a write, on paper: what is new there has our key for an id. */
export function carriedOut(
  documents: Documents,
  { key, action, intent }: Extract<Step<BillIntent>, { do: 'write' }>,
): Documents {
  const held = action === 'create' ? undefined : documents[key];
  const { qboId = key, syncToken = '' } = held ?? {};
  const kept: PostedDocument = { intent, qboId, syncToken };
  if (action === 'create' || action === 'update') return { ...documents, [key]: kept };
  return { ...documents, [key]: { ...kept, removed: action === 'void' ? 'voided' : 'deleted' } };
}
