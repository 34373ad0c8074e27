import type { Company } from './company.js';
import { formatDate } from './clock.js';
import { type Change, commit } from './commit.js';
import { Draft } from './draft.js';
import { Fault, business, deletedByAnother, finding, missing, objectNotFound, refuse } from './fault.js';
import { type Fields, copyValue, list, sameValue, text } from './fields.js';
import type { EntityRule, WriteContext, WriteMode } from './rule.js';
import { checkLengths } from './length.js';
import { checkDocNumber } from './doc-number.js';
import { bind } from './shape/bind.js';
import { checkContents, checkFeature, checkLimit, offeringOf } from './plan.js';
import type { Switches } from './switches.js';
import type { Stored } from './table.js';

/** Properties that no caller can set on any entity. */
const ALWAYS_READ_ONLY = ['Id', 'SyncToken', 'MetaData', 'domain', 'sparse', 'status', 'LinkedTxn'];

export interface WriteRequest {
  readonly company: Company;
  readonly switches: Switches;
  readonly nowMs: number;
  readonly rule: EntityRule;
  readonly body: unknown;
  readonly include: ReadonlySet<string>;
  /** A person at the screen always has the newest version, so the bookkeeper's actions skip the token. */
  readonly ignoresToken?: boolean;
}

export interface WriteResult {
  readonly stored: Stored;
  readonly changes: readonly Change[];
}

export function throwFindings(context: Pick<WriteContext, 'findings'>): void {
  if (context.findings.length > 0) throw new Fault([...context.findings]);
}

/** The stored object a body names. @throws Fault 2030, 610, 2020 or 5010 */
function findTarget(request: WriteRequest, sent: Fields): Stored {
  const { company, rule } = request;
  const id = text(sent, 'Id') ?? '';
  if (!/^\d+$/.test(id) && rule.name !== 'TaxCode') {
    throw refuse('2030', `Id should be a valid number. Supplied value:${id}`, 'Id');
  }
  const stored = company.table(rule.name).get(id);
  if (stored === undefined) throw objectNotFound();
  if (stored.deleted) throw rule.isTransaction ? deletedByAnother() : objectNotFound();
  if (request.ignoresToken === true) return stored;
  const token = text(sent, 'SyncToken');
  if (token === undefined) throw new Fault([missing('SyncToken')]);
  if (token !== String(stored.syncToken)) {
    const who = company.adminName;
    throw refuse(
      '5010',
      `Stale Object Error : You and ${who} were working on this at the same time. ${who} finished before you did, so your work was not saved.`,
      '',
    );
  }
  return stored;
}

const LOCKED = new WeakMap<EntityRule, ReadonlySet<string>>();

function lockedBy(rule: EntityRule): ReadonlySet<string> {
  let locked = LOCKED.get(rule);
  if (locked === undefined) {
    locked = new Set([...ALWAYS_READ_ONLY, ...rule.readOnly]);
    LOCKED.set(rule, locked);
  }
  return locked;
}

/** What will be kept: the caller's writable properties over what the kind of update leaves in place. */
function merge(rule: EntityRule, sent: Fields, before: Stored | undefined, mode: WriteMode): Fields {
  const locked = lockedBy(rule);
  const merged: Fields = {};
  const kept = before?.fields ?? {};
  for (const property in kept) {
    const survives =
      mode === 'sparse' || locked.has(property) || rule.keptByFullUpdate?.includes(property) === true;
    if (survives) merged[property] = copyValue(kept[property]);
  }
  for (const property in sent) {
    if (locked.has(property)) continue;
    const value = sent[property];
    if (value !== undefined) merged[property] = value;
    else if (property in merged) Reflect.deleteProperty(merged, property);
  }
  return merged;
}

/** Gives every line without a known id the next one. Returns the highest id ever given. */
function numberLines(rule: EntityRule, fields: Fields, before: Stored | undefined): number {
  if (rule.firstLineId === undefined) return before?.lastLineId ?? 0;
  let last = before?.lastLineId ?? rule.firstLineId - 1;
  const known = new Set(list(before?.fields, 'Line').map((line) => line['Id']));
  for (const line of list(fields, 'Line')) {
    if (line['DetailType'] === undefined) continue;
    if (line['Id'] !== undefined && known.has(line['Id'])) continue;
    last += 1;
    line['Id'] = String(last);
  }
  return last;
}

function checkBooksOpen(context: WriteContext): void {
  const closed = context.company.bookCloseDate;
  if (closed === undefined) return;
  const dates = [text(context.fields, 'TxnDate'), text(context.before?.fields, 'TxnDate')];
  if (dates.some((date) => date !== undefined && date <= closed)) {
    throw refuse(
      '6210',
      'The account period has closed and the account books cannot be updated through through the QBO Services API. Please use the QBO website to make these changes.',
      '',
    );
  }
}

function checkSubscription({ company, switches, rule }: WriteRequest): void {
  checkFeature(company, switches, rule.name);
  if (company.status === 'active') return;
  const product = offeringOf(company);
  throw refuse(
    '6190',
    "Subscription period has ended or canceled or there was a billing problem : You can't add data to " +
      `${product} because your trial or subscription period ended, you canceled your subscription, or there was ` +
      'a billing problem. To see or change your subscription status, go to the Gear icon and select Account and Settings.',
    '',
  );
}

