import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path/posix';
import { importBreach } from '../../import-law.js';
import { at, imports, type Project, type Source } from './project.js';
import type { Law } from './law.js';

/** What is started or bundled by its path, and so need not be imported. */
const ENTRIES = [
  'src/worker.ts',
  'src/server.ts',
  'src/client.ts',
  'src/workflows/index.ts',
  'src/workflows/interceptors.ts',
  'src/codec/failure-converter.ts',
];
const SIMULATOR_STARTER = 'scripts/simulator.ts';
const BUILTINS = new Set(builtinModules);

/** `@scope/name` or `name` of a package; undefined for a file and for Node's own. */
function packageName(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return BUILTINS.has(name) ? undefined : name;
}

const fileOf = (source: Source, specifier: string): string =>
  normalize(join(dirname(source.path), specifier)).replace(/\.js$/, '.ts');

function reachable(project: Project): Set<string> {
  const byPath = new Map(project.sources(/^(src|scripts)\//).map((source) => [source.path, source]));
  const scripts = [...byPath.keys()].filter((path) => /^scripts\/[^/]+\.ts$/.test(path));
  const seen = new Set<string>();
  const visit = (path: string): void => {
    const source = byPath.get(path);
    if (!source || seen.has(path)) return;
    seen.add(path);
    for (const { specifier } of imports(source))
      if (specifier.startsWith('.')) visit(fileOf(source, specifier));
  };
  [...ENTRIES, ...scripts].forEach(visit);
  return seen;
}

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

export const IMPORT_LAWS: readonly Law[] = [
  {
    rule: 'Each folder imports only what import-law.js gives it',
    because: 'the arrows between folders are the architecture',
    instead: 'do what the message says, or change the law with a decision record',
    find: (project) =>
      project.sources(/^src\//).flatMap((source) =>
        imports(source).flatMap(({ specifier, isTypeOnly, position }) => {
          const breach = importBreach(project.root, join(project.root, source.path), specifier, isTypeOnly);
          return breach === undefined ? [] : [at(source, position, breach)];
        }),
      ),
    broken: { 'src/workflows/bill.ts': "import { type A, b } from '../activities/index.js';\n" },
  },
  {
    rule: `Of the scripts, only ${SIMULATOR_STARTER} imports the simulator`,
    because: 'whatever else runs it must talk to it over HTTP, as to QuickBooks',
    instead: 'start it as a process of its own',
    find: (project) =>
      project
        .sources(/^scripts\//)
        .filter((source) => source.path !== SIMULATOR_STARTER)
        .flatMap((source) =>
          imports(source)
            .filter(({ specifier }) => fileOf(source, specifier).startsWith('src/simulator/'))
            .map(({ specifier, position }) => at(source, position, specifier)),
        ),
    broken: { 'scripts/demo.ts': "const it = await import('../src/simulator/server.js');\n" },
  },
  {
    rule: 'Every file of src/ is reached from a process, the client, a script or the workflow bundle',
    because: 'what only its test imports is dead',
    instead: 'remove it, or use it',
    find(project) {
      const live = reachable(project);
      return project
        .sources(/^src\//)
        .filter((source) => !live.has(source.path))
        .map((source) => source.path);
    },
    broken: { 'src/worker.ts': '', 'src/db/bill.ts': "import './event.js';\n", 'src/db/event.ts': '' },
  },
  {
    rule: 'Every imported package stands in package.json, and what src/ imports among the dependencies',
    because: 'an image without development packages would not start',
    instead: 'add it, or do without it',
    find(project) {
      const manifest = JSON.parse(project.files.get('package.json') ?? '{}') as Manifest;
      const shipped = new Set(Object.keys(manifest.dependencies ?? {}));
      const all = new Set([...shipped, ...Object.keys(manifest.devDependencies ?? {})]);
      return project.sources(/^(src|scripts|test)\//).flatMap((source) =>
        imports(source).flatMap(({ specifier, position }) => {
          const name = packageName(specifier);
          const known = source.path.startsWith('src/') ? shipped : all;
          return name === undefined || known.has(name) ? [] : [at(source, position, name)];
        }),
      );
    },
    broken: {
      'package.json': '{"devDependencies":{"zod":"4"}}',
      'src/config.ts': "import { z } from 'zod/v4';\n",
    },
  },
];
