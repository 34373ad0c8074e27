import type { FaultFamily } from '../entry.js';

export const CONNECTION_FAULTS: FaultFamily = {
  title: 'The connection to the QuickBooks company',
  entries: [
    {
      key: 'not-connected',
      title: 'Not connected to QuickBooks',
      kind: 'permanent',
      scope: 'company',
      match: [],
      cause: 'The firm is not connected to a QuickBooks company yet, so nothing can be posted.',
      remedy: 'Connect a QuickBooks company; everything that waits is then posted by itself.',
      allowed: ['reconnect', 'wait'],
    },
    {
      key: 'company-disconnected',
      title: 'Disconnected from QuickBooks',
      kind: 'permanent',
      scope: 'company',
      match: [],
      cause: 'The connection to {company} was ended, here or in QuickBooks.',
      remedy:
        'Connect the same company again; the links are remembered, and everything that waits goes on by itself.',
      allowed: ['reconnect', 'wait'],
    },
    {
      key: 'user-authorization-interrupted',
      title: 'QuickBooks could not check our permission',
      kind: 'transient',
      scope: 'company',
      match: [{ code: '120', httpStatus: [500, 599] }],
      cause: 'QuickBooks could not check our permission for {company} just now.',
      remedy: 'Nothing: it is tried again by itself.',
      allowed: ['retry', 'wait'],
      outcomeUnknown: true,
    },
    {
      key: 'connecting-user-removed',
      title: 'The user who connected lost access',
      kind: 'permanent',
      scope: 'company',
      match: [{ code: '120' }, { code: 'invalid_grant', text: /not a member of the specified realm/i }],
      cause:
        'The person who connected {company} was disabled, removed or is no longer an administrator there, and the connection ended with that.',
      remedy:
        'Another administrator of {company} connects it again; everything that waits goes on by itself.',
      allowed: ['reconnect', 'retry', 'wait'],
    },
    {
      key: 'connection-revoked',
      title: 'QuickBooks no longer honours the connection',
      kind: 'permanent',
      scope: 'company',
      match: [{ code: 'invalid_grant' }],
      cause:
        'QuickBooks no longer lets us in to {company}: the permission was withdrawn, or it expired because it was not used for a long time.',
      remedy: 'An administrator of {company} connects it again; everything that waits goes on by itself.',
      allowed: ['reconnect', 'retry', 'wait'],
    },
    {
      key: 'app-credentials-refused',
      title: 'QuickBooks does not know this program',
      kind: 'permanent',
      scope: 'company',
      match: [{ code: 'invalid_client' }, { code: 'unauthorized_client' }],
      cause: 'QuickBooks does not accept the keys under which this program introduces itself.',
      remedy: 'Whoever runs this program corrects its keys; then retry. Nothing is wrong with the books.',
      allowed: ['retry', 'reconnect', 'wait'],
    },
    {
      key: 'sign-in-refused',
      title: 'QuickBooks refused our sign-in',
      kind: 'permanent',
      scope: 'company',
      match: [{ code: '100' }, { code: '110' }],
      cause:
        'QuickBooks refused our sign-in for {company}: the permission belongs to another company or another environment.',
      remedy: 'Connect again, and take care to choose the right company.',
      allowed: ['reconnect', 'retry', 'wait'],
    },
    {
      key: 'wrong-company',
      title: 'No permission for this company',
      kind: 'permanent',
      scope: 'company',
      match: [
        { code: '3100', httpStatus: 403 },
        { code: '3100', httpStatus: 401 },
        { code: '3100', text: /statusCode=40[13]/ },
      ],
      cause:
        'Our permission is not valid for {company}: it was given for another company, for a test company, or without access to the books.',
      remedy: 'Connect again, choose the right company, and allow access to accounting.',
      allowed: ['reconnect', 'retry', 'wait'],
    },
    {
      key: 'subscription-ended',
      title: 'QuickBooks subscription has ended',
      kind: 'permanent',
      scope: 'company',
      match: [{ code: '6190' }],
      cause:
        'The QuickBooks subscription of {company} has ended, was cancelled, or has a billing problem. QuickBooks can be read, but nothing can be posted.',
      remedy: 'Renew the subscription in QuickBooks and retry, or connect the company that is in use now.',
      allowed: ['retry', 'reconnect', 'wait'],
    },
    {
      key: 'feature-not-permitted',
      title: 'Not permitted in this company',
      kind: 'permanent',
      scope: 'company',
      match: [{ code: '5020' }],
      cause:
        'What {document} needs is not open to us in {company}: the plan does not have it, the role of the person who connected does not allow it, or the wrong company is connected.',
      remedy:
        'Check that the right company is connected, by an administrator. Choose mappings that exist in it, or a plan that has the feature, and retry.',
      allowed: ['reconnect', 'remap', 'retry', 'exclude', 'wait'],
    },
    {
      key: 'feature-not-in-plan',
      title: 'Not part of the QuickBooks plan',
      kind: 'permanent',
      scope: 'company',
      match: [{ code: '5030' }],
      cause:
        'The QuickBooks plan of {company} lacks a feature that is switched on here. Classes for timekeepers and the import of hard costs, for example, need more than Essentials.',
      remedy: 'Switch the feature off in the settings, or move {company} to a larger plan, and retry.',
      allowed: ['remap', 'retry', 'exclude', 'wait'],
    },
    {
      key: 'network-blocked',
      title: 'Blocked on the way to QuickBooks',
      kind: 'permanent',
      scope: 'company',
      match: [
        { httpStatus: 403, shape: 'html' },
        { httpStatus: 403, shape: 'empty' },
        { httpStatus: 403, shape: 'unreadable' },
      ],
      cause:
        'Something between this program and QuickBooks, such as a proxy or a firewall, refuses the connection.',
      remedy: 'Whoever runs the network lets this program through to QuickBooks; then retry.',
      allowed: ['retry', 'wait'],
    },
    {
      key: 'access-forbidden',
      title: 'QuickBooks forbids the access',
      kind: 'permanent',
      scope: 'company',
      match: [{ httpStatus: 403 }],
      cause: 'QuickBooks forbids us the access to {company}[: {reason}].',
      remedy:
        'Connect again as an administrator of the right company, or retry if the access was just restored.',
      allowed: ['reconnect', 'retry', 'wait'],
    },
    {
      key: 'token-expired',
      title: 'Access is being renewed',
      kind: 'transient',
      scope: 'company',
      match: [{ code: '3200' }, { code: '3202' }],
      cause: 'Our access to {company} had run out, as it does every hour.',
      remedy: 'Nothing: it is renewed, and the work goes on by itself.',
      allowed: ['retry', 'wait'],
    },
    {
      key: 'unauthorized',
      title: 'QuickBooks did not let us in',
      kind: 'transient',
      scope: 'company',
      match: [{ httpStatus: 401 }],
      cause: 'QuickBooks did not let us in to {company} this time. Nothing was posted.',
      remedy:
        'Usually nothing: the access is renewed and it is tried again by itself. If it stays, connect again.',
      allowed: ['retry', 'reconnect', 'wait'],
    },
  ],
};
