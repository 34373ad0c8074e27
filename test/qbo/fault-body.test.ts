import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../src/domain/fault/classify.js';
import { readFaultAnswer } from '../../src/qbo/fault-body.js';
import { recordedAnswers } from './recorded-answer.js';

const read = (httpStatus: number, body: string, contentType?: string) =>
  readFaultAnswer({ httpStatus, body, contentType });
const fault = (error: unknown, type: unknown = 'ValidationFault') =>
  JSON.stringify({ Fault: { Error: error, type }, time: '2026-05-05T02:08:54.543-07:00' });

describe('success', () => {
  it.each([
    [200, '{"Invoice":{"Id":"155"},"time":"2026-05-05T02:08:54.543-07:00"}'],
    [200, '\uFEFF {"QueryResponse":{}}\n'],
    [201, '{"fault":null,"intuitObject":{}}'],
    [200, '{"BatchItemResponse":[{"bId":"1","Fault":{"Error":[{"code":"610"}]}}]}'],
  ])('HTTP %i %s', (httpStatus, body) => {
    expect(read(httpStatus, body, 'application/json')).toBeUndefined();
  });

  it.each([
    [200, '"Invoice"'],
    [200, 'null'],
    [200, '[]'],
    [200, '{"Invoice":{"Id":"15'],
    [200, 'OK'],
    [302, '{"Invoice":{"Id":"155"}}'],
    [400, '{"Invoice":{"Id":"155"}}'],
  ])('is not HTTP %i %s', (httpStatus, body) => {
    expect(read(httpStatus, body)).toEqual({ httpStatus, shape: 'unreadable', errors: [] });
  });
});

describe('service fault', () => {
  const error = {
    Message: 'Duplicate Name Exists Error',
    Detail: 'The name supplied already exists. : null',
    code: '6240',
  };

  it('is read whole', () => {
    expect(read(400, fault([{ ...error, element: 'Name' }]))).toEqual({
      httpStatus: 400,
      shape: 'service',
      type: 'ValidationFault',
      errors: [{ code: '6240', message: error.Message, detail: error.Detail, element: 'Name' }],
    });
  });

  it('counts with HTTP 200 as well', () => {
    expect(read(200, fault([error]))?.errors[0]?.code).toBe('6240');
  });

  it('may have several errors, each kept in its place', () => {
    const codes = read(400, fault([{ code: '6140' }, { code: '2020' }, { code: '2020' }]))?.errors.map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['6140', '2020', '2020']);
  });

  it.each([
    ['6240', '6240'],
    [6240, '6240'],
    ['006240', '6240'],
    [' 6240 ', '6240'],
    [0, ''],
    [null, ''],
    [{}, ''],
  ])('code %j is %j', (code, expected) => {
    expect(read(400, fault([{ code }]))?.errors[0]?.code).toBe(expected);
  });

  it('goes without element, detail, message, type and time', () => {
    expect(read(400, '{"Fault":{"Error":[{"code":"2030"}]}}')).toEqual({
      httpStatus: 400,
      shape: 'service',
      errors: [{ code: '2030', message: '', detail: '' }],
    });
    expect(read(400, fault([{ code: '5010', element: '' }]))?.errors[0]).not.toHaveProperty('element');
  });

  it('is a fault even when nothing in it can be read', () => {
    for (const body of [
      '{"Fault":{}}',
      '{"Fault":"no"}',
      '{"Fault":[]}',
      fault(null),
      fault([null, 5, 'x']),
      fault('x'),
    ]) {
      expect(read(200, body), body).toMatchObject({ shape: 'service', errors: [] });
    }
    expect(read(400, fault({ code: '610' }))?.errors[0]?.code).toBe('610');
  });

  it('has one spelling for its family', () => {
    expect(read(500, fault([{ code: '120' }], 'AuthorizatonFault'))?.type).toBe('AuthorizationFault');
    expect(read(401, fault([{ code: '120' }], 'AuthorizationFault'))?.type).toBe('AuthorizationFault');
  });

  it('keeps no more of a text than anybody reads', () => {
    expect(read(400, fault([{ code: '2010', Detail: 'x'.repeat(100_000) }]))?.errors[0]?.detail.length).toBe(
      4000,
    );
  });
});

describe('gateway fault', () => {
  const message = 'message=AuthenticationFailed; errorCode=003200; statusCode=401';
  const gateway = (code: unknown) =>
    JSON.stringify({
      fault: { error: [{ message, detail: 'Token expired', code, element: null }], type: 'AUTHENTICATION' },
    });

  it.each(['3200', '003200', 3200, undefined, ''])('code %j is 3200', (code) => {
    expect(read(401, gateway(code))).toEqual({
      httpStatus: 401,
      shape: 'gateway',
      type: 'AUTHENTICATION',
      errors: [{ code: '3200', message, detail: 'Token expired' }],
    });
  });

  it('is found in plain text by its code', () => {
    expect(read(401, message)).toMatchObject({ shape: 'unreadable', errors: [{ code: '3200' }] });
  });
});

describe('answer of the token endpoint', () => {
  it('keeps its word as the code', () => {
    expect(read(400, '{"error":"invalid_grant","error_description":"Token invalid"}')).toEqual({
      httpStatus: 400,
      shape: 'oauth',
      errors: [{ code: 'invalid_grant', message: 'invalid_grant', detail: 'Token invalid' }],
    });
  });
});

