import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRemedy, exampleRemedy } from '../../src/domain/remedy.js';
import { aParking } from '../support/builder.js';

describe('a remedy that is allowed', () => {
  test.each([
    [{ action: 'retry' }, { action: 'retry', parkId: 'P-1' }],
    [
      { action: 'retry', parkId: 'P-1', by: 'Kim' },
      { action: 'retry', parkId: 'P-1', by: 'Kim' },
    ],
    [
      { action: 'renumber', number: 'A-1' },
      { action: 'renumber', parkId: 'P-1', number: 'A-1' },
    ],
    [
      { action: 'new-prefix', prefix: 'Z-', note: 'x' },
      { action: 'new-prefix', parkId: 'P-1', prefix: 'Z-', note: 'x' },
    ],
  ])('%j', (typed, accepted) => {
    expect(checkRemedy(aParking(), typed)).toEqual({ accepted });
  });

  test('an empty box is a retry where the message says nothing else', () => {
    expect(checkRemedy(aParking(), undefined, 'retry')).toEqual({
      accepted: { action: 'retry', parkId: 'P-1' },
    });
  });
});

describe('what was excluded, and is parked no more', () => {
  test.each([
    [{ action: 'include' }, { action: 'include' }],
    [
      { action: 'include', by: 'Kim', note: 'a mistake' },
      { action: 'include', by: 'Kim', note: 'a mistake' },
    ],
  ])('is included by %j', (typed, accepted) => {
    expect(checkRemedy(undefined, typed, 'retry')).toEqual({ accepted });
  });

  test.each([
    undefined,
    null,
    [],
    'include',
    { action: 'includ' },
    { action: 'include', number: '1' },
    { $undecodable: { reason: 'x' } },
  ])('and not by %j', (typed) => {
    expect(checkRemedy(undefined, typed, 'retry')).toEqual({
      refused: expect.stringContaining('{"action":"include"}'),
    });
  });

  test('what is parked is not excluded', () => {
    expect(checkRemedy(aParking(), { action: 'include' })).toHaveProperty('refused');
  });
});

describe('a remedy that is refused says why and shows a right one', () => {
  test.each([
    [undefined, 'Unknown action'],
    [null, 'Unknown action'],
    ['retry', 'one JSON object'],
    [[], 'one JSON object'],
    [{ action: 'hurry' }, 'Unknown action "hurry"'],
    [{ action: 'adopt' }, 'does not help against'],
    [{ action: 'renumber' }, 'needs "number"'],
    [{ action: 'renumber', number: ' ' }, 'needs "number"'],
    [{ actoin: 'retry' }, 'no field "actoin"'],
    [{ $undecodable: { reason: 'its key is gone' } }, 'could not be read: its key is gone'],
    [{ action: 'renumber', number: '1234567890123456789012' }, '1 to 21 characters'],
    [{ action: 'new-prefix', prefix: 'a b' }, 'needs "prefix"'],
    [{ action: 'retry', parkId: 'P-0' }, 'was meant for "P-0"'],
  ])('%j', (typed, reason) => {
    const check = checkRemedy(aParking(), typed);
    expect(check).toEqual({ refused: expect.stringContaining(reason) });
    expect(check).toEqual({ refused: expect.stringContaining(exampleRemedy(aParking())) });
  });

  test('where nothing is parked', () => {
    expect(checkRemedy(undefined, { action: 'retry' })).toEqual({
      refused: expect.stringContaining('Nothing is waiting'),
    });
  });
});

test('whatever is typed, it never throws', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: false }), (typed) => {
      const check = checkRemedy(aParking(), typed);
      expect('accepted' in check || 'refused' in check).toBe(true);
    }),
  );
});

describe('another record in the place of one', () => {
  const parked = aParking({ fault: 'reference-missing', allowed: ['remap', 'retry'] });

  test.each([
    [{ action: 'remap', to: '7' }, undefined],
    [{ action: 'remap' }, 'needs "to"'],
    [{ action: 'remap', to: 'Fees' }, 'digits only'],
    [{ action: 'remap', from: '3', to: '7' }, 'no field "from"'],
  ])('%j', (typed, reason) => {
    expect(checkRemedy(parked, typed)).toEqual(
      reason === undefined
        ? { accepted: { ...typed, parkId: 'P-1' } }
        : { refused: expect.stringContaining(reason) },
    );
  });
});

