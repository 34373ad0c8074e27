import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryByKey, FAULT_ENTRIES } from '../../../src/domain/fault/catalogue.js';
import { classify, type FaultSubject } from '../../../src/domain/fault/classify.js';
import type { DocumentType, FaultAction, FaultAnswer } from '../../../src/domain/fault/entry.js';
import { readFaultAnswer } from '../../../src/qbo/fault-body.js';
import { CONTENT_ROWS } from './content-rows.js';
import { RECORD_ROWS } from './record-rows.js';
import { SEED_ROWS } from './seed-rows.js';
import { SYSTEM_ROWS } from './system-rows.js';
import { gateway, keyOf, row, service, type WireError } from './wire.js';

const ROWS = [...RECORD_ROWS, ...CONTENT_ROWS, ...SYSTEM_ROWS];
const about: FaultSubject = { document: 'invoice', action: 'create' };

function classified(errors: WireError[], subject = about, httpStatus = 400) {
  const answer = readFaultAnswer(service(errors, httpStatus));
  return classify(answer!, subject);
}

describe('every answer reaches the entry meant for it', () => {
  it.each(ROWS.map((given, at) => [`${at}: ${given.key}`, given] as const))('%s', (_name, given) => {
    expect(keyOf(given)).toBe(given.key);
  });

  it('leaves no entry without an answer that reaches it, but those only we can raise', () => {
    const reached = new Set(ROWS.map((given) => given.key));
    const missed = FAULT_ENTRIES.filter((entry) => entry.match.length > 0 && !reached.has(entry.key));
    expect(missed.map((entry) => entry.key)).toEqual([]);
  });
});

describe('every cause the help pages name has its entry', () => {
  it.each(SEED_ROWS.map((given) => [`${given.code} ${given.cause}`, given] as const))(
    '%s',
    (_name, given) => {
      expect(entryByKey(given.key)).toBeDefined();
      if (given.raw) expect(keyOf(row(given.key, given.raw, given.document, given.action))).toBe(given.key);
    },
  );

  it('counts them', () => {
    expect(SEED_ROWS.length).toBe(68);
    expect(new Set(SEED_ROWS.map((given) => given.key)).size).toBe(57);
    expect(FAULT_ENTRIES.length).toBeGreaterThanOrEqual(132);
  });
});

describe('parameters', () => {
  it('takes number, type and id of the transaction in the way', () => {
    const detail = 'DocNumber=A 1042 is assigned to TxnType=Journal Entry with TxnId=3632';
    expect(classified([['6140', detail, '']]).params).toMatchObject({
      number: 'A 1042',
      txnType: 'Journal Entry',
      txnId: '3632',
    });
  });

  it('takes field, limit and length, with and without a thousands comma', () => {
    const detail =
      'String length specified does not match the supported length. Min:0 Max:4,000 supported. Supplied length: 4,006';
    const expected = { field: 'line description', max: '4,000', supplied: '4,006' };
    expect(classified([['2050', detail, 'Line.Description']]).params).toMatchObject(expected);
    const older = classified([['2050', detail.replaceAll(',', ''), 'PrimaryEmailAddr']]).params;
    expect(older).toMatchObject({ field: 'primary email address', max: '4000', supplied: '4006' });
  });

  it('takes list and id of a lost reference', () => {
    const { params } = classified([['2500', 'Invalid Reference Id : Accounts element id 7 not found']]);
    expect(params).toMatchObject({ table: 'Accounts', id: '7' });
  });

  it('keeps the words of QuickBooks for what is not known', () => {
    const { entry, params, error } = classified([['9999', 'Something   new\nunder the sun']]);
    expect(entry.key).toBe('unrecognised');
    expect(params).toEqual({ code: '9999', reason: 'Something new under the sun' });
    expect(error?.code).toBe('9999');
  });
});

describe('code', () => {
  it.each(['6240', 6240, '006240', ' 6240 '])('%j is the same code', (code) => {
    expect(classified([[code]]).entry.key).toBe('contact-name-taken');
  });

  it('is found in the message where the field is missing', () => {
    const raw = gateway(
      401,
      'message=AuthenticationFailed; errorCode=003200; statusCode=401',
      null,
      undefined,
    );
    expect(keyOf({ raw, about })).toBe('token-expired');
  });

  it('counts more than the status that carries it', () => {
    expect(classified([['6240']], about, 503).entry.key).toBe('contact-name-taken');
    expect(classified([['9999']], about, 503).entry.key).toBe('service-unavailable');
  });
});

describe('several errors in one answer', () => {
  const cases: [string, WireError[], string][] = [
    [
      'a taken number before what is missing',
      [['2020', 'Required parameter x is missing', 'Line.x'], ['6140']],
      'number-used-bill',
    ],
    [
      'permanent before transient',
      [['6000', 'Please wait a few minutes and try again.'], ['6210']],
      'closed-period',
    ],
    [
      'unknown before transient',
      [['6000', 'Please wait a few minutes and try again.'], ['9999']],
      'unrecognised',
    ],
    ['known before unknown', [['9999'], ['6070']], 'rounding-differs'],
    ['company before document', [['6140'], ['6190']], 'subscription-ended'],
  ];
  it.each(cases)('%s, in either order', (_name, errors, key) => {
    expect(classified(errors).entry.key).toBe(key);
    expect(classified(errors.toReversed()).entry.key).toBe(key);
  });

  it('says which error decided', () => {
    expect(classified([['9999'], ['6070']]).error?.code).toBe('6070');
  });
});

const documents: DocumentType[] = ['customer', 'invoice', 'payment', 'journal-entry', 'class', 'company'];
const actions: FaultAction[] = ['create', 'update', 'delete', 'void', 'read'];
const subjects = fc.record({ document: fc.constantFrom(...documents), action: fc.constantFrom(...actions) });
const codes = fc.oneof(
  fc.constantFrom(...ROWS.map((given) => given.raw.body.match(/"code":"(\d+)"/)?.[1] ?? '')),
  fc.string(),
);
const answers: fc.Arbitrary<FaultAnswer> = fc.record({
  httpStatus: fc.integer({ min: 0, max: 999 }),
  shape: fc.constantFrom('service', 'gateway', 'oauth', 'xml', 'html', 'empty', 'unreadable', 'none'),
  errors: fc.array(
    fc.record({ code: codes, message: fc.string(), detail: fc.string(), element: fc.string() }),
    { maxLength: 4 },
  ),
});

describe('any answer at all', () => {
  it('reaches one entry, the same each time', () => {
    fc.assert(
      fc.property(answers, subjects, (answer, subject) => {
        const first = classify(answer, subject);
        expect(FAULT_ENTRIES).toContain(first.entry);
        expect(classify(structuredClone(answer), subject)).toEqual(first);
      }),
    );
  });

  it('reaches the same entry whatever the order of its errors', () => {
    fc.assert(
      fc.property(answers, subjects, (answer, subject) => {
        const turned = { ...answer, errors: answer.errors.toReversed() };
        expect(classify(turned, subject).entry).toBe(classify(answer, subject).entry);
      }),
    );
  });

  it('is classified quickly, however long and repetitive its text', () => {
    const detail = 'DocNumber=x is assigned to TxnType=y '.repeat(20_000);
    const answer: FaultAnswer = {
      httpStatus: 400,
      shape: 'service',
      errors: [{ code: '6140', message: detail, detail }],
    };
    const startedAt = performance.now();
    classify(answer, about);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
