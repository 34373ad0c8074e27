/** What passes by itself, by the catalogue's key: how the simulator brings it about, once. */
export const PASSING: readonly (readonly [fault: string, name: string, options: Record<string, unknown>])[] =
  [
    ['unauthorized', 'literal', { status: 401, body: '<html>Unauthorized</html>' }],
    ['service-outage', 'gateway-internal', {}],
    ['garbled-answer', 'html-body', {}],
    ['empty-answer', 'empty-body', {}],
  ];
