import { isFields } from '../../../src/simulator/fields.js';

/** The kinds of value that stand at each path such as `Line[].Amount`. */
export type Paths = Map<string, Set<string>>;

export function notePaths(value: unknown, path: string, paths: Paths): Paths {
  if (value === null || value === undefined) return paths;
  const kind = Array.isArray(value) ? 'array' : typeof value;
  paths.set(path, (paths.get(path) ?? new Set<string>()).add(kind));
  if (Array.isArray(value)) for (const entry of value) notePaths(entry, `${path}[]`, paths);
  else if (isFields(value))
    for (const [name, part] of Object.entries(value)) notePaths(part, `${path}.${name}`, paths);
  return paths;
}

/** Paths of the recording that the answer lacks, or has with another type. */
export function lacking(recorded: Paths, answered: Paths): string[] {
  return [...recorded]
    .flatMap(([path, kinds]) => [...kinds].map((kind) => ({ path, kind })))
    .filter(({ path, kind }) => answered.get(path)?.has(kind) !== true)
    .map(({ path, kind }) => `${path} ${kind}`);
}
