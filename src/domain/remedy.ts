import type { DocumentKey } from './document.js';
import { PREFIX_PATTERN, PREFIX_RULE } from './firm.js';
import type { Reference } from './reference.js';
import { ADOPTABLE_TYPES, placeOf, type Place } from './trust/adoption/record.js';
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
  'void-there',
  'reactivate',
  'recreate',
  'remap',
  'move-date',
  'reverse-in-open-period',
  'record-overdraw',
  'exclude',
  'include',
  'reconnect',
  'wait',
] as const;

export type RemedyName = (typeof REMEDY_NAMES)[number];

/** A workflow that waits for a person. Written once where the fault was met; the sentences travel with it. */
export interface Parked extends Place {
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
  /** QuickBooks' id of the record that stands in the way, for `adopt` and `void-there`. */
  qboId?: string;
  /** What is different about that record has been shown: to adopt it needs `confirm`. */
  confirm?: true;
  /** The entry of a list that it is about, for `remap` and `reactivate`. */
  reference?: Reference;
}

/** What takes something out of QuickBooks, or lets go of it, is not for every operator. */
const ADMINISTRATIVE: ReadonlySet<RemedyName> = new Set(['clear-link', 'void-there']);

/** What a person sends. Without `parkId` it means whatever is parked now, so that one message serves a batch. */
export interface RemedyMessage extends Place {
  action: RemedyName;
  parkId?: string;
  /** For `renumber`: the number QuickBooks shall get. */
  number?: string;
  /** For `new-prefix`: the firm's new prefix. */
  prefix?: string;
  /** For `remap`: QuickBooks' id of what takes the place of what is missing. */
  to?: string;
  /** For `adopt` and `void-there`: QuickBooks' id of the record that is taken, or voided. */
  qboId?: string;
  /** For these: what was found was seen, and it shall be done all the same. */
  confirm?: true;
  /** Who sends it has an administrator's rights. Over HTTP the token says so, and not the message. */
  as?: 'administrator';
  by?: string;
  note?: string;
}

export type RemedyCheck = { accepted: RemedyMessage } | { refused: string };

const RULES = {
  number: { pattern: /^\S(.{0,19}\S)?$/, text: '1 to 21 characters, as QuickBooks takes them' },
  prefix: { pattern: PREFIX_PATTERN, text: PREFIX_RULE },
  qboId: { pattern: /^\d{1,20}$/, text: 'the id that the record has in QuickBooks, digits only' },
  by: { pattern: /\S/, text: 'who records it, another person than entered it' },
  to: { pattern: /^\d{1,20}$/, text: 'the id in QuickBooks of what is to be used instead, digits only' },
};

const KNOWN = new Set([
  ...[
    'action',
    'parkId',
    'number',
    'prefix',
    'to',
    'qboId',
    'qboType',
    'qboLine',
    'confirm',
    'as',
    'by',
    'note',
  ],
]);

const FIELDS: Partial<Record<RemedyName, keyof typeof RULES>> = {
  renumber: 'number',
  'new-prefix': 'prefix',
  remap: 'to',
  adopt: 'qboId',
  'void-there': 'qboId',
  'record-overdraw': 'by',
};

/** Checks anything a person may have typed against what is parked. Total: never throws, always says why. */
export function checkRemedy(parked: Parked | undefined, typed: unknown, fallback?: RemedyName): RemedyCheck {
  if (!parked) return checkInclusion(typed);
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
  const { action = fallback, parkId, confirm, as, by, note, ...rest } = fields as Record<string, unknown>;
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
  if (ADMINISTRATIVE.has(name) && as !== 'administrator') {
    return { refused: `"${name}" is an administrator's right. ${example}` };
  }
  const field = FIELDS[name];
  const value = field && (field === 'by' ? by : rest[field]);
  const rule = field && RULES[field];
  if (rule && (typeof value !== 'string' || !rule.pattern.test(value))) {
    return { refused: `"${name}" needs "${field}", ${rule.text}; got ${describe(value)}. ${example}` };
  }
  if (name === 'void-there' && (confirm !== true || value !== parked.qboId)) {
    const right = exampleRemedy(parked, name);
    return { refused: `"${name}" has to name what was seen, and to confirm it: ${right}` };
  }
  const where = name === 'adopt' ? whereIn(rest) : {};
  if ('refused' in where) return { refused: `${where.refused} ${example}` };
  return {
    accepted: {
      action: name,
      parkId: parked.parkId,
      ...(field && { [field]: value as string }),
      ...where,
      ...(confirm === true && { confirm }),
      ...(as === 'administrator' && { as }),
      ...(typeof by === 'string' && { by }),
      ...(typeof note === 'string' && { note }),
    },
  };
}

/** Where client money stands in QuickBooks: of which type the record is, and which line of it. */
function whereIn({ qboType, qboLine }: Record<string, unknown>): Place | { refused: string } {
  if (qboType !== undefined && !ADOPTABLE_TYPES.some((one) => one === qboType)) {
    return { refused: `"qboType" is one of ${ADOPTABLE_TYPES.join(', ')}; got ${describe(qboType)}.` };
  }
  if (qboLine !== undefined && (typeof qboLine !== 'string' || !/^\d{1,20}$/.test(qboLine))) {
    return { refused: `"qboLine" is the id of a line, digits only; got ${describe(qboLine)}.` };
  }
  return placeOf({ qboType, qboLine } as Place);
}

/** Where nothing is parked there may be something that was excluded. */
function checkInclusion(typed: unknown): RemedyCheck {
  const { action, by, note, ...rest } = Object(typed ?? {}) as Record<string, unknown>;
  if (action !== 'include' || Object.keys(rest).length > 0) {
    return {
      refused:
        'Nothing is waiting for a decision here, so there is nothing to remedy. What was excluded is taken back by {"action":"include"}.',
    };
  }
  return {
    accepted: {
      action,
      ...(typeof by === 'string' && { by }),
      ...(typeof note === 'string' && { note }),
    },
  };
}

/** A right message for what is parked, ready to paste. */
export function exampleRemedy(parked: Parked, action = parked.allowed[0] ?? 'retry'): string {
  const field = FIELDS[action];
  const values = { number: 'A-1042', prefix: 'CF-', to: '58', qboId: parked.qboId ?? '58', by: 'your name' };
  return JSON.stringify({
    action,
    parkId: parked.parkId,
    ...(field && { [field]: values[field] }),
    ...(action === 'adopt' && placeOf(parked)),
    ...((action === 'void-there' || (action === 'adopt' && parked.confirm)) && { confirm: true }),
    ...(ADMINISTRATIVE.has(action) && { as: 'administrator' }),
  });
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'nothing';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
