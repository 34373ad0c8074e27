import {
  ApplicationFailure,
  condition,
  defineSignal,
  setDefaultSignalHandler,
  setHandler,
} from '@temporalio/workflow';
import { isUndecodable } from '../../src/domain/undecodable.js';

export const finish = defineSignal('finish');
export const fail = defineSignal<[string]>('fail');
export const note = defineSignal<[unknown?]>('note');

/** Returns what arrived, in order, in plain words; or fails with what it was told to. */
export async function recorder(): Promise<string[]> {
  const seen: string[] = [];
  const record = (name: string, value: unknown): void => {
    seen.push(
      `${name}: ${isUndecodable(value) ? value.$undecodable.reason : value === undefined ? 'nothing' : JSON.stringify(value)}`,
    );
  };
  let isFinished = false;
  let failure: string | undefined;
  setHandler(finish, () => {
    isFinished = true;
  });
  setHandler(fail, (message) => {
    failure = message;
  });
  setHandler(note, (value) => record('note', value));
  setDefaultSignalHandler((name, value) => record(name, value));
  await condition(() => isFinished || failure !== undefined);
  if (failure !== undefined) throw ApplicationFailure.nonRetryable(failure);
  return seen;
}
