import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const PRODUCTION = new URL('../../docker/dynamic-config.yaml', import.meta.url);

type Settings = Readonly<Record<string, unknown>>;

/**
 * What Temporal is told in production (docker/dynamic-config.yaml), and what the caller adds. A value that is for one
 * task queue there is for all of them here: the development server takes no conditions.
 */
export function dynamicConfig(added: Settings = {}): Settings {
  const file = parse(readFileSync(PRODUCTION, 'utf8')) as Record<string, { value: unknown }[]>;
  const production = Object.entries(file).map(([key, [first]]) => [key, first?.value]);
  return { ...(Object.fromEntries(production) as Settings), ...added };
}

/** The development server asks its database for the list of search attributes at each use; production's does not. */
export const DEV_SERVER: Settings = { 'system.forceSearchAttributesCacheRefreshOnRead': false };
