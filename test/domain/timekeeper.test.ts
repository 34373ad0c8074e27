import { expect, test } from 'vitest';
import { planTimekeeper, type TimekeeperFacts } from '../../src/domain/timekeeper.js';

const KEY = 'timekeeper/T1/class';
const facts = (over: Partial<TimekeeperFacts> = {}): TimekeeperFacts => ({
  desired: { timekeeperId: 'T1', version: 1, name: 'R. Hale' },
  excluded: false,
  documents: {},
  settings: { classes: 'timekeeper' },
  profile: { classTracking: 'line' },
  ...over,
});
const posted = {
  intent: { document: 'class', name: 'R. Hale', mark: 'R. Hale' },
  qboId: '5',
  syncToken: '0',
} as const;

test.each<[string, Partial<TimekeeperFacts>, object]>([
  ['made where there is none', {}, { do: 'write', key: KEY, action: 'create', intent: posted.intent }],
  ['left alone where there is one', { documents: { [KEY]: posted } }, { do: 'nothing' }],
  ['none where the firm wants none', { settings: { classes: 'off' } }, { do: 'nothing' }],
  ['none where the firm says nothing', { settings: {} }, { do: 'nothing' }],
  [
    'none where the company has none on lines',
    { profile: { classTracking: 'transaction' } },
    { do: 'nothing' },
  ],
  ['none for one that is kept out', { excluded: true }, { do: 'nothing', excluded: true }],
  [
    'asked about where it was deleted',
    { documents: { [KEY]: { ...posted, removed: 'deleted' } } },
    { do: 'park', fault: 'class-gone', on: KEY },
  ],
  [
    'asked about where it was made inactive',
    { documents: { [KEY]: { ...posted, removed: 'inactive' } } },
    { do: 'park', fault: 'class-inactive', on: KEY },
  ],
  [
    'written as a person decided',
    { documents: { [KEY]: { ...posted, removed: 'deleted', decided: true } } },
    { do: 'write', action: 'create' },
  ],
  [
    'named without a colon, in 100 characters',
    { desired: { timekeeperId: 'T1', version: 1, name: `Hale: ${'x'.repeat(150)}` } },
    { intent: { name: `Hale - ${'x'.repeat(93)}` } },
  ],
])('the class is %s', (_what, over, step) => {
  expect(planTimekeeper(facts(over))).toMatchObject(step);
});
