import { printCheques } from '../control/cheque.js';
import * as control from '../control/company.js';
import { mergeObjects } from '../control/merge.js';
import { ControlError, type ControlHandler } from '../control/request.js';
import { type Fields, text } from '../fields.js';
import type { Stored } from '../table.js';
import type { World } from '../world.js';

/** What a form sent: the company and the fields of the form. */
export interface Action {
  readonly world: World;
  readonly realm: string;
  readonly form: URLSearchParams;
}

function call(
  action: Action,
  handler: ControlHandler,
  body: Fields,
  entity?: string,
  operation?: string,
): void {
  const params = new URLSearchParams(operation === undefined ? {} : { operation });
  const parts = entity === undefined ? [action.realm] : [action.realm, entity];
  handler({ world: action.world, parts, params, body });
}

function given(action: Action, name: string): string {
  const value = action.form.get(name)?.trim() ?? '';
  if (value === '') throw new ControlError(`${name} is missing`);
  return value;
}

function targetOf(action: Action): Stored {
  const [entity, id] = [given(action, 'entity'), given(action, 'id')];
  const stored = action.world.find(action.realm)?.table(entity).get(id);
  if (stored === undefined) throw new ControlError(`there is no ${entity} ${id}`, 404);
  return stored;
}

/** Some properties are wanted in every update, also where they stay as they are. */
const WANTED_ALWAYS: Readonly<Record<string, string>> = {
  Bill: 'VendorRef',
  Class: 'Name',
  Purchase: 'PaymentType',
  PurchaseOrder: 'VendorRef',
  VendorCredit: 'VendorRef',
};

function update(action: Action, change: Fields): void {
  const { entity, id, fields } = targetOf(action);
  const wanted = WANTED_ALWAYS[entity];
  const kept = wanted === undefined ? {} : { [wanted]: fields[wanted] };
  call(action, control.actOnObject, { Id: id, ...kept, ...change }, entity);
}

function rename(action: Action): string {
  const { entity, fields } = targetOf(action);
  const property = text(fields, 'DisplayName') === undefined ? 'Name' : 'DisplayName';
  update(action, { [property]: given(action, 'name') });
  return `The ${entity.toLowerCase()} is now called ${given(action, 'name')}.`;
}

function operate(action: Action, operation: 'delete' | 'void', done: string): string {
  const { entity, id } = targetOf(action);
  call(action, control.actOnObject, { Id: id }, entity, operation);
  return `${entity} ${id} was ${done}.`;
}

/** Brings the money of one payment or receipt to a bank. */
function deposit(action: Action): string {
  const { entity, id, fields } = targetOf(action);
  const line = { Amount: fields['TotalAmt'], LinkedTxn: [{ TxnId: id, TxnType: entity, TxnLineId: '0' }] };
  const bank = { DepositToAccountRef: { value: given(action, 'accountId') } };
  call(action, control.actOnObject, { ...bank, Line: [line] }, 'Deposit');
  return `${entity} ${id} was deposited.`;
}

function closeBooks(action: Action, date: string | null): string {
  call(action, control.setPreferences, { AccountingInfoPrefs: { BookCloseDate: date } });
  return date === null ? 'The books are open.' : `The books are closed through ${date}.`;
}

function print(action: Action): string {
  const startNumber = action.form.get('startNumber')?.trim() ?? '';
  const start = startNumber === '' ? {} : { startNumber };
  call(action, printCheques, { accountId: given(action, 'accountId'), ...start });
  return 'What waited was printed.';
}

function merge(action: Action): string {
  const body = { entity: given(action, 'entity'), id: given(action, 'id'), into: given(action, 'into') };
  call(action, mergeObjects, body);
  return `${body.id} was merged into ${body.into}.`;
}

function say(action: Action, handler: ControlHandler, body: Fields, done: string): string {
  call(action, handler, body);
  return done;
}

/** What each button does, by the side door's own handlers and so by the API's rules. Answers what to say of it. */
export const ACTIONS: Readonly<Record<string, (action: Action) => string>> = {
  rename,
  renumber(action) {
    update(action, { DocNumber: given(action, 'number') });
    return `The number is now ${given(action, 'number')}.`;
  },
  archive(action) {
    update(action, { Active: false });
    return 'It is inactive now, and its name is free.';
  },
  reactivate(action) {
    update(action, { Active: true });
    return 'It is active again.';
  },
  void: (action) => operate(action, 'void', 'voided'),
  delete: (action) => operate(action, 'delete', 'deleted'),
  deposit,
  merge,
  'print-cheques': print,
  'close-books': (action) => closeBooks(action, given(action, 'date')),
  'reopen-books': (action) => closeBooks(action, null),
  disconnect: (action) => say(action, control.disconnect, {}, 'The app was disconnected.'),
  'remove-user': (action) =>
    say(action, control.disconnect, { reason: 'user-removed' }, 'The connecting user was removed.'),
  'expire-tokens': (action) => say(action, control.expireTokens, {}, 'Access tokens have expired.'),
  'end-subscription': (action) =>
    say(action, control.setStatus, { status: 'read-only' }, 'The subscription ended.'),
  'renew-subscription': (action) =>
    say(action, control.setStatus, { status: 'active' }, 'The subscription was renewed.'),
  'add-company'(action) {
    const [realm, seed] = [given(action, 'newRealm'), given(action, 'seed')];
    return say(action, control.addCompany, { realm, seed }, `Company ${realm} is there.`);
  },
};
