import type { CompanyProfile } from './company.js';
import { classKey, live, postedAs, type Documents, type Step } from './document.js';
import type { FirmSettings } from './firm.js';
import type { ClassIntent } from './intent.js';

/** Somebody whose time is billed; in QuickBooks a class, where the firm reports income by person. */
export interface TimekeeperSnapshot {
  timekeeperId: string;
  version: number;
  name: string;
}

/** All that a timekeeper's plan depends on. */
export interface TimekeeperFacts {
  desired: TimekeeperSnapshot;
  excluded: boolean;
  documents: Documents;
  settings: Pick<FirmSettings, 'classes'>;
  profile: Pick<CompanyProfile, 'classTracking'>;
}

/** Longest name of a class (QuickBooks' documents: 100 characters). */
const NAME_LENGTH = 100;

/**
 * Pure and total: one class, made once. It keeps the name under which it was made or found, whatever somebody calls it
 * in QuickBooks later.
 */
export function planTimekeeper({
  desired,
  excluded,
  documents,
  settings,
  profile,
}: TimekeeperFacts): Step<ClassIntent> {
  if (excluded) return { do: 'nothing', excluded: true };
  if (settings.classes !== 'timekeeper' || profile.classTracking !== 'line') return { do: 'nothing' };
  const key = classKey(desired.timekeeperId);
  const posted = postedAs<ClassIntent>(documents, key);
  if (live(posted)) return { do: 'nothing' };
  const name = className(desired.name);
  // What a person decided about a class that is gone is carried out by the write.
  if (posted && posted.decided !== true) {
    const fault = posted.removed === 'inactive' ? 'class-inactive' : 'class-gone';
    return { do: 'park', fault, params: { found: posted.intent.name, qboId: posted.qboId }, on: key };
  }
  return { do: 'write', key, action: 'create', intent: { document: 'class', name, mark: name } };
}

/** A colon would read as a class below another. */
const className = (name: string): string =>
  name
    .replaceAll(/\s*:\s*/g, ' - ')
    .slice(0, NAME_LENGTH)
    .trim();