function contextOf(
  request: WriteRequest,
  mode: WriteMode,
  before: Stored | undefined,
  sent: Fields,
): WriteContext {
  return {
    company: request.company,
    switches: request.switches,
    isAtScreen: request.ignoresToken === true,
    draft: new Draft(request.company, request.nowMs),
    nowMs: request.nowMs,
    today: formatDate(request.nowMs),
    mode,
    before,
    fields: merge(request.rule, sent, before, mode),
    sent,
    include: request.include,
    findings: [],
  };
}

function keep(request: WriteRequest, context: WriteContext): WriteResult {
  const { rule, company } = request;
  const { before, fields, draft } = context;
  const lastLineId = numberLines(rule, fields, before);
  if (before !== undefined && sameValue(before.fields, fields)) return { stored: before, changes: [] };
  const stored: Stored = {
    id: before?.id ?? company.nextId(rule.idSpace),
    entity: rule.name,
    fields,
    syncToken: before === undefined ? 0 : before.syncToken + 1,
    createdAtMs: before?.createdAtMs ?? context.nowMs,
    updatedAtMs: context.nowMs,
    deleted: false,
    lastLineId,
  };
  draft.put(stored);
  rule.settle?.(context, stored);
  const changes = commit(company, draft);
  // Settling may have moved the object on, as credits that are applied at once do.
  return { stored: draft.get(rule.name, stored.id) ?? stored, changes };
}

/** Fills in the id, and the token that goes without saying, of what is named by something else than an id. */
function identify({ company, rule }: WriteRequest, sent: Fields): void {
  const id = sent['Id'] === undefined ? rule.identify?.(company, sent) : undefined;
  const stored = id === undefined ? undefined : company.table(rule.name).get(id);
  if (stored === undefined) return;
  sent['Id'] = stored.id;
  sent['SyncToken'] ??= String(stored.syncToken);
}

/** What an update names stands inside its template, where there is one; it is lifted out, and not kept twice. */
function lifted(rule: EntityRule, bound: Fields): Fields {
  const inner = rule.unwrap?.(bound) ?? bound;
  if (inner === bound) return bound;
  const { Id, SyncToken, sparse } = inner;
  for (const property of ALWAYS_READ_ONLY) Reflect.deleteProperty(inner, property);
  return { ...bound, ...(Id === undefined ? {} : { Id }), SyncToken, sparse };
}

/** Creates an object, or updates the one whose Id the body names. @throws Fault */
export function save(request: WriteRequest): WriteResult {
  const { rule } = request;
  const sent = lifted(rule, bind(rule.name, request.body));
  checkSubscription(request);
  identify(request, sent);
  const isUpdate = sent['Id'] !== undefined;
  if (!isUpdate && rule.creatable === false) throw refuse('500', 'Operation is not supported.');
  const before = isUpdate ? findTarget(request, sent) : undefined;
  if (before !== undefined) checkUnlocked(request.company, before);
  const mode = before === undefined ? 'create' : sent['sparse'] === true ? 'sparse' : 'full';
  const context = contextOf(request, mode, before, sent);
  checkContents(context, rule.name);
  checkLengths(rule, context);
  rule.require(context);
  checkDocNumber(rule, context);
  throwFindings(context);
  rule.complete(context);
  throwFindings(context);
  checkLimit(context, rule.name);
  if (rule.isTransaction) checkBooksOpen(context);
  return keep(request, context);
}

/** @throws Fault 610, 5010, 6210, 6540 or 6000 */
export function remove(request: WriteRequest): WriteResult {
  const { rule } = request;
  const bound = bind(rule.name, request.body);
  const sent = rule.unwrap?.(bound) ?? bound;
  checkSubscription(request);
  if (!rule.deletable) throw business(`Operation delete is not supported for ${rule.name}.`);
  const before = findTarget(request, sent);
  const context = contextOf(request, 'sparse', before, { Id: before.id });
  checkBooksOpen(context);
  checkUnlocked(request.company, before);
  const stored: Stored = { ...before, deleted: true, updatedAtMs: request.nowMs };
  context.draft.put(stored);
  rule.settle?.(context, stored);
  return { stored, changes: commit(request.company, context.draft) };
}

/** @throws Fault 610, 5010, 6210 or 6540 */
export function voidTransaction(request: WriteRequest): WriteResult {
  const { rule } = request;
  const sent = bind(rule.name, request.body);
  checkSubscription(request);
  const before = findTarget(request, sent);
  if (rule.void === undefined) {
    if (request.switches.unsupportedVoid === 'ignored') return { stored: before, changes: [] };
    throw new Fault([finding('500', 'Operation void is not supported.')]);
  }
  const context = contextOf(request, 'sparse', before, { Id: before.id });
  checkBooksOpen(context);
  checkUnlocked(request.company, before);
  rule.void(context);
  return keep(request, context);
}

/** A payment or receipt that lies in a deposit cannot be touched at all. */
function checkUnlocked(company: Company, before: Stored): void {
  const deposits = company.links.to(before.entity, before.id);
  if (!deposits.some((link) => link.byEntity === 'Deposit')) return;
  throw refuse(
    '6540',
    'This transaction has been deposited. If you want to change or delete it, you must edit the deposit it appears on and remove it first',
  );
}
