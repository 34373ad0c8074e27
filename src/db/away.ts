const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** True for an error that says that Postgres is away or shutting down, not that a statement was wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  // 08 = connection, 53 = out of resources, 57P = shut down by an operator, 40 = serialisation, to be tried again.
  if (typeof code === 'string' && (CONNECTION_CODES.has(code) || /^(08|53|57P|40)/.test(code))) return true;
  if (
    /connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/i.test(
      error.message,
    )
  )
    return true;
  return error instanceof AggregateError ? error.errors.some(isDatabaseAway) : false;
}