describe('XML', () => {
  const one =
    '<Error code="003001"><Message>message=ThrottleExceeded</Message><Detail>Try again &lt;later&gt; &amp; rest&#33;</Detail></Error>';

  it.each([
    [
      'in an envelope',
      `<?xml version="1.0"?><IntuitResponse xmlns="http://schema.intuit.com/finance/v3"><Fault type="SERVICE">${one}</Fault></IntuitResponse>`,
    ],
    ['bare', `<Fault type='SERVICE'>${one}</Fault>`],
    [
      'with a prefix',
      `<ns0:IntuitResponse><ns0:Fault type="SERVICE">${one.replaceAll(/<(\/?)(?=[A-Z])/g, '<$1ns0:')}</ns0:Fault></ns0:IntuitResponse>`,
    ],
    ['cut off', `<Fault type="SERVICE">${one.slice(0, -'</Detail></Error>'.length)}`],
  ])('is read %s', (_name, body) => {
    expect(read(429, body)).toEqual({
      httpStatus: 429,
      shape: 'xml',
      type: 'SERVICE',
      errors: [{ code: '3001', message: 'message=ThrottleExceeded', detail: 'Try again <later> & rest!' }],
    });
  });

  it('keeps several errors apart', () => {
    const body = `<Fault type="ValidationFault"><Error code="2050" element="Name"><Message>a</Message></Error><Error element='Zip' code='2080'><Detail><![CDATA[b & c]]></Detail></Error></Fault>`;
    expect(read(400, body)?.errors).toEqual([
      { code: '2050', message: 'a', detail: '', element: 'Name' },
      { code: '2080', message: '', detail: 'b & c', element: 'Zip' },
    ]);
  });

  it('reads the older form too', () => {
    const body =
      '<FaultInfo><Message>message=AuthorizationFailed; errorCode=003100; statusCode=403</Message><ErrorCode>003100</ErrorCode><Cause>SERVER</Cause></FaultInfo>';
    expect(read(403, body)).toMatchObject({ shape: 'xml', errors: [{ code: '3100' }] });
  });

  it('is never a success, since JSON was asked for', () => {
    expect(read(200, '<IntuitResponse><Invoice/></IntuitResponse>')).toEqual({
      httpStatus: 200,
      shape: 'xml',
      errors: [],
    });
  });
});

describe('no fault body at all', () => {
  it.each([
    [503, '<html><head><title>503</title></head></html>', 'text/html', 'html'],
    [200, '<!DOCTYPE html><p>Busy</p>', 'application/json', 'html'],
    [502, 'Bad gateway', 'text/html; charset=utf-8', 'html'],
    [502, '', undefined, 'empty'],
    [200, ' \n', 'application/json', 'empty'],
    [500, 'Internal Server Error', 'text/plain', 'unreadable'],
    [0, '', undefined, 'none'],
  ])('HTTP %i %j as %s is %s', (httpStatus, body, contentType, shape) => {
    expect(read(httpStatus, body, contentType)).toEqual({ httpStatus, shape, errors: [] });
  });
});

describe('any body at all', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify({ Fault: value })),
    fc.jsonValue().map((value) => JSON.stringify({ fault: { error: value, type: value } })),
    fc.array(fc.jsonValue()).map((value) => fault(value)),
    fc
      .array(
        fc.constantFrom(
          '<Fault ',
          '<Error ',
          'code="',
          '"',
          '>',
          '</Error>',
          '<Message>',
          '<![CDATA[',
          '&#',
          '&#x110000;',
          ';',
          '<html>',
          'x',
        ),
      )
      .map((parts) => `<${parts.join('')}`),
  );

  it('never throws, and gives texts only', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        texts,
        fc.option(fc.string(), { nil: undefined }),
        (status, body, type) => {
          const answer = read(status, body, type);
          for (const error of answer?.errors ?? []) {
            expect(
              [error.code, error.message, error.detail, error.element ?? ''].every(
                (text) => typeof text === 'string',
              ),
            ).toBe(true);
          }
          if (answer) classify(answer, { document: 'invoice', action: 'create' });
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is read quickly, however long and broken', () => {
    const startedAt = performance.now();
    read(400, `<Fault>${'<Error code="1"><Message>'.repeat(50_000)}`);
    read(400, `<${'Fault '.repeat(200_000)}`);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

const folder = process.env.COUNTERFOIL_FIXTURES;
if (folder) {
  /** Bodies that say nothing an entry could know, with the reason. */
  const ALLOWED: Record<string, string> = {
    'failure_token_response.json': 'a placeholder word in place of an error',
    'failure_token_revocation_response.json': 'a placeholder word in place of an error',
  };

  describe('recorded answers', () => {
    const recorded = recordedAnswers(folder);

    it('are there', () => {
      expect(recorded.length).toBeGreaterThan(10);
    });

    it.each(recorded.map((given) => [given.name, given] as const))('%s', (name, given) => {
      const answer = readFaultAnswer(given.raw);
      expect(answer).toBeDefined();
      const { entry } = classify(answer!, { document: 'customer', action: 'create' });
      const known = Object.keys(ALLOWED).some((file) => name.endsWith(file));
      expect(entry.key === 'unrecognised').toBe(known);
    });
  });
}
