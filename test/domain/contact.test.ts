import { describe, expect, test } from 'vitest';
import { DEFAULT_PROFILE } from '../../src/domain/company.js';
import { billedTo } from '../../src/domain/contact.js';

const matter = (matterId: string) => ({ matterId });
const client = { clientId: 'C1' };

describe('whom a bill stands under', () => {
  test.each([
    ['the client', undefined, [matter('M1')], {}, 'contact/C1/customer'],
    ['the client', 'USD', [], {}, 'contact/C1/customer'],
    ['the client in euros', 'EUR', [matter('M1')], {}, 'contact/C1/customer/EUR'],
    ['its one matter', undefined, [matter('M1')], { matters: 'sub-customer' }, 'contact/C1/matter/M1'],
    [
      'its one matter in euros',
      'EUR',
      [matter('M1')],
      { matters: 'sub-customer' },
      'contact/C1/matter/M1/EUR',
    ],
    [
      'the client of two',
      undefined,
      [matter('M1'), matter('M2')],
      { matters: 'sub-customer' },
      'contact/C1/customer',
    ],
    ['the client without any', 'EUR', [], { matters: 'sub-customer' }, 'contact/C1/customer/EUR'],
    [
      'the client where they go into the memo',
      undefined,
      [matter('M1')],
      { matters: 'memo' },
      'contact/C1/customer',
    ],
  ] as const)('%s: %s, %j, %j', (_who, currency, matters, settings, key) => {
    expect(billedTo({ client, ...(currency && { currency }), matters }, settings)).toBe(key);
  });

  test("is the client in the company's own currency, whichever that is", () => {
    const canadian = { ...DEFAULT_PROFILE, homeCurrency: 'CAD' };
    expect(billedTo({ client, currency: 'CAD', matters: [] }, {}, canadian)).toBe('contact/C1/customer');
    expect(billedTo({ client, currency: 'USD', matters: [] }, {}, canadian)).toBe('contact/C1/customer/USD');
  });
});
