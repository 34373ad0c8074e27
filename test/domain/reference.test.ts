import { expect, test } from 'vitest';
import type { FirmSettings } from '../../src/domain/firm.js';
import { remap, remapping, type Reference } from '../../src/domain/reference.js';

const SETTINGS: FirmSettings = {
  prefix: 'A-',
  items: { time: '7', expense: '8' },
  categories: { Filing: '7' },
  taxItems: { HST: '9' },
  taxCodes: { HST: '7', GST: '5' },
  untaxedCode: '4',
  depositAccountId: '7',
  paymentMethods: { Cheque: '7' },
};

test.each<[string, Reference, object]>([
  [
    'an item everywhere',
    { list: 'Item', id: '7' },
    { items: { time: '1', expense: '8' }, categories: { Filing: '1' } },
  ],
  ['an item of a tax', { list: 'Item', id: '9' }, { taxItems: { HST: '1' } }],
  ['an account, and no item of the same id', { list: 'Account', id: '7' }, { depositAccountId: '1' }],
  ['a payment method', { list: 'PaymentMethod', id: '7' }, { paymentMethods: { Cheque: '1' } }],
  ['a tax code', { list: 'TaxCode', id: '7' }, { taxCodes: { HST: '1', GST: '5' } }],
  ['the tax code of what is not taxed', { list: 'TaxCode', id: '4' }, { untaxedCode: '1' }],
  ['nothing that is not chosen', { list: 'Item', id: '99' }, {}],
])('remaps %s', (_what, reference, changed) => {
  const { prefix: _kept, ...mapped } = SETTINGS;
  expect(remapping(SETTINGS, reference, '1')).toEqual({ ...mapped, ...changed });
});

test.each<[string, FirmSettings, Reference, object]>([
  ['a kind', SETTINGS, { list: 'Kind', id: 'flat-fee' }, { items: { 'flat-fee': '1' } }],
  ['a category', SETTINGS, { list: 'Kind', id: 'Travel' }, { categories: { Filing: '7', Travel: '1' } }],
  ['an account for deposits', SETTINGS, { list: 'Account', id: '' }, { depositAccountId: '1' }],
])('chooses what was not chosen: %s', (_what, settings, reference, change) => {
  expect(remapping(settings, reference, '1')).toEqual(change);
});

test('what was remapped for a document holds for its own terms, and only for that list', () => {
  const terms = { depositAccountId: '7', paymentMethods: { Cheque: '7' } };
  expect(remap(terms, { 'Account 7': '1' })).toEqual({
    depositAccountId: '1',
    paymentMethods: { Cheque: '7' },
  });
  expect(remap(SETTINGS, {})).toEqual(SETTINGS);
});
