import { z } from 'zod';

/** Ids become part of a workflow's id, which Temporal keeps in 255 characters. */
export const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w.@-]+$/, 'may hold letters, digits and . _ @ - only');

/** Counts up with every change; what has the higher one wins. */
export const version = z.int().min(1);

/** Whole cents. Bounded by what QuickBooks takes, which is far below what a double holds exactly. */
export const cents = z.int().min(-99_999_999_999).max(99_999_999_999);

export const positiveCents = z.int().min(1).max(99_999_999_999);

/** A rate of exchange; a string, because a double would not keep what was written. */
export const decimal = z
  .string()
  .regex(/^(?=.*[1-9])\d{1,9}(\.\d{1,9})?$/, 'must be a decimal above zero with at most 9 places');

export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code such as CAD');

/** The schema with what its page says about it. */
export const says = <T extends z.ZodType>(schema: T, description: string): T => schema.describe(description);

/** A calendar day, `YYYY-MM-DD`, without time or zone. */
export const day = z.iso.date('must be a calendar day, YYYY-MM-DD');

/** Postgres keeps neither of them, and no name or sentence needs them. */
const STORABLE = /^[^\u0000\p{Surrogate}]*$/u;

/** QuickBooks trims, so spaces at either end would look like a change for ever. */
const TRIMMED = /^(?!\s)[\s\S]*(?<!\s)$/;

export const text = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .regex(TRIMMED, 'must neither be blank nor begin or end with a space')
    .regex(STORABLE, 'must hold no NUL and no half of a character');

/** A value that is no snapshot. The message names each field, the rule and the value, one a line. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
  constructor(
    kind: string,
    readonly problems: readonly { field: string; rule: string; value: unknown }[],
  ) {
    const lines = problems.map(
      ({ field, rule, value }) => `${field || '(the whole)'}: ${rule}; got ${show(value)}`,
    );
    super(`This is not a ${kind} that can be taken:\n${lines.join('\n')}`);
  }
}

export function read<T>(schema: z.ZodType<T>, kind: string, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => ({
    field: issue.path.join('.'),
    rule: issue.message,
    value: issue.path.reduce<unknown>(
      (inner, step) => (inner as Record<PropertyKey, unknown> | null)?.[step],
      value,
    ),
  }));
  throw new SnapshotError(kind, problems);
}

const SHOWN = 60;

function show(value: unknown): string {
  const shown = JSON.stringify(value) as string | undefined;
  if (shown === undefined) return 'nothing';
  return shown.length > SHOWN ? `${shown.slice(0, SHOWN)}…` : shown;
}
