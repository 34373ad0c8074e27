import { z } from 'zod';
import { KEY_BYTES, type KeyEntry } from '../codec/keyring.js';
import { Secret } from '../secret.js';

/** How one variable is read from text, with the sentence that a person sees when it cannot be. */
export interface Rule<T> {
  readonly schema: z.ZodType<T, string>;
  /** Completes "… must be". */
  readonly must: string;
  /** Its value is never shown. */
  readonly secret?: true;
}

const MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

const toMs = (text: string): number => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  return Number(amount) * MS[(unit ?? 'ms') as keyof typeof MS];
};

/** Milliseconds. The unit must be written, so that nobody has to guess it. */
export const duration = (from: string, to: string): Rule<number> => ({
  schema: z
    .string()
    .transform(toMs)
    .pipe(z.number().min(toMs(from)).max(toMs(to))),
  must: `a duration such as 500ms, 30s, 15m or 1h, from ${from} to ${to}`,
});

export const whole = (from: number, to: number): Rule<number> => ({
  schema: z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(from).max(to)),
  must: `a whole number from ${from} to ${to}`,
});

export const oneOf = <const T extends string>(...values: [T, ...T[]]): Rule<T> => ({
  schema: z.string().pipe(z.enum(values)),
  must: `one of ${values.join(', ')}`,
});

export const text = (fewest = 1): Rule<string> => ({
  schema: z.string().min(fewest),
  must: fewest > 1 ? `at least ${fewest} characters long` : 'set',
});

export const url = (...protocols: [string, ...string[]]): Rule<string> => ({
  schema: z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol)),
  must: `an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
});

export const origins: Rule<readonly string[]> = {
  schema: list((entry) => (URL.canParse(entry) && new URL(entry).origin === entry ? entry : undefined)),
  must: 'a list of origins such as http://localhost:8233, with commas between them and no path',
};

export const hostAndPort: Rule<string> = {
  schema: z.string().regex(/^(off|(\[[\da-fA-F:]+\]|[\w.-]+):\d{1,5})$/),
  must: 'an address such as 127.0.0.1:9464, or off',
};

export const keys: Rule<readonly KeyEntry[]> = {
  schema: list(toKey).refine((entries) => new Set(entries.map(({ id }) => id)).size === entries.length),
  must: `a list of id:key, with commas between them, each key ${KEY_BYTES} bytes in base64, no id twice`,
  secret: true,
};

export const secret = <T>(rule: Rule<T>): Rule<Secret<T>> => ({
  schema: rule.schema.transform((value) => new Secret(value)),
  must: rule.must,
  secret: true,
});

function list<T>(read: (entry: string) => T | undefined): z.ZodType<readonly T[], string> {
  return z.string().transform((value, context) => {
    const entries = value.split(',').map((entry) => read(entry.trim()));
    const known = entries.filter((entry) => entry !== undefined);
    if (known.length < entries.length) context.addIssue('not such a list');
    return known;
  });
}

function toKey(entry: string): KeyEntry | undefined {
  const [, id, base64] = /^([\w-]{1,64}):([A-Za-z0-9+/_-]+=*)$/.exec(entry) ?? [];
  const key = Buffer.from(base64 ?? '', 'base64');
  return id !== undefined && key.length === KEY_BYTES ? { id, key } : undefined;
}
