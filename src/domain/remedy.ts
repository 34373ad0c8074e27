import type { DocumentKey } from './document.js';
import { PREFIX_PATTERN, PREFIX_RULE } from './firm.js';
import { isUndecodable } from './undecodable.js';

/** What a person may do about a fault. The catalogue names which of them a fault allows. */
export const REMEDY_NAMES = [
  'retry',
  'new-prefix',
  'renumber',
  'allow-duplicate-number',
  'adopt',
  'clear-link',
  'resync',
  'reactivate',
  'recreate',
  'remap',
  'move-date',
  'reverse-in-open-period',
  'exclude',
  'include',
  'reconnect',
  'wait',
] as const;

export type RemedyName = (typeof REMEDY_NAMES)[number];

/** A workflow that waits for a person. Written once where the fault was met; the sentences travel with it. */
export interface Parked {
  parkId: string;
  fault: string;
  cause: string;
  remedy: string;
  allowed: RemedyName[];
  document?: DocumentKey;
  /** ISO instant. */
  since: string;
  /** Where a person sees the record in QuickBooks that stands in the way. */
  qboUrl?: string;
  /** The company that refused it, where one was asked. */
  realmId?: string;
}

/** What a person sends. Without `parkId` it means whatever is parked now, so that one message serves a batch. */
export interface RemedyMessage {
  action: RemedyName;
  parkId?: string;
  /** For `renumber`: the number QuickBooks shall get. */
  number?: string;
  /** For `new-prefix`: the firm's new prefix. */
  prefix?: string;
  by?: string;
  note?: string;
}

export type RemedyCheck = { accepted: RemedyMessage } | { refused: string };

const RULES = {
  number: { pattern: /^\S(.{0,19}\S)?$/, text: '1 to 21 characters, as QuickBooks takes them' },
  prefix: { pattern: PREFIX_PATTERN, text: PREFIX_RULE },
};

const KNOWN = new Set(['action', 'parkId', 'number', 'prefix', 'by', 'note']);

const FIELDS: Partial<Record<RemedyName, 'number' | 'prefix'>> = {
  renumber: 'number',
  'new-prefix': 'prefix',
};

/** Checks anything a person may have typed against what is parked. Total: never throws, always says why. */
export function checkRemedy(parked: Parked | undefined, typed: unknown, fallback?: RemedyName): RemedyCheck {
  if (!parked) return { refused: 'Nothing is waiting for a decision here, so there is nothing to remedy.' };
  const example = `Send for example ${exampleRemedy(parked)}`;
  if (isUndecodable(typed)) {
    return { refused: `The payload could not be read: ${typed.$undecodable.reason}. ${example}` };
  }
  const fields = typed ?? {};
  if (typeof fields !== 'object' || Array.isArray(fields)) {
    return { refused: `Expected one JSON object, got ${describe(typed)}. ${example}` };
  }
  // A slip of the pen must not pass for a retry, so nothing unknown is overlooked.
  const stranger = Object.keys(fields).find((key) => !KNOWN.has(key));
  if (stranger !== undefined) return { refused: `There is no field ${describe(stranger)}. ${example}` };
  const { action = fallback, parkId, by, note, ...rest } = fields as Record<string, unknown>;
  const name = REMEDY_NAMES.find((candidate) => candidate === action);
  if (!name) return { refused: `Unknown action ${describe(action)}. ${example}` };
  if (!parked.allowed.includes(name)) {
    const offered = parked.allowed.join(', ');
    return {
      refused: `"${name}" does not help against "${parked.fault}". Allowed here: ${offered}. ${example}`,
    };
  }
  if (parkId !== undefined && parkId !== parked.parkId) {
    return {
      refused: `This remedy was meant for ${describe(parkId)}; what waits now is ${parked.parkId}. ${example}`,
    };
  }
  const field = FIELDS[name];
  const value = field && rest[field];
  const rule = field && RULES[field];
  if (rule && (typeof value !== 'string' || !rule.pattern.test(value))) {
    return { refused: `"${name}" needs "${field}", ${rule.text}; got ${describe(value)}. ${example}` };
  }
  return {
    accepted: {
      action: name,
      parkId: parked.parkId,
      ...(field && { [field]: value as string }),
      ...(typeof by === 'string' && { by }),
      ...(typeof note === 'string' && { note }),
    },
  };
}

/** A right message for what is parked, ready to paste. */
export function exampleRemedy(parked: Parked, action = parked.allowed[0] ?? 'retry'): string {
  const field = FIELDS[action];
  const value = field === 'number' ? 'A-1042' : 'CF-';
  return JSON.stringify({ action, parkId: parked.parkId, ...(field && { [field]: value }) });
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'nothing';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
