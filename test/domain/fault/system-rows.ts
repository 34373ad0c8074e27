import { gateway, html, oauth, row, service, xml, type Row } from './wire.js';

const rule = (sentence: string) => `Business Validation Error: ${sentence}`;

const CONNECTIONS: Row[] = [
  row('connection-revoked', oauth(400, { error: 'invalid_grant' }), 'company', 'read'),
  row(
    'connection-revoked',
    oauth(400, { error: 'invalid_grant', error_description: 'Token invalid' }),
    'company',
    'read',
  ),
  row(
    'connecting-user-removed',
    oauth(400, {
      error: 'invalid_grant',
      error_description: 'Unauthorized Request: User is not a member of the specified Realm',
      x_error_reason: 'user_not_in_realm',
    }),
    'company',
    'read',
  ),
  row(
    'connecting-user-removed',
    service(
      [['120', 'AuthorizationFailure: --11014-You do not have access to use QuickBooks Online Plus.']],
      401,
      'AuthorizationFault',
    ),
  ),
  row(
    'user-authorization-interrupted',
    service(
      [['120', 'AuthorizationFailure: Unknown Error during Authentication, statusCode: 500']],
      500,
      'AuthorizatonFault',
    ),
  ),
  row('app-credentials-refused', oauth(401, { error: 'invalid_client' }), 'company', 'read'),
  row(
    'sign-in-refused',
    xml(
      401,
      '<Fault type="AuthenticationFault"><Error code="100"><Message>General Authentication Error</Message><Detail>AuthenticationErrorGeneral: SRV-110-Authentication Failure , statusCode: 401</Detail></Error></Fault>',
    ),
  ),
  row(
    'wrong-company',
    gateway(
      403,
      'message=ApplicationAuthorizationFailed; errorCode=003100; statusCode=403',
      'The access token does not have sufficient scope',
      '3100',
    ),
  ),
  row(
    'wrong-company',
    gateway(401, 'message=DispatcherError; errorCode=003100; statusCode=401', null, '3100'),
  ),
  row('subscription-ended', [
    '6190',
    'Subscription period has ended or canceled or there was a billing problem',
  ]),
  row(
    'subscription-ended',
    service([['6190', 'Subscription period has ended or canceled or there was a billing problem']], 200),
  ),
  row(
    'feature-not-permitted',
    [
      '5020',
      'Permission Denied Error : You do not have the access rights to use this feature.',
      'ReportName',
    ],
    'company',
    'read',
  ),
  row('feature-not-in-plan', ['5030', 'Feature Not Supported'], 'class'),
  row('network-blocked', html(403, '403 Forbidden')),
  row('network-blocked', { httpStatus: 403, body: '' }),
  row('network-blocked', {
    httpStatus: 403,
    contentType: 'text/plain',
    body: 'Access denied by proxy policy',
  }),
  row('access-forbidden', gateway(403, 'Forbidden', null, '999')),
  row(
    'token-expired',
    gateway(
      401,
      'message=AuthenticationFailed; errorCode=003200; statusCode=401',
      'Token expired: AB01601390262',
      '3200',
      'AUTHENTICATION',
    ),
  ),
  row(
    'token-expired',
    gateway(
      401,
      'message=ApplicationAuthenticationFailed; errorCode=003200; statusCode=401',
      'Malformed bearer token: too short or too long',
      '003200',
      'AUTHENTICATION',
    ),
  ),
  row('token-expired', service([['3202']], 401)),
  row('unauthorized', html(401, '401 Authorization Required')),
  row('unauthorized', { httpStatus: 401, body: '' }),
];

