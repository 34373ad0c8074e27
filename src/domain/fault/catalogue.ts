import { AMOUNT_FAULTS } from './entries/amount.js';
import { APPLICATION_FAULTS } from './entries/application.js';
import { CONNECTION_FAULTS } from './entries/connection.js';
import { CONTACT_FAULTS } from './entries/contact.js';
import { FIELD_FAULTS } from './entries/field.js';
import { LOCK_FAULTS } from './entries/lock.js';
import { MAPPING_FAULTS } from './entries/mapping.js';
import { NUMBER_FAULTS } from './entries/number.js';
import { OUTAGE_FAULTS } from './entries/outage.js';
import { OWN_FAULTS } from './entries/own.js';
import { PROGRAM_FAULTS } from './entries/program.js';
import { REFERENCE_FAULTS } from './entries/reference.js';
import { TRUST_FAULTS } from './entries/trust.js';
import type { FaultEntry, FaultFamily, MendedIn } from './entry.js';

/** The one catalogue. Order matters where a code has several causes: the most specific entry stands first. */
export const FAULT_FAMILIES: readonly FaultFamily[] = [
  NUMBER_FAULTS,
  CONTACT_FAULTS,
  REFERENCE_FAULTS,
  APPLICATION_FAULTS,
  MAPPING_FAULTS,
  AMOUNT_FAULTS,
  FIELD_FAULTS,
  LOCK_FAULTS,
  TRUST_FAULTS,
  CONNECTION_FAULTS,
  PROGRAM_FAULTS,
  OUTAGE_FAULTS,
  OWN_FAULTS,
];

export const FAULT_ENTRIES: readonly FaultEntry[] = FAULT_FAMILIES.flatMap((family) => family.entries);

export function entryByKey(key: string): FaultEntry | undefined {
  return FAULT_ENTRIES.find((entry) => entry.key === key);
}

/** Keys of the faults that are mended there. */
export const mendedIn = (where: MendedIn): string[] =>
  FAULT_ENTRIES.filter((entry) => entry.mendedIn?.includes(where)).map(({ key }) => key);
