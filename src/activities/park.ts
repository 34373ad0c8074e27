import { randomUUID } from 'node:crypto';
import type { AggregateRef } from '../domain/aggregate.js';
import { entryByKey } from '../domain/fault/catalogue.js';
import { faultText } from '../domain/fault/text.js';
import type { Reference } from '../domain/reference.js';
import type { Parked, RemedyName } from '../domain/remedy.js';
import { placeOf } from '../domain/trust/adoption/record.js';
import { qboUrl } from '../qbo/document.js';
import type { Queryable } from '../db/database.js';
import { recordEvent } from '../db/event.js';
import { openFault, referenceIn } from '../db/fault.js';
import type { AggregatePort } from './port.js';

export interface Parking {
  ref: AggregateRef;
  workflowId: string;
  faultKey: string;
  params: Record<string, string>;
  document?: string;
  /** QuickBooks' name of that document's type, where the fault may be about another record of the same type. */
  entity?: string;
  realmId?: string;
  postingId?: number;
  /** Found by planning, which may take it back. */
  planned?: boolean;
  /** The raw answer; bodies live in Postgres, never in a failure's details. */
  evidence?: Record<string, unknown>;
}

/** Long sentences are cut: a failure's details have to stay below 2 KiB. */
const SENTENCE_LENGTH = 500;

/** Opens the fault row, with its event and the aggregate's state, in the caller's transaction. */
export async function park(
  tx: Queryable,
  port: Pick<AggregatePort<never>, 'name' | 'remedies' | 'save'>,
  parking: Parking,
): Promise<Parked> {
  const { ref, faultKey, params } = parking;
  const entry = entryByKey(faultKey);
  if (!entry) throw new Error(`The catalogue has no entry "${faultKey}".`);
  const names = await port.name(tx, ref);
  const { reference } = referenceIn(params);
  const { cause, remedy } = faultText(entry, { ...names, ...params });
  const rival = rivalOf(parking);
  const qboId = params.qboId ?? (rival === 'same type' ? params.txnId : undefined);
  const parked: Parked = {
    parkId: `P-${randomUUID().slice(0, 8)}`,
    fault: faultKey,
    cause: cause.slice(0, SENTENCE_LENGTH),
    remedy: remedy.slice(0, SENTENCE_LENGTH),
    allowed: offered(
      entry.allowed.filter(
        (one) => canHelp(one, parking, reference) && (one !== 'adopt' || rival !== 'other type'),
      ),
      port.remedies,
    ),
    since: new Date().toISOString(),
    ...(parking.document !== undefined && { document: parking.document }),
    ...(parking.realmId !== undefined && { realmId: parking.realmId }),
    ...(qboId !== undefined && { qboId }),
    ...placeOf(params),
    ...(params.confirm !== undefined && { confirm: true }),
    ...(reference && { reference }),
    ...(params.txnType !== undefined &&
      params.txnId !== undefined && { qboUrl: qboUrl(params.txnType, params.txnId) }),
  };
  const { postingId, workflowId, planned = false, evidence = {} } = parking;
  const opened = await openFault(tx, {
    aggregate: ref,
    workflowId,
    parked,
    planned,
    params,
    evidence,
    ...(postingId !== undefined && { postingId }),
  });
  await recordEvent(tx, ref, 'parked', { parkId: opened.parkId, fault: faultKey, cause: opened.cause });
  await port.save(tx, ref, 'needs-attention');
  return opened;
}

/** A payment from before the start is adopted, and what may come of that attempt is answered in the same way. */
const ADOPTION = ['payment-before-start', 'adopt-differs', 'adopt-refused'];

/** Everything else that stops a payment is mended where it is; another record in its place would be money twice. */
export const canOffer = (remedy: RemedyName, type: AggregateRef['type'], faultKey: string): boolean =>
  remedy !== 'adopt' || type !== 'payment' || ADOPTION.includes(faultKey);

/** Something else can be put only in the place of what is known, and only that can be made active again. */
function canHelp(
  remedy: RemedyName,
  { ref: { type }, faultKey }: Parking,
  reference: Reference | undefined,
): boolean {
  if (!canOffer(remedy, type, faultKey)) return false;
  if (remedy === 'remap') return reference !== undefined;
  // Tax codes are kept in QuickBooks' own tax centre only.
  if (remedy === 'reactivate' && reference?.list === 'TaxCode') return false;
  const isListed = type === 'contact' || type === 'timekeeper';
  return remedy !== 'reactivate' || isListed || reference?.inactive === true;
}

/** The record that stands in the way can be taken for the document only if it is of its type. */
function rivalOf({ entity, params: { txnType } }: Parking): 'same type' | 'other type' | undefined {
  if (entity === undefined || txnType === undefined) return undefined;
  return txnType.replaceAll(' ', '') === entity ? 'same type' : 'other type';
}

/** What the catalogue allows and this aggregate can do; retry at least, or nobody could ever go on. */
function offered(allowed: readonly RemedyName[], able: readonly RemedyName[]): RemedyName[] {
  const both = allowed.filter((remedy) => able.includes(remedy));
  return both.length > 0 ? both : ['retry'];
}
