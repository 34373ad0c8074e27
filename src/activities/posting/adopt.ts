import type { AggregateRef } from '../../domain/aggregate.js';
import type { DocumentKey } from '../../domain/document.js';
import type { Intent } from '../../domain/intent.js';
import { changesSince, mappingOf } from '../../qbo/document.js';
import type { Queryable } from '../../db/database.js';
import { saveLink } from '../../db/document.js';
import { recordEvent } from '../../db/event.js';
import { closeFault } from '../../db/fault.js';
import type { Deps } from '../deps.js';
import type { AggregatePort } from '../port.js';
import { planAgain, type Settled } from './settle.js';

interface Adoption<S> {
  deps: Deps;
  port: AggregatePort<S>;
  ref: AggregateRef;
  workflowId: string;
  key: DocumentKey;
  /** What is meant; from here on the plan takes it for what QuickBooks holds, and writes only what `differs`. */
  intent: Intent;
  realmId: string;
  object: Record<string, unknown>;
  /** Who, why, and what was seen to be different. */
  record: Record<string, unknown>;
}

/** Takes a record that is in QuickBooks for the document, within the caller's transaction; then the next plan. */
export async function adopt<S>(tx: Queryable, adoption: Adoption<S>): Promise<Settled> {
  const { port, ref, key, intent, realmId, object, record } = adoption;
  const mapping = mappingOf(intent.document);
  const { qboId, syncToken, summary } = mapping.read(object);
  const held = mapping.held?.(intent, object) ?? intent;
  const accepted = changesSince({ intent: held }, object);
  const link = { realmId, qboType: mapping.entity, qboId, syncToken, accepted };
  await saveLink(tx, ref.firmId, key, held, link);
  await port.adopted?.(tx, ref, key);
  await recordEvent(tx, ref, 'adopted', { document: key, qboId, seen: summary, ...record });
  await closeFault(tx, ref, { by: 'counterfoil', why: 'adopted' });
  return await planAgain(tx, adoption);
}
