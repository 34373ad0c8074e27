import type { ConnectedFirm } from '../local/office.js';

/** What holds for all items of one firm. */
export interface Office {
  /** Causes that people may be shown about whatever of it. */
  mayShow: Set<string>;
  /** And about one client of it, by the client's id. */
  mayShowOfClient: Map<string, ReadonlySet<string>>;
  /** Prefixes of its numbers, the newest last; what is posted keeps its own. */
  prefixes: string[];
}

export type Offices = ReadonlyMap<string, Office>;

export const officesOf = (firms: readonly ConnectedFirm[]): Offices =>
  new Map(
    firms.map(({ firmId }) => [firmId, { mayShow: new Set(), mayShowOfClient: new Map(), prefixes: [''] }]),
  );

export function officeOf(offices: Offices, firmId: string): Office {
  const office = offices.get(firmId);
  if (!office) throw new Error(`Firm "${firmId}" is not part of this storm.`);
  return office;
}
