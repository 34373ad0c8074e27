import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { causesPage, journeysOf } from '../../../scripts/causes-doc.js';
import { entryByKey } from '../../../src/domain/fault/catalogue.js';
import { SEED_ROWS } from './seed-rows.js';
import { ANSWER_STORIES } from '../../support/cause/answer.js';
import { ANSWER_INJECTED, CANNOT_ARISE, MOST_WITHOUT_JOURNEY, NO_JOURNEY_YET } from './without-journey.js';

const KEYS = [...new Set(SEED_ROWS.map(({ key }) => key))];

describe('docs/causes.md', () => {
  it('is what rows, catalogue and journeys say now (npm run causes-doc writes it)', async () => {
    const written = readFileSync(new URL('../../../docs/causes.md', import.meta.url), 'utf8');
    expect(written).toBe(await causesPage());
  });

  it('leads every cause to an entry of the catalogue', () => {
    expect(KEYS.filter((key) => entryByKey(key) === undefined)).toEqual([]);
  });

  it('has a journey for every cause but those that are listed, and lists none that has one', () => {
    const listed = [...Object.keys(CANNOT_ARISE), ...NO_JOURNEY_YET];
    expect(KEYS.filter((key) => journeysOf(key).length === 0).sort()).toEqual(listed.sort());
  });

  it('says of each journey that only repeats an answer why it does, and of no other', () => {
    expect(ANSWER_STORIES.map(({ fault }) => fault).sort()).toEqual(Object.keys(ANSWER_INJECTED).sort());
  });

  it('leaves no more of them without a journey than before', () => {
    expect(NO_JOURNEY_YET.length).toBeLessThanOrEqual(MOST_WITHOUT_JOURNEY);
  });
});
