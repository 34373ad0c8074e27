import {
  ApplicationFailure,
  setDefaultSignalHandler,
  setHandler,
  workflowInfo,
  type SignalDefinition,
} from '@temporalio/workflow';
import type { AggregateState } from '../domain/aggregate.js';
import type { Incoming } from '../domain/progress.js';
import { sameJson } from '../domain/json.js';
import { CONTRADICTION } from '../domain/snapshot.js';
import { checkRemedy, type Parked, type RemedyCheck, type RemedyMessage } from '../domain/remedy.js';
import { readSnapshot, type Versioned } from '../domain/snapshot.js';
import {
  LOOKING,
  released,
  remediate,
  retry,
  status,
  type AggregateStatus,
  type Carried,
  type RefusedMessage,
} from './messages.js';

const REFUSED_KEPT = 20;

/** Where messages land and wait for the loop. Handlers are synchronous and total: they check, push and return. */
export interface Desk<S extends Versioned> {
  state: AggregateState;
  parked: Parked | undefined;
  waitingFor: string | undefined;
  /** Something arrived that makes it worth planning again. */
  hasNews(): boolean;
  hasRefused(): boolean;
  take(): Incoming<S>;
  carry(): Carried;
}

/** What has arrived and was not taken yet; `seen` and `version` stay. */
interface Inbox<S> {
  snapshot: S | undefined;
  remedies: RemedyMessage[];
  refused: RefusedMessage[];
  wake: boolean;
  seen: RefusedMessage[];
  version: number;
}

export function openDesk<S extends Versioned>(sync: SignalDefinition<[S]>, carried?: Carried): Desk<S> {
  const inbox: Inbox<S> = {
    snapshot: carried?.snapshot as S | undefined,
    remedies: [...(carried?.remedies ?? [])],
    refused: [],
    wake: false,
    seen: [],
    version: carried?.version ?? 0,
  };
  const desk = createDesk(inbox, carried?.parked);

  setHandler(
    sync,
    (typed?: unknown) => {
      const read = readSnapshot(typed);
      if ('refused' in read) {
        refuse(inbox, sync.name, read.refused);
        return;
      }
      // An older one is already overtaken; an equal one goes on, so that a contradiction can be recorded.
      if (read.snapshot.version < inbox.version) return;
      const { snapshot } = inbox;
      if (snapshot?.version === read.snapshot.version && !sameJson(snapshot, read.snapshot)) {
        refuse(inbox, sync.name, CONTRADICTION);
        return;
      }
      inbox.version = read.snapshot.version;
      inbox.snapshot = read.snapshot as S;
    },
    { description: 'A whole snapshot of the bill or client, as the billing app sends it.' },
  );
  setHandler(
    retry,
    (typed?: unknown) => {
      decide(inbox, desk, retry.name, typed, 'retry');
    },
    { description: 'Try again. Leave the box empty, or send {"action":"retry","by":"your name"}.' },
  );
  setHandler(
    released,
    () => {
      inbox.wake = true;
    },
    { description: 'Sent by Counterfoil itself when what this waits for is settled.' },
  );
  setHandler(
    remediate,
    (typed) => {
      const parked = decide(inbox, desk, remediate.name, typed);
      return {
        parkId: parked?.parkId ?? '',
        accepted: `Accepted. ${workflowInfo().workflowId} goes on where it stopped.`,
      };
    },
    {
      description: 'Decide about what is parked, for example {"action":"renumber","number":"A-1042"}.',
      validator: (typed?: unknown) => {
        const check = checkNow(desk, typed);
        if (!('refused' in check)) return;
        throw ApplicationFailure.nonRetryable(check.refused, isLooking(desk) ? LOOKING : 'remedy-refused');
      },
    },
  );
  setHandler(status, () => describe(inbox, desk));
  // Last: registered first it would swallow the very signal that started the workflow.
  setDefaultSignalHandler((name) => {
    refuse(inbox, name, `There is no signal called "${name}".`);
  });
  return desk;
}

function createDesk<S extends Versioned>(inbox: Inbox<S>, parked: Parked | undefined): Desk<S> {
  const desk: Desk<S> = {
    state: 'working',
    parked,
    waitingFor: undefined,
    hasNews: () => inbox.snapshot !== undefined || inbox.remedies.length > 0 || inbox.wake,
    hasRefused: () => inbox.refused.length > 0,
    take() {
      const incoming: Incoming<S> = {
        ...(inbox.snapshot && { snapshot: inbox.snapshot }),
        remedies: inbox.remedies.splice(0),
        refused: inbox.refused.splice(0),
      };
      inbox.snapshot = undefined;
      inbox.wake = false;
      return incoming;
    },
    carry: () => ({
      version: inbox.version,
      remedies: inbox.remedies,
      ...(inbox.snapshot && { snapshot: inbox.snapshot }),
      ...(desk.parked && { parked: desk.parked }),
    }),
  };
  return desk;
}

function refuse(inbox: Inbox<unknown>, name: string, reason: string): void {
  const refused = { name, reason, at: new Date().toISOString() };
  inbox.refused.push(refused);
  inbox.seen.push(refused);
  if (inbox.seen.length > REFUSED_KEPT) inbox.seen.shift();
}

const isLooking = ({ parked, state }: Pick<Desk<Versioned>, 'parked' | 'state'>): boolean =>
  !parked && state === 'working';

const LOOKED_AT =
  'It is being worked on at this very moment, with everything as it is now, so there is nothing to decide. If it is parked in a moment, look at what it is parked for then, and send this again.';

/** Nothing is kept for a cause that nobody has seen yet: what comes of the look under way may be another one. */
function checkNow(
  desk: Pick<Desk<Versioned>, 'parked' | 'state'>,
  typed: unknown,
  fallback?: 'retry',
): RemedyCheck {
  const check = checkRemedy(desk.parked, typed, fallback);
  return 'refused' in check && isLooking(desk) ? { refused: LOOKED_AT } : check;
}

/** What was parked when the remedy was accepted; undefined when it was refused. */
function decide(
  inbox: Inbox<unknown>,
  desk: Pick<Desk<Versioned>, 'parked' | 'state'>,
  name: string,
  typed: unknown,
  fallback?: 'retry',
): Parked | undefined {
  const check = checkNow(desk, typed, fallback);
  if ('refused' in check) {
    refuse(inbox, name, check.refused);
    return undefined;
  }
  inbox.remedies.push(check.accepted);
  return desk.parked;
}

const describe = ({ seen, version }: Inbox<unknown>, desk: Desk<Versioned>): AggregateStatus => ({
  state: desk.state,
  refused: seen,
  ...(version > 0 && { version }),
  ...(desk.parked && { parked: desk.parked }),
  ...(desk.waitingFor !== undefined && { waitingFor: desk.waitingFor }),
});
