import type { ClassIntent } from '../domain/intent.js';
import { compare, createdAt, quote, type Mapping } from './mapping.js';

interface ClassBody {
  Id?: string;
  SyncToken?: string;
  Name?: string;
}

/** A class has no note to carry our mark; its name is unique, and so the name is the mark. */
export const classMapping: Mapping<ClassIntent> = {
  entity: 'Class',

  toBody: (intent, link) => ({
    ...(link && { Id: link.qboId, SyncToken: link.syncToken, sparse: true }),
    Name: intent.name,
  }),

  read(object) {
    const body = object as ClassBody;
    return {
      qboId: body.Id ?? '',
      syncToken: body.SyncToken ?? '',
      mark: body.Name,
      createdAt: createdAt(object),
      summary: `class ${body.Name ?? '(no name)'}`,
    };
  },

  differences: (intent, object) => compare([['name', intent.name, (object as ClassBody).Name]]),

  allDifferences: (intent, object) => classMapping.differences(intent, object),

  lookups: (intent) => [`select * from Class where Name = ${quote(intent.name)} and Active in (true, false)`],
};
