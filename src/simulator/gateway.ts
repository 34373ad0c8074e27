import type { GatewayFault } from './wire.js';

function gateway(message: string, code: string, status: number, detail: string | null): GatewayFault {
  return {
    message: `message=${message}; errorCode=00${code}; statusCode=${status}`,
    detail,
    code,
    type: status === 401 ? 'AUTHENTICATION' : 'SERVICE',
  };
}

export function expired(token: string): GatewayFault {
  return gateway('AuthenticationFailed', '3200', 401, `Token expired: ${token}`);
}

export const EXPIRED = expired('AB01601390262');

export const MALFORMED = gateway(
  'ApplicationAuthenticationFailed',
  '3200',
  401,
  'Malformed bearer token: too short or too long',
);

export const REVOKED = gateway('AuthenticationFailed', '3200', 401, 'Token revoked');

export const WRONG_REALM = gateway('ApplicationAuthorizationFailed', '3100', 403, null);

export const THROTTLED = gateway(
  'ThrottleExceeded',
  '3001',
  429,
  'The request limit was reached.  Try again later',
);

export const USED_UP = gateway(
  'ThrottleExceeded',
  '3001',
  429,
  'The monthly limit of CorePlus calls was reached.  Upgrade the app or try again next month',
);

export const INTERNAL = gateway('InternalServerError', '3100', 500, null);
