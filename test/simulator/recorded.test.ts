import { describe, expect, it } from 'vitest';
import { bind } from '../../src/simulator/shape/bind.js';
import { type Fields, isFields } from '../../src/simulator/fields.js';
import { objectOf } from '../../src/simulator/xml-body.js';
import { parseXml } from '../../src/simulator/xml-parse.js';
import { writeXml } from '../../src/simulator/xml.js';
import {
  answeredKeys,
  deletedLike,
  firstOf,
  pathsOf,
  recordedGroups,
  recordedStub,
} from './recorded/envelope.js';
import { LACKING, LACKING_IN_REPORTS, REFUSED } from './recorded/exception.js';
import { type Recorded, filesOf, fixtures, objectsOf, xmlObjectsOf } from './recorded/fixture.js';
import { lacking, notePaths } from './recorded/path.js';
import { recordedReports, reportLike } from './recorded/report.js';
import { replay } from './recorded/replay.js';
import { Office } from './walk/office.js';

interface Outcome {
  readonly refused: Set<string>;
  readonly lacking: Set<string>;
}

/** Sends everything, and notes down what is refused and what is missing in the answers. */
function outcomeOf(all: readonly Recorded[], asRead: (entity: string, answer: Fields) => unknown): Outcome {
  const outcome: Outcome = { refused: new Set(), lacking: new Set() };
  for (const recorded of all) {
    const { entity, body, file } = recorded;
    try {
      const { answer } = replay(recorded);
      if (recorded.isRequest) continue;
      const missing = lacking(pathsOf(body, entity), pathsOf(asRead(entity, answer), entity));
      for (const path of missing) outcome.lacking.add(path);
    } catch (error) {
      const reason = (error as Error).message
        .replace(/^Property Name:/, '')
        .replace(/(field "\w+").*/s, '$1');
      outcome.refused.add(`${file.split('/').at(-1) ?? ''} ${entity}: ${reason}`);
    }
  }
  return outcome;
}

/** An answer as a reader of XML gets it. */
function throughXml(entity: string, answer: Fields): Fields | undefined {
  const root = parseXml(writeXml({ [entity]: answer }));
  const element = root?.children[0];
  return element && objectOf(element, entity);
}

describe('what was recorded of QuickBooks', () => {
  it('would be refused if it held something that no entity has', () => {
    expect(() => bind('Customer', { DisplayName: 'Ada', Shoe: 'left' })).toThrow('Unrecognized field "Shoe"');
    const body = { DisplayName: 'Ada', Notes: 'x', Id: '1' };
    const recorded = { file: 'x', entity: 'Customer', body, isRequest: false };
    expect(outcomeOf([recorded], (_, answer) => ({ ...answer, Notes: 1 })).lacking).toEqual(
      new Set(['Customer.Notes string']),
    );
  });

  if (fixtures === undefined) return;
  const folder = fixtures;
  const files = filesOf(folder);

  it('is accepted, and answered with everything that was recorded', () => {
    const all = files.flatMap(objectsOf);
    expect(all.length).toBeGreaterThan(250);
    const { refused, lacking: missing } = outcomeOf(all, (_, answer) => answer);
    expect([...refused].sort()).toEqual(Object.keys(REFUSED).sort());
    expect([...missing].sort()).toEqual(Object.keys(LACKING).sort());
  });

  it('is accepted and answered as XML too', () => {
    const all = xmlObjectsOf(folder).filter(({ file }) => !file.includes('batch_response'));
    expect(all.length).toBeGreaterThan(150);
    const { refused, lacking: missing } = outcomeOf(all, throughXml);
    expect([...refused]).toEqual([]);
    const excused = Object.keys(LACKING).filter((path) => !path.startsWith('Preferences'));
    expect([...missing].filter((path) => !excused.includes(path))).toEqual([]);
  });

  it('stands among the same properties of lists', () => {
    const missing = files.flatMap((file) => {
      const { isCdc, groups } = recordedGroups(file.content);
      const all = objectsOf(file);
      return groups.flatMap(({ entity, keys }) => {
        const first = all.find((one) => one.entity === entity);
        if (first === undefined) return [];
        const known = answeredKeys(first, isCdc);
        return keys.filter((key) => !known.includes(key)).map((key) => `${file.file}: ${key}`);
      });
    });
    expect(missing).toEqual([]);
  });

  it('leaves the same behind when it is deleted', () => {
    const missing = files.flatMap(({ file, content }) => {
      const stub = recordedStub(content);
      const like = stub && firstOf(files, stub.entity);
      const left = like && deletedLike(like);
      if (stub === undefined || left === undefined) return [];
      return lacking(pathsOf(stub.body, stub.entity), pathsOf(left, stub.entity)).map(
        (path) => `${file}: ${path}`,
      );
    });
    expect(missing).toEqual([]);
  });

  it('is a report with the same rows, cells and columns', () => {
    const reports = recordedReports(files);
    expect(reports.length).toBeGreaterThan(6);
    const missing = reports.flatMap(({ file, report }) =>
      lacking(pathsOf(report, ''), pathsOf(reportLike(report), '')).map((path) => `${file}: ${path}`),
    );
    const excused = Object.keys(LACKING_IN_REPORTS);
    const isExcused = (one: string): boolean =>
      one.includes('detailwithoptions') && excused.some((path) => one.includes(`: ${path}`));
    expect(missing.filter((one) => !isExcused(one))).toEqual([]);
    expect(missing.filter(isExcused)).not.toEqual([]);
  });

  it('is a fault of the same parts', () => {
    const office = new Office(1, 'law-firm');
    const { value } = office.batch([
      { bId: '1', operation: 'create', Customer: { Notes: 'nameless' } },
      { bId: '2', operation: 'create', Customer: { DisplayName: 'Ada' } },
    ]);
    const answered = notePaths(value, '', new Map());
    for (const { file, content } of files) {
      if (!file.endsWith('batch_response.json')) continue;
      const parts = (content as { BatchItemResponse: Fields[] }).BatchItemResponse.map(({ bId, Fault }) =>
        isFields(Fault) ? { bId, Fault } : { bId },
      );
      expect(lacking(pathsOf({ BatchItemResponse: parts }, ''), answered)).toEqual([]);
    }
    const faults = files.filter(({ content }) => isFields(content) && isFields(content['Fault']));
    expect(faults.length).toBeGreaterThan(4);
    const own = { ...(value?.['BatchItemResponse'] as Fields[])[0], time: 'now' };
    for (const { content } of faults) expect(lacking(pathsOf(content, ''), pathsOf(own, ''))).toEqual([]);
  });
});
