import { type Fields, child, isFields } from '../fields.js';
import type { EntityRule, WriteContext } from '../rule.js';

const SECTIONS = [
  'AccountingInfoPrefs',
  'ProductAndServicesPrefs',
  'SalesFormsPrefs',
  'EmailMessagesPrefs',
  'VendorAndPurchasesPrefs',
  'TimeTrackingPrefs',
  'TaxPrefs',
  'CurrencyPrefs',
  'ReportPrefs',
  'OtherPrefs',
];

/** Only a person on the screen closes the books or turns location tracking on; the API's attempt is ignored. */
const SET_ON_SCREEN_ONLY = ['BookCloseDate', 'TrackDepartments'];

function complete(context: WriteContext): void {
  const stored = context.before?.fields ?? {};
  for (const section of SECTIONS) {
    const before = child(stored, section);
    const after = child(context.fields, section);
    if (before === undefined) continue;
    const merged: Fields = { ...before, ...(isFields(after) ? after : {}) };
    if (section === 'AccountingInfoPrefs' && !context.include.has('screen')) {
      for (const property of SET_ON_SCREEN_ONLY) merged[property] = before[property];
    }
    context.fields[section] = merged;
  }
  const currency = child(context.fields, 'CurrencyPrefs');
  const before = child(stored, 'CurrencyPrefs');
  if (currency === undefined || before === undefined) return;
  // Multicurrency is turned on on the screen, and never off; the home currency is chosen once.
  const isOn = before['MultiCurrencyEnabled'] === true;
  if (isOn || !context.include.has('screen')) currency['MultiCurrencyEnabled'] = isOn;
  currency['HomeCurrency'] = before['HomeCurrency'];
}

export const preferencesRule: EntityRule = {
  name: 'Preferences',
  idSpace: 'list',
  isTransaction: false,
  creatable: false,
  deletable: false,
  readOnly: [],
  maxLengths: {},
  queryable: { Id: 'id' },
  require: () => undefined,
  complete,
};