describe('what is an administrator’s right', () => {
  const parked = aParking({
    fault: 'record-lives',
    allowed: ['adopt', 'void-there', 'clear-link'],
    qboId: '77',
  });
  const as = 'administrator';

  test.each([
    [{ action: 'clear-link', as }, undefined],
    [{ action: 'clear-link' }, "administrator's right"],
    [{ action: 'clear-link', as: 'operator' }, "administrator's right"],
    [{ action: 'void-there', as, qboId: '77', confirm: true }, undefined],
    [{ action: 'void-there', qboId: '77', confirm: true }, "administrator's right"],
    [{ action: 'void-there', as, qboId: '77' }, 'has to name what was seen'],
    [{ action: 'void-there', as, qboId: '78', confirm: true }, 'has to name what was seen'],
    [{ action: 'void-there', as, confirm: true }, 'needs "qboId"'],
  ])('%j', (typed, reason) => {
    const check = checkRemedy(parked, typed);
    expect(check).toEqual(
      reason === undefined
        ? { accepted: { ...typed, parkId: 'P-1' } }
        : { refused: expect.stringContaining(reason) },
    );
  });

  test('is shown ready to paste, and what is shown is allowed', () => {
    for (const action of parked.allowed) {
      expect(checkRemedy(parked, JSON.parse(exampleRemedy(parked, action)))).toHaveProperty('accepted');
    }
  });
});

describe('adopting a record', () => {
  const parked = aParking({ fault: 'contact-name-taken', allowed: ['adopt', 'retry'], qboId: '77' });

  test.each([
    [
      { action: 'adopt', qboId: '77', by: 'Kim' },
      { action: 'adopt', parkId: 'P-1', qboId: '77', by: 'Kim' },
    ],
    [
      { action: 'adopt', qboId: '8', confirm: true },
      { action: 'adopt', parkId: 'P-1', qboId: '8', confirm: true },
    ],
  ])('%j', (typed, accepted) => {
    expect(checkRemedy(parked, typed)).toEqual({ accepted });
  });

  test.each([[{ action: 'adopt' }], [{ action: 'adopt', qboId: 77 }], [{ action: 'adopt', qboId: 'Ada' }]])(
    'needs the id of the record: %j',
    (typed) => {
      expect(checkRemedy(parked, typed)).toEqual({ refused: expect.stringContaining('needs "qboId"') });
    },
  );

  test('is shown with the record that was found, and with what confirms it once that is needed', () => {
    expect(exampleRemedy(parked)).toBe('{"action":"adopt","parkId":"P-1","qboId":"77"}');
    expect(exampleRemedy({ ...parked, confirm: true })).toBe(
      '{"action":"adopt","parkId":"P-1","qboId":"77","confirm":true}',
    );
  });
});

describe('where client money stands in QuickBooks', () => {
  const parked = aParking({ allowed: ['adopt'], qboId: '145', qboType: 'Deposit', qboLine: '2' });

  test('is named by type and line beside the id', () => {
    const typed = { action: 'adopt', qboId: '145', qboType: 'Deposit', qboLine: '3' };
    expect(checkRemedy(parked, typed)).toEqual({ accepted: { ...typed, parkId: 'P-1' } });
    expect(JSON.parse(exampleRemedy(parked))).toMatchObject({ qboType: 'Deposit', qboLine: '2' });
  });

  test.each([
    [{ qboType: 'Invoice' }, '"qboType" is one of JournalEntry, Deposit, Purchase, Transfer; got "Invoice".'],
    [{ qboLine: 2 }, '"qboLine" is the id of a line, digits only; got 2.'],
  ])('is refused as %j', (over, reason) => {
    const check = checkRemedy(parked, { action: 'adopt', qboId: '145', ...over });
    expect('refused' in check && check.refused).toContain(reason);
  });
});
