import { expect, test } from 'vitest';
import { clientName, matterName } from '../../src/domain/customer-name.js';

const long = 'x'.repeat(600);

test.each([
  [clientName('Ada Lovelace'), 'Ada Lovelace'],
  [clientName('Ada Lovelace', 'EUR'), 'Ada Lovelace (EUR)'],
  [clientName('x'.repeat(500)), 'x'.repeat(500)],
  [clientName('x'.repeat(500), 'EUR'), `${'x'.repeat(491)}... (EUR)`],
  [matterName({ number: '2026-017', description: 'Engine dispute' }), '2026-017 Engine dispute'],
  [matterName({ number: '2026-017', description: 'In re: Hale\n: costs' }), '2026-017 In re - Hale - costs'],
  [matterName({ number: '7', description: long }), `7 ${'x'.repeat(495)}...`],
  [matterName({ number: '7', description: long }, 'GBP'), `7 ${'x'.repeat(489)}... (GBP)`],
])('%# %s', (name, wanted) => {
  expect(name).toBe(wanted);
  expect(name.length).toBeLessThanOrEqual(500);
});
