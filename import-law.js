import { dirname, relative, resolve } from 'node:path';

/**
 * The import law (ARCHITECTURE.md). A place is a folder of src/ or a file at its top; what is not listed is free.
 * `values`: what it may import; `types`: what it may import as types only; a name that ends in .js is one file.
 * `packages`: the packages it may import, where they are limited; `node:` stands for Node's own.
 */
const LAW = {
  domain: {
    packages: [],
    because: 'domain/ imports nothing, so that workflows, console and tests can all run it',
    instead: 'pass the value in, or move the code to where its import is allowed',
  },
  workflows: {
    values: ['domain'],
    types: ['activities'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
    because: 'a workflow is replayed: it may import domain/ and activity types, and nothing that has effects',
    instead: 'make the effect an activity',
  },
  pdf: {
    values: ['domain'],
    packages: ['pdfkit', 'node:'],
    because: 'pdf/ sets a report on pages, and knows neither whose it is nor who asks for it',
    instead: 'put what it says into the report, in domain/',
  },
  snapshot: {
    values: ['domain'],
    because: 'snapshot/ only checks what comes in, for client, server and worker alike',
    instead: 'put the rule into domain/, or the use of it into the caller',
  },
  codec: {
    values: ['domain'],
    because: 'codec/ stands between Temporal and everybody and knows neither bills nor storage',
    instead: 'hand it what it needs as an argument',
  },
  qbo: {
    values: ['domain', 'codec', 'secret.js'],
    because: 'qbo/ knows QuickBooks and the domain, nothing of storage or orchestration',
    instead: 'let an activity bring the two together',
  },
  channel: {
    values: ['domain', 'codec', 'secret.js'],
    because: 'channel/ carries one message to one person, and knows nothing of storage or orchestration',
    instead: 'let an activity bring the two together',
  },
  db: {
    values: ['domain'],
    because: 'db/ knows the domain and Postgres; who calls it decides about transactions',
    instead: 'map to and from the domain in the caller',
  },
  activities: {
    values: [
      'domain',
      'qbo',
      'db',
      'channel',
      'snapshot',
      'pace.js',
      'start.js',
      'workflows/messages.js',
      'workflows/search-attribute.js',
    ],
    types: ['codec', 'config.js', 'metric.js', 'log.js'],
    because: 'an activity is one effect over domain, qbo and db; it knows workflows by their messages alone',
    instead: 'let the workflow decide, or have it handed in through Deps',
  },
  http: {
    values: [
      'domain',
      'db',
      'codec',
      'snapshot',
      'pdf',
      'client.js',
      'subscribe.js',
      'log.js',
      'secret.js',
      'workflows/messages.js',
      'qbo/webhook.js',
    ],
    types: ['config.js', 'qbo/oauth.js'],
    because: 'http/ asks Postgres and sends messages: orchestration stays in workflows, QuickBooks in qbo/',
    instead: 'send a message, or have the function handed in by server.ts',
  },
  simulator: {
    packages: ['node:'],
    because: 'simulator/ shares no code with the rest, or a wrong mapping would confirm itself',
    instead: 'write it a second time, from the public documentation',
  },
  'client.js': {
    values: ['domain', 'snapshot', 'codec', 'config.js', 'pace.js', 'start.js', 'workflows/messages.js'],
    because: 'a billing app imports the client, and has neither worker nor Postgres',
    instead: 'offer it as a route of the server',
  },
};

const SIMULATOR_LAW = {
  because: 'nothing of the product depends on its stand-in for QuickBooks',
  instead: 'talk to it over HTTP',
};

/** Both paths relative to src/, ending in .js. Folders count as everything below them. */
const isUnder = (path, place) => path === place || path.startsWith(`${place}/`);
const placeOf = (path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : path);

/**
 * Why this import breaks the law, in one sentence with the better way; undefined when it does not.
 * `file` is the importing file's absolute path, `root` the project's.
 */
export function importBreach(root, file, specifier, isTypeOnly) {
  const source = resolve(root, 'src');
  const from = relative(source, file);
  if (from.startsWith('..')) return undefined;
  const place = placeOf(from.replace(/\.ts$/, '.js'));
  const law = LAW[place];
  const complaint = ({ because, instead }) =>
    `src/${from} imports ${specifier}: ${because}. Better: ${instead}.`;
  if (!specifier.startsWith('.')) {
    const isFree = !law?.packages || law.packages.some((name) => isPackage(specifier, name));
    return isFree ? undefined : complaint(law);
  }
  const to = relative(source, resolve(dirname(file), specifier));
  if (isUnder(to, place)) return undefined;
  if (isUnder(to, 'simulator')) return complaint(SIMULATOR_LAW);
  if (!law) return undefined;
  const allowed = [...(law.values ?? []), ...(isTypeOnly ? (law.types ?? []) : [])];
  return allowed.some((other) => isUnder(to, other)) ? undefined : complaint(law);
}

const isPackage = (specifier, name) =>
  name.endsWith(':') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`);

/** The law as a rule of ESLint. */
export const importLaw = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (node) => {
      if (typeof node.source?.value !== 'string') return;
      const specifiers = node.specifiers ?? [];
      const isTypeOnly =
        (node.importKind ?? node.exportKind) === 'type' ||
        (specifiers.length > 0 &&
          specifiers.every((each) => (each.importKind ?? each.exportKind) === 'type'));
      const message = importBreach(context.cwd, context.filename, node.source.value, isTypeOnly);
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
