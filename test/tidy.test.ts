import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { IMPORT_LAWS } from './tidy/import.js';
import { explain } from './tidy/law.js';
import { LOOSE_END_LAWS } from './tidy/loose-end.js';
import { MANIFEST_LAWS } from './tidy/manifest.js';
import { Project } from './tidy/project.js';
import { PURITY_LAWS } from './tidy/purity.js';
import { SIZE_LAWS } from './tidy/size.js';
import { VOCABULARY_LAWS } from './tidy/vocabulary.js';

const project = Project.fromGit(fileURLToPath(new URL('..', import.meta.url)));
const LAWS = [SIZE_LAWS, IMPORT_LAWS, PURITY_LAWS, VOCABULARY_LAWS, LOOSE_END_LAWS, MANIFEST_LAWS].flat();

describe.each(LAWS)('$rule', (law) => {
  test('holds', () => {
    const found = law.find(project);
    if (found.length > 0) expect.fail(explain(law, found));
  });

  test('is noticed when it is broken', () => {
    expect(law.find(new Project(new Map(Object.entries(law.broken))))).not.toEqual([]);
  });
});
