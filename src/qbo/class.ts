import type { ClassIntent } from '../domain/intent.js';
import { activeAgain, compare, identity, INACTIVE_SUFFIX, linkBody, type Mapping, quote } from './mapping.js';

interface ClassBody {
  Id?: string;
  SyncToken?: string;
  Name?: string;
  Active?: boolean;
  ParentRef?: unknown;
}

/** A class has no note to carry our mark; its name is unique, and so the name is the mark. */
export const classMapping: Mapping<ClassIntent> = {
  entity: 'Class',

  toBody: (intent, link) => ({
    ...linkBody(link),
    Name: intent.name,
  }),

  read(object) {
    const body = object as ClassBody;
    return {
      ...identity(object),
      mark: body.Name,
      summary: `${body.Active === false ? 'inactive ' : ''}class ${body.Name ?? '(no name)'}`,
    };
  },

  differences: (intent, object) => compare([['name', intent.name, (object as ClassBody).Name]]),

  allDifferences: (intent, object) => classMapping.differences(intent, object),

  unfit: (_intent, object) => ((object as ClassBody).Active === false ? 'it is inactive' : undefined),

  /** A class is just a name; one below another is another name. */
  isSame: (intent, object) => {
    const { Name, ParentRef } = object as ClassBody;
    return ParentRef === undefined && Name?.toLowerCase() === intent.name.toLowerCase();
  },

  reactivated: activeAgain,

  lookups: (intent) => [
    `select * from Class where Name in (${quote(intent.name)}, ${quote(intent.name + INACTIVE_SUFFIX)}) and Active in (true, false)`,
  ],
};
