import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { snapshotsPage } from '../../scripts/snapshots-doc.js';
import { jsonSchema, SCHEMAS } from '../../src/snapshot/schema.js';
import { aBill, aCredit, aWriteOff, expenseLine, otherLine, timeLine } from '../support/builder.js';

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const bill = ajv.compile(jsonSchema('bill'));
const settings = ajv.compile(jsonSchema('settings'));

const full = aBill({
  lines: [timeLine({ timekeeperId: 'T1' }), expenseLine({ category: 'Filing' }), otherLine()],
  credits: [aCredit()],
  writeOffs: [aWriteOff()],
  currency: 'CAD',
  exchangeRate: '0.73',
  replaces: 'B0',
});

describe('the published schema', () => {
  test.each<[string, unknown]>([
    ['as it usually is', aBill()],
    ['with all there is', full],
    ['without lines', aBill({ lines: [] })],
    ['with an unknown field', { ...full, total: 1 }],
    ['with a fraction of a cent', aBill({ lines: [expenseLine({ amountCents: 0.5 })] })],
    ['without a client', { ...full, client: undefined }],
    ['with a blank text', aBill({ number: ' 1' })],
    ['with a discount above zero', aBill({ lines: [otherLine({ kind: 'discount', amountCents: 1 })] })],
  ])('takes and refuses what the service does: a bill %s', (_name, value) => {
    const json: unknown = JSON.parse(JSON.stringify(value));
    expect(bill(json)).toBe(SCHEMAS.bill.safeParse(json).success);
  });

  test.each<[string, unknown]>([
    ['nothing', {}],
    [
      'all at once',
      { prefix: 'CF-', items: { time: '1', 'bad-debt': '2' }, taxCodes: { HST: '5' }, tax: 'codes' },
    ],
    ['one taken back', { startOn: null }],
    ['an item by its name', { items: { time: 'Legal services' } }],
    ['an unknown mode', { tax: 'none' }],
  ])('takes and refuses what the service does: settings with %s', (_name, value) => {
    expect(settings(value)).toBe(SCHEMAS.settings.safeParse(value).success);
  });

  test('has a name and forbids what it does not know', () => {
    expect(jsonSchema('bill')).toMatchObject({ $id: 'urn:counterfoil:bill', additionalProperties: false });
  });
});

describe('docs/snapshots.md', () => {
  const page = readFileSync(new URL('../../docs/snapshots.md', import.meta.url), 'utf8');

  test('is what the schemas say now (npm run snapshots-doc writes it)', async () => {
    expect(page).toBe(await snapshotsPage(page));
  });

  test('tells of kinds, units and limits', () => {
    expect(page).toMatch(/`lines\[\]\.hoursThousandths` of `time` +\| required \| whole number, from 0/);
    expect(page).toMatch(/`replaces` +\| {10}\| text, 1 to 64/);
  });
});
