import type { Answer } from './answer.js';
import { Fault, finding, noAccess } from './fault.js';
import { isFields } from './fields.js';
import type { Effect } from './injection.js';
import { EXPIRED, INTERNAL, THROTTLED, WRONG_REALM } from './gateway.js';
import { gatewayFault, serviceFault } from './wire.js';
import { writeXml } from './xml.js';

type Options = Readonly<Record<string, unknown>>;

const HTML = { 'Content-Type': 'text/html' };
const XML = { 'Content-Type': 'application/xml' };
const JSON_TYPE = { 'Content-Type': 'application/json' };

function htmlPage(title: string): string {
  return `<html><head><title>${title}</title></head><body>Avi Vantage/</body></html>`;
}

function html(status: number, title: string): (nowMs: number) => Answer {
  return () => ({ status, literal: htmlPage(title), headers: HTML });
}

function service(fault: Fault): (nowMs: number) => Answer {
  return (nowMs) => ({ status: fault.status, value: serviceFault(fault, nowMs) });
}

function gateway(status: number, fault: typeof EXPIRED, options: Options): (nowMs: number) => Answer {
  return (nowMs) => {
    const body = gatewayFault(fault, nowMs);
    if (options['format'] === 'xml') return { status, literal: writeXml(body), headers: XML };
    return { status, literal: JSON.stringify(body), headers: JSON_TYPE };
  };
}

function transient6000(): Fault {
  return new Fault([
    finding(
      '6000',
      'Business Validation Error: An unexpected error occurred while accessing or saving your data. Please wait a few minutes and try again. If the problem persists, contact customer support.',
      '',
    ),
  ]);
}

function literal(options: Options): (nowMs: number) => Answer {
  const status = typeof options['status'] === 'number' ? options['status'] : 500;
  const body = options['body'] ?? '';
  const given = isFields(options['headers']) ? (options['headers'] as Record<string, string>) : {};
  const headers = { ...(typeof body === 'string' ? HTML : JSON_TYPE), ...given };
  return () => ({ status, literal: typeof body === 'string' ? body : JSON.stringify(body), headers });
}

function instead(answer: (nowMs: number) => Answer): Effect {
  return { stage: 'instead', action: 'answer', answer };
}

function after(answer: (nowMs: number) => Answer): Effect {
  return { stage: 'after-commit', action: 'answer', answer };
}

function statusAnswer(options: Options): (nowMs: number) => Answer {
  const status = typeof options['status'] === 'number' ? options['status'] : 503;
  if (status === 429) return gateway(429, THROTTLED, options);
  if (status === 500) return gateway(500, INTERNAL, options);
  return html(status, `${status} Service Temporarily Unavailable`);
}

function staleObject(): Fault {
  return new Fault([
    finding(
      '5010',
      'Stale Object Error : You and Robin Bookkeeper were working on this at the same time. Robin Bookkeeper finished before you did, so your work was not saved.',
      '',
    ),
  ]);
}

function hang(options: Options): Effect {
  const stage = options['phase'] === 'after-commit' ? 'after-commit' : 'instead';
  const ms = options['ms'];
  return { stage, action: 'hang', ...(typeof ms === 'number' ? { delayMs: ms } : {}) };
}

const SUBSCRIPTION_TEXT =
  "Subscription period has ended or canceled or there was a billing problem : You can't add data to QuickBooks Online Plus because your trial or subscription period ended, you canceled your subscription, or there was a billing problem. To see or change your subscription status, go to the Gear icon and select Account and Settings.";

const NAMED: Readonly<Record<string, (options: Options) => Effect>> = {
  'service-unavailable': () => instead(html(503, '503 Service Temporarily Unavailable')),
  'bad-gateway': () => instead(() => ({ status: 502, literal: '', headers: HTML })),
  'gateway-timeout': () => instead(() => ({ status: 504, literal: '', headers: HTML })),
  throttled: (options) => instead(gateway(429, THROTTLED, options)),
  'gateway-internal': (options) => instead(gateway(500, INTERNAL, options)),
  'token-expired': (options) => instead(gateway(401, EXPIRED, options)),
  'wrong-realm': (options) => instead(gateway(403, WRONG_REALM, options)),
  'empty-body': (options) =>
    instead(() => ({
      status: typeof options['status'] === 'number' ? options['status'] : 200,
      literal: '',
      headers: JSON_TYPE,
    })),
  'html-body': (options) =>
    instead(html(typeof options['status'] === 'number' ? options['status'] : 200, 'QuickBooks')),
  'transient-6000': () => instead(service(transient6000())),
  'one-name-at-a-time': () =>
    instead(
      service(
        new Fault([
          finding(
            '6000',
            'Business Validation Error: You can only add or edit one name at a time. Please try again.',
            '',
          ),
        ]),
      ),
    ),
  'system-failure-10000': () =>
    instead(
      service(
        new Fault(
          [
            finding(
              '10000',
              'System Failure Error: An application error has occurred while processing your request',
            ),
          ],
          'SystemFault',
          500,
        ),
      ),
    ),
  'subscription-ended': (options) =>
    instead(
      service(
        new Fault(
          [finding('6190', SUBSCRIPTION_TEXT, '')],
          'ValidationFault',
          options['status'] === 200 ? 200 : 400,
        ),
      ),
    ),
  'authorization-120': (options) =>
    instead(
      service(
        options['status'] === 500
          ? new Fault(
              [
                {
                  code: '120',
                  message: 'Authorization Failure',
                  detail: 'AuthorizationFailure: Unknown Error during Authentication, statusCode: 500',
                },
              ],
              'AuthorizatonFault',
              500,
            )
          : noAccess(),
      ),
    ),
  'wrong-cluster-130': () =>
    instead(
      service(
        new Fault(
          [
            {
              code: '130',
              message: 'Accessing Wrong Cluster',
              detail:
                'WrongClusterError: -11017-You have accessed the wrong server.  You will now be redirected. , statusCode: 401',
            },
          ],
          'AuthenticationFault',
          401,
        ),
      ),
    ),
  'stale-object': () => instead(service(staleObject())),
  literal: (options) => instead(literal(options)),
  'commit-then-literal': (options) => after(literal(options)),
  'drop-before-commit': () => ({ stage: 'instead', action: 'drop' }),
  'commit-then-drop': () => ({ stage: 'after-commit', action: 'drop' }),
  'commit-then-status': (options) => after(statusAnswer(options)),
  'commit-then-transient-6000': () => after(service(transient6000())),
  'commit-then-empty-body': () => after(() => ({ status: 200, literal: '', headers: JSON_TYPE })),
  hang,
};

export const FAULT_NAMES: readonly string[] = Object.keys(NAMED);

export function namedFault(name: string, options: Options): Effect | undefined {
  return NAMED[name]?.(options);
}
