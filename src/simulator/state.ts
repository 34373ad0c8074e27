import type { KeptAnswer } from './answer-memory.js';
import { relink } from './commit.js';
import { Company, type Change, type CompanyHead, type CompanyState, type Replay } from './company.js';
import type { ClockState } from './clock.js';
import {
  type Is,
  isFlag,
  isNumber,
  isObject,
  isText,
  isWhole,
  listOf,
  nullable,
  objectOf,
  oneOf,
  optional,
  pairOf,
  recordOf,
} from './guard.js';
import type { Entry, Posted } from './ledger.js';
import type { OAuthState } from './oauth.js';
import type { Stored, TableState } from './table.js';
import { writeJson } from './wire.js';

export const STATE_VERSION = 1;

/** Everything but the companies. */
export interface WorldHead {
  readonly version: typeof STATE_VERSION;
  /** What a company is planted with when nothing else is asked for. */
  readonly seed: string;
  readonly clock: ClockState;
  readonly switches: Readonly<Record<string, unknown>>;
  readonly oauth: OAuthState;
}

/** A whole simulator as JSON, without what belongs to a test run: faults, holds, rate windows, the call log. */
export interface WorldState extends WorldHead {
  readonly companies: readonly CompanyState[];
}

const isStored = objectOf<Stored>({
  id: isText,
  entity: isText,
  fields: isObject,
  syncToken: isWhole,
  createdAtMs: isNumber,
  updatedAtMs: isNumber,
  deleted: isFlag,
  lastLineId: isWhole,
});

const isPosted = objectOf<Posted>({
  date: isText,
  entries: listOf(
    objectOf<Entry>({
      accountId: isText,
      cents: isWhole,
      nameId: optional(isText),
      aboutId: optional(isText),
      foreignCents: optional(isWhole),
    }),
  ),
});

const isReplay = objectOf<Replay>({
  answer: objectOf<Replay['answer']>({ status: isWhole, value: optional(isObject) }),
  storedAtMs: isNumber,
});

const COMPANY_HEAD = {
  realm: isText,
  seed: isText,
  status: oneOf('active', 'read-only'),
  counters: recordOf(isWhole),
  docNumbers: recordOf(isWhole),
} as const;

const WORLD_HEAD = {
  version: oneOf(STATE_VERSION),
  seed: isText,
  clock: objectOf<ClockState>({ offsetMs: isNumber, frozenMs: nullable(isNumber) }),
  switches: isObject,
  oauth: objectOf<OAuthState>({
    grants: listOf(
      objectOf<OAuthState['grants'][number]>({
        id: isWhole,
        realm: isText,
        consentedAtMs: isNumber,
        scope: optional(isText),
        isRevoked: isFlag,
      }),
    ),
    codes: listOf(
      pairOf(
        isText,
        objectOf<OAuthState['codes'][number][1]>({
          realm: isText,
          grantId: isWhole,
          issuedAtMs: isNumber,
          isUsed: isFlag,
        }),
      ),
    ),
    access: listOf(
      pairOf(isText, objectOf<OAuthState['access'][number][1]>({ grantId: isWhole, expiresAtMs: isNumber })),
    ),
    refreshes: listOf(
      pairOf(
        isText,
        objectOf<OAuthState['refreshes'][number][1]>({
          grantId: isWhole,
          issuedAtMs: isNumber,
          supersededAtMs: nullable(isNumber),
          usedAtMs: isNumber,
        }),
      ),
    ),
    strangers: listOf(isText),
  }),
} as const;

export const isWorldHead: Is<WorldHead> = objectOf<WorldHead>(WORLD_HEAD);
export const isCompanyHead: Is<CompanyHead> = objectOf<CompanyHead>(COMPANY_HEAD);

export const isChange: Is<Change> = objectOf<Change>({
  row: optional(isStored),
  posting: optional(pairOf(isText, isPosted)),
  replay: optional(pairOf(isText, isReplay)),
  forgotten: optional(isText),
});

const isWorldState: Is<WorldState> = objectOf<WorldState>({
  ...WORLD_HEAD,
  companies: listOf(
    objectOf<CompanyState>({
      ...COMPANY_HEAD,
      tables: recordOf(objectOf<TableState>({ rows: listOf(isStored), byChange: listOf(isText) })),
      ledger: listOf(pairOf(isText, isPosted)),
      links: listOf(isText),
      replays: listOf(pairOf(isText, isReplay)),
    }),
  ),
});

/** @throws Error that names the first place where the value is not a state */
export function parseState(value: unknown): WorldState {
  if (isWorldState(value, 'state')) return value;
  throw new Error('this is not a state');
}

function keptAnswer({ answer, storedAtMs }: Replay): KeptAnswer {
  return { status: answer.status, json: writeJson(answer.value), storedAtMs };
}

/** The stored object behind a key such as `Payment:12`. @throws Error when there is none that is alive */
function liveAt(company: Company, key: string): Stored {
  const [entity = '', id = ''] = key.split(':');
  const stored = company.table(entity).get(id);
  if (stored === undefined || stored.deleted) {
    throw new Error(`company ${company.realm} has no ${key}, but its books or links name it`);
  }
  return stored;
}

/**
 * A company as it was. Indexes, links and balances are made anew from the objects and the postings. The postings
 * themselves are kept, because rules would derive others today: an item's account may have changed since.
 */
export function restoreCompany(state: CompanyState): Company {
  const company = new Company(state.realm, state.seed);
  company.loadHead(state);
  for (const [entity, table] of Object.entries(state.tables)) company.table(entity).load(entity, table);
  for (const table of company.tables.values()) for (const stored of table.all()) relink(company, stored);
  // Once more, those that are named, because links are listed in the order in which they were last made.
  for (const key of state.links) relink(company, liveAt(company, key));
  for (const [key, posted] of state.ledger) {
    liveAt(company, key);
    company.ledger.post(key, posted);
  }
  for (const [key, replay] of state.replays) company.remember(key, keptAnswer(replay));
  return company;
}

/** Repeats a change that was noted down, by the same steps that made it. */
export function redo(company: Company, { row, posting, replay, forgotten }: Change): void {
  if (row !== undefined) {
    company.table(row.entity).put(row);
    relink(company, row);
  }
  if (posting !== undefined) company.ledger.post(...posting);
  if (replay !== undefined) company.remember(replay[0], keptAnswer(replay[1]));
  if (forgotten !== undefined) company.forget(forgotten);
}
