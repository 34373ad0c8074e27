import {
  setDefaultSignalHandler,
  setHandler,
  workflowInfo,
  type SignalDefinition,
} from '@temporalio/workflow';
import type { AggregateState } from '../domain/aggregate.js';
import type { Incoming } from '../domain/progress.js';
import { checkRemedy, type Parked, type RemedyMessage } from '../domain/remedy.js';
import { readSnapshot, type Versioned } from '../domain/snapshot.js';
import { released, remediate, retry, status, type Carried, type RefusedMessage } from './messages.js';
import { ApplicationFailure } from '@temporalio/workflow';

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

export function openDesk<S extends Versioned>(sync: SignalDefinition<[S]>, carried?: Carried): Desk<S> {
  const inbox = {
    snapshot: carried?.snapshot as S | undefined,
    remedies: [...(carried?.remedies ?? [])] as RemedyMessage[],
    refused: [] as RefusedMessage[],
    wake: false,
  };
  const seen: RefusedMessage[] = [];
  let version = carried?.version ?? 0;

  const desk: Desk<S> = {
    state: 'working',
    parked: carried?.parked,
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
      version,
      remedies: inbox.remedies,
      ...(inbox.snapshot && { snapshot: inbox.snapshot }),
      ...(desk.parked && { parked: desk.parked }),
    }),
  };

  const refuse = (name: string, reason: string): void => {
    const refused = { name, reason, at: new Date().toISOString() };
    inbox.refused.push(refused);
    seen.push(refused);
    if (seen.length > REFUSED_KEPT) seen.shift();
  };

  const decide = (name: string, typed: unknown, fallback?: 'retry'): Parked | undefined => {
    const check = checkRemedy(desk.parked, typed, fallback);
    if ('refused' in check) {
      refuse(name, check.refused);
      return undefined;
    }
    inbox.remedies.push(check.accepted);
    return desk.parked;
  };

  setHandler(
    sync,
    (typed?: unknown) => {
      const read = readSnapshot<S>(typed);
      if ('refused' in read) return refuse(sync.name, read.refused);
      // An older one is already overtaken; an equal one goes on, so that a contradiction can be recorded.
      if (read.snapshot.version < version) return;
      version = read.snapshot.version;
      inbox.snapshot = read.snapshot;
    },
    { description: 'A whole snapshot of the bill or client, as the billing app sends it.' },
  );
  setHandler(
    retry,
    (typed?: unknown) => {
      decide(retry.name, typed, 'retry');
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
      const parked = decide(remediate.name, typed);
      return {
        parkId: parked?.parkId ?? '',
        accepted: `Accepted. ${workflowInfo().workflowId} goes on where it stopped.`,
      };
    },
    {
      description: 'Decide about what is parked, for example {"action":"renumber","number":"A-1042"}.',
      validator: (typed?: unknown) => {
        const check = checkRemedy(desk.parked, typed);
        if ('refused' in check) throw ApplicationFailure.nonRetryable(check.refused, 'remedy-refused');
      },
    },
  );
  setHandler(status, () => ({
    state: desk.state,
    refused: seen,
    ...(version > 0 && { version }),
    ...(desk.parked && { parked: desk.parked }),
    ...(desk.waitingFor !== undefined && { waitingFor: desk.waitingFor }),
  }));
  // Last: registered first it would swallow the very signal that started the workflow.
  setDefaultSignalHandler((name) => refuse(name, `There is no signal called "${name}".`));
  return desk;
}
