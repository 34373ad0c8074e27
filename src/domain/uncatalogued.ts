import { STUCK } from './stuck.js';
import { PARTED } from './trust/reconciliation/parted.js';

/** What needs a person and is no fault of the catalogue. */
export const UNCATALOGUED: readonly { key: string; title: string; remedy: string }[] = [STUCK, PARTED];

export const uncatalogued = (cause: string) => UNCATALOGUED.find(({ key }) => key === cause);