const PROGRAM: Row[] = [
  row(
    'required-field-missing',
    ['2020', 'Required parameter PaymentType is missing in the request', 'PaymentType'],
    'cheque',
  ),
  row('required-field-missing', [
    '2020',
    'Required parameter Line.DetailType is missing in the request',
    'Line.DetailType',
  ]),
  row('required-field-missing', ['2020']),
  row('required-field-missing', ['2260'], 'journal-entry'),
  row('property-not-accepted', [
    '2010',
    'Property Name:Unrecognized field "BadJson" (class com.intuit.schema.finance.v3.Invoice), not marked as ignorable',
  ]),
  row('property-not-accepted', [
    '2010',
    'Property Name:failed to parse json object; a property specified is unsupported or invalid',
  ]),
  row('id-malformed', ['2030', 'Id should be a valid number. Supplied value:1.5', 'Id'], 'invoice', 'read'),
  row('value-malformed', ['2090', 'Invalid Number : 1e99']),
  row('value-malformed', ['2170', 'Invalid Enumeration : HAS_BEEN_BILLED'], 'expense'),
  row(
    'query-refused',
    ['4000', 'QueryParserError: Encountered " "null" "NULL "" at line 1, column 15.'],
    'invoice',
    'read',
  ),
  row(
    'query-refused',
    ['4001', "QueryValidationError: property 'PrimaryEmailAddr' is not queryable"],
    'customer',
    'read',
  ),
  row(
    'query-poisoned',
    ['4002', 'QueryProcessingError: To email address entered is invalid'],
    'invoice',
    'read',
  ),
  row(
    'changes-too-old',
    [
      '500',
      'Operation cdc with changedSince date 2020-01-01 which is older than fixed days is not supported.',
    ],
    'company',
    'read',
  ),
  row('text-encoding-broken', [
    '500',
    'Operation com.sun.org.apache.MalformedByteSequenceException: Invalid byte 1 of 1-byte UTF-8 sequence is not supported.',
  ]),
  row('operation-not-supported', [
    '500',
    'Operation No resource method found for POST, return 405 with Allow header is not supported.',
  ]),
  row('operation-not-supported', html(404, '404 Not Found')),
  row(
    'operation-not-supported',
    service(
      [['10000', 'System Failure Error: Could not find resource for relative : /v3/company']],
      500,
      'SystemFault',
    ),
  ),
  row('request-too-large', ['1040'], 'company'),
  row('request-too-large', ['10100'], 'company', 'read'),
  row('request-id-malformed', ['2130']),
  row('request-id-reused', ['600', 'Duplicate Request ID']),
  row('account-type-missing', ['6010'], 'company'),
  row('unexpected-internal-error', ['6000', rule('Unexpected Internal Error. (-30003)')]),
];

const OUTAGES: Row[] = [
  row('throttled', gateway(429, 'message=ThrottleExceeded; errorCode=003001; statusCode=429', null, '3001')),
  row(
    'throttled',
    xml(
      429,
      '<Fault type="SERVICE"><Error code="3001"><Message>message=ThrottleExceeded; errorCode=003001; statusCode=429</Message><Detail>The request limit was reached.  Try again later</Detail></Error></Fault>',
    ),
  ),
  row(
    'throttled',
    gateway(403, 'message=ThrottleExceeded; errorCode=003001; statusCode=403', null, '003001'),
  ),
  row('throttled', html(429, '429 Too Many Requests')),
  row(
    'company-moving',
    xml(
      401,
      '<Fault type="AuthenticationFault"><Error code="130"><Message>Accessing Wrong Cluster</Message><Detail>WrongClusterError: -11017-You have accessed the wrong server.  You will now be redirected. , statusCode: 401</Detail></Error></Fault>',
    ),
  ),
  row('company-locked', service([['140']], 401, 'AuthenticationFault')),
  row('company-under-maintenance', service([['150']], 401, 'AuthenticationFault')),
  row(
    'service-outage',
    gateway(500, 'message=InternalServerError; errorCode=003100; statusCode=500', null, '3100'),
  ),
  row(
    'name-edited-concurrently',
    ['6000', rule('You can only add or edit one name at a time. Please try again.')],
    'customer',
  ),
  row('save-interrupted', [
    '6000',
    rule(
      'An unexpected error occurred while accessing or saving your data. Please wait a few minutes and try again. If the problem persists, contact customer support.',
    ),
  ]),
  row(
    'system-failure',
    service([['10000', 'System Failure Error: java.lang.NullPointerException']], 500, 'SystemFault'),
  ),
  row('service-unavailable', html(503, '503 Service Temporarily Unavailable')),
  row('service-unavailable', { httpStatus: 503, body: '' }),
  row('server-error', { httpStatus: 502, body: '' }),
  row('server-error', html(504, '504 Gateway Time-out')),
  row('server-error', service([['9999', 'Something new']], 500, 'SystemFault')),
  row('no-answer', { httpStatus: 0, body: '' }),
  row('no-answer', { httpStatus: 408, body: '' }),
  row('empty-answer', { httpStatus: 200, contentType: 'application/json', body: ' \r\n' }),
  row('empty-answer', { httpStatus: 400, body: '' }),
  row('garbled-answer', html(200, 'QuickBooks')),
  row('garbled-answer', { httpStatus: 200, contentType: 'application/json', body: '{"Invoice":{"Id":"15' }),
  row('garbled-answer', xml(200, '<Invoice domain="QBO"><Id>155</Id></Invoice>')),
];

const OTHERS: Row[] = [
  row('business-rule', ['6000', rule('The moon is in the wrong house.')]),
  row('business-rule', ['6000']),
  row('unrecognised', ['9999', 'Something new under the sun']),
  row('unrecognised', service([])),
  row('unrecognised', { httpStatus: 400, contentType: 'text/plain', body: 'Bad Request' }),
  row('unrecognised', { httpStatus: 400, contentType: 'application/json', body: '{"error":{"why":"no"}}' }),
];

/** Connections, outages, our own mistakes, and what nobody knows. */
export const SYSTEM_ROWS: readonly Row[] = [...CONNECTIONS, ...PROGRAM, ...OUTAGES, ...OTHERS];
