import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { billPort } from '../src/activities/bill.js';
import { companyPort } from '../src/activities/company.js';
import { contactPort } from '../src/activities/contact.js';
import { paymentPort } from '../src/activities/payment.js';
import { timekeeperPort } from '../src/activities/timekeeper.js';
import { trustTransactionPort } from '../src/activities/trust-transaction.js';
import { TEST_VARIABLES, VARIABLES } from '../src/config/variable.js';
import { STATES } from '../src/snapshot/filter.js';
import { SEARCH_ATTRIBUTE_TYPES } from '../src/workflows/search-attribute.js';

const ROOT = join(import.meta.dirname, '..');

const FILES = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)));

const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const hits = (of: string, pattern: RegExp): string[] =>
  [...of.matchAll(pattern)].map((hit) => hit[1] ?? hit[0]);
const all = (pattern: RegExp): string =>
  FILES.filter((path) => pattern.test(path))
    .map(text)
    .join('\n');
const unique = (values: string[]): string[] => [...new Set(values)].sort();

const FENCE = /^(`{3,}).*\n([\s\S]*?)^\1$/gm;

/** A page as its parts: prose without code blocks, and what stands in code, inline and in blocks. */
const PAGES = FILES.filter((path) => path.endsWith('.md')).map((path) => {
  const whole = text(path);
  const prose = whole.replaceAll(FENCE, '');
  const blocks = [...whole.matchAll(FENCE)].map((hit) => hit[2] ?? '');
  // What a reader is told to make is marked so.
  const inline = hits(prose.replaceAll(/`[^`]+` \(new\)/g, ''), /`([^`\n]+)`/g);
  return { path, whole, prose, inline, blocks };
});

const pageOf = (path: string) => PAGES.find((page) => page.path === path)!;

/** As GitHub makes them of headings, and those that a page sets itself. */
function anchorsOf(path: string): string[] {
  const { prose } = pageOf(path);
  const headings = hits(prose, /^#{1,6} (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
  return [...headings, ...hits(prose, /<a id="([^"]+)">/g)];
}

/** Top folders of the repository, and those of src/, which pages name without the `src/`. */
const FOLDERS = new Set(
  FILES.flatMap((path) => [path, path.replace(/^src\//, '')].map((one) => one.split('/')[0])),
);

/** Not in the repository: made by a build, by a run, or by an operator. */
const MADE_LATER = /^(dist|\.counterfoil|test\/replay)\//;

/** What reads like a path of this repository: below one of its folders, or the name of a file. */
const isPath = (code: string): boolean =>
  /^[\w.@-]+(\/[\w.@*{}<>,-]*)+$/.test(code)
    ? FOLDERS.has(code.split('/')[0] ?? '') && !MADE_LATER.test(code)
    : /^[\w.-]+\.(ts|js|json|md|mod|yml)$/.test(code);

function isThere(code: string, page: string): boolean {
  if (!code.includes('/')) return FILES.some((path) => basename(path) === code);
  const pattern = code
    .replaceAll(/[.]/g, '\\.')
    .replaceAll(/<[^>]*>|\*+/g, '[^/]+')
    .replace(/\/$/, '/.+');
  const wanted = new RegExp(`^(src/|${dirname(page)}/)?${pattern}$`);
  return FILES.some((path) => wanted.test(path));
}

const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };

/** Temporal's own, read by its libraries and its CLI, and one of ours that only scripts read. */
const FOREIGN_VARIABLES = [
  ...['ADDRESS', 'NAMESPACE', 'API_KEY', 'PROFILE', 'CONFIG_FILE', 'CODEC_ENDPOINT', 'CODEC_AUTH'],
  ...['TLS', 'TLS_CLIENT_CERT_PATH', 'TLS_CLIENT_KEY_PATH', 'TLS_SERVER_CA_CERT_PATH', 'CLI_PATH'],
].map((name) => `TEMPORAL_${name}`);
const KNOWN_VARIABLES = new Set([...Object.keys(VARIABLES), ...TEST_VARIABLES, ...FOREIGN_VARIABLES]);

/** Routes as they are written in pages. */
const SERVED = hits(all(/^src\/http\//), /\bapp\.((?:get|put|post|delete)\b[^(]*\(\s*'[^']+)'/g).map(
  (route) => {
    const [, method = '', path = ''] = /^(\w+)[^']*'(.+)$/s.exec(route) ?? [];
    return `${method.toUpperCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`;
  },
);

/** Temporal's types are large, and a machine may be busy. */
const COMPILE_TIMEOUT_MS = 180_000;

describe.each(PAGES.map((page) => [page.path, page] as const))('%s', (path, page) => {
  test('has no link into nowhere', () => {
    const broken = hits(page.prose, /\]\(([^)\s]+)\)/g).filter((target) => {
      if (/^[a-z]+:/.test(target)) return false;
      const [file = '', anchor] = target.split('#');
      const to = file === '' ? path : normalize(join(dirname(path), file));
      if (!existsSync(join(ROOT, to))) return true;
      return anchor !== undefined && !anchorsOf(to).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('names only npm scripts that exist', () => {
    const named = hits(page.whole, /npm run (?:--?[\w-]+ )*([\w:-]+)/g);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('gives scripts only options that they take', () => {
    const given = [...page.whole.matchAll(/npm run ([\w:-]+) -- ([^`\n#]*)/g)].flatMap(
      ([, script = '', rest = '']) => hits(rest, /(?<!\S)(--[\w-]+)/g).map((option) => ({ script, option })),
    );
    const strange = given.filter(({ script, option }) => {
      const file = /^tsx (\S+)/.exec(scripts[script] ?? '')?.[1];
      return file === undefined || !text(file).includes(`'${option}`);
    });
    expect(strange).toEqual([]);
  });

  test('names only metrics and calls that exist', () => {
    const metrics = unique(hits(page.whole, /`(counterfoil_\w+)`/g));
    const known = hits(text('src/metric.ts'), /'(counterfoil_\w+)'/g).flatMap((name) => [
      name,
      `${name}_total`,
    ]);
    expect(metrics.filter((name) => !known.includes(name))).toEqual([]);
    const calls = hits(page.prose, /`((?:GET|PUT|POST|DELETE) \/(?!codec)[^`?\s]+)/g);
    const served = SERVED.map((call) => call.replaceAll(/\{\w+\}/g, '{}'));
    const named = calls.map((call) => call.replaceAll(/\{\w+\}/g, '{}'));
    expect(path.startsWith('src/simulator/') ? [] : named.filter((call) => !served.includes(call))).toEqual(
      [],
    );
  });

  test('names only files that exist', () => {
    const inBlocks = [...page.blocks, ...page.inline].flatMap((code) =>
      hits(code, /(?<![\w./:-])((?:src|scripts|test|docs)\/[\w./-]+\.\w+)/g),
    );
    const named = [...page.inline, ...inBlocks.filter((code) => !MADE_LATER.test(`${code}/`))];
    expect(unique(named.filter((code) => isPath(code) && !isThere(code, path)))).toEqual([]);
  });

  test('names only variables that are read', () => {
    const named = hits(page.whole, /\b(?:COUNTERFOIL|QBO|TEMPORAL|DATABASE)_[A-Z_]*[A-Z]\b/g);
    expect(unique(named.filter((name) => !KNOWN_VARIABLES.has(name)))).toEqual([]);
  });
});

describe('README.md says what the code says', () => {
  const { whole, blocks } = pageOf('README.md');

  test(
    'its sample compiles against the client',
    () => {
      const sample = blocks.find((block) => block.includes("from 'counterfoil'")) ?? '';
      const [right, wrong] = problemsOf(sample, sample.replace('syncBill', 'syncBil'));
      expect(right).toEqual([]);
      expect(wrong).not.toEqual([]);
    },
    COMPILE_TIMEOUT_MS,
  );

  test('its table of calls is that of the server', () => {
    const told = hits(whole, /^\| `((?:GET|PUT|POST|DELETE) \/(?!codec)[^`?]+)/gm);
    expect(unique(told)).toEqual(unique(SERVED));
  });

  test('its table of scripts is that of package.json', () => {
    const told = hits(whole, /^\| `npm (?:run )?([\w:-]+)[^|]*\|/gm);
    expect(unique(told)).toEqual(Object.keys(scripts).sort());
  });

  test('it registers every search attribute', () => {
    const told = hits(whole, /search-attribute create (--name \w+ --type \w+)/g);
    const wanted = Object.entries(SEARCH_ATTRIBUTE_TYPES).map(
      ([name, type]) => `--name ${name} --type ${type}`,
    );
    expect(unique(told)).toEqual(wanted.sort());
  });
});

describe('the other pages say what the code says', () => {
  test('ARCHITECTURE.md tells of every recovery point', () => {
    const points = hits(all(/^src\/activities\//), /checkpoint\?\.\('([\w-]+)'\)/g);
    const told = hits(pageOf('ARCHITECTURE.md').whole, /^\| `([\w-]+)` +\| [^|]+\| [^|]*\|$/gm);
    expect(told).toEqual(expect.arrayContaining(unique(points)));
  });

  test('ARCHITECTURE.md tells of every table', () => {
    const tables = hits(all(/^src\/db\/migrations\//), /create (?:unlogged )?table (\w+)/g);
    const { whole } = pageOf('ARCHITECTURE.md');
    expect(tables.filter((table) => !whole.includes(`| \`${table}\``))).toEqual([]);
  });

  test('docs/operating.md offers the remedies that can be carried out', () => {
    const { whole } = pageOf('docs/operating.md');
    for (const [type, { remedies }] of Object.entries({
      bill: billPort,
      payment: paymentPort,
      trustTransaction: trustTransactionPort,
      contact: contactPort,
      timekeeper: timekeeperPort,
      company: companyPort,
    })) {
      const row = new RegExp(`^\\| \`${type}\` +\\|[^|]*\\|([^|]*)\\|`, 'm').exec(whole)?.[1] ?? '';
      expect(hits(row, /`([\w-]+)`/g).sort()).toEqual([...remedies].sort());
    }
  });

  test('docs/operating.md tells of every kind of event', () => {
    const kinds = hits(all(/^src\/(activities|db|http)\//), /(?:recordEvent|tellOf)\([^'{}]*'([\w-]+)'/g);
    const { whole } = pageOf('docs/operating.md');
    expect(unique(kinds).filter((kind) => !whole.includes(`| \`${kind}\``))).toEqual([]);
    expect(unique(kinds)).toEqual([...STATES].sort());
  });

  test('every decision has its context, its choice and its cost, and is listed', () => {
    const records = PAGES.filter(({ path }) => path.startsWith('docs/decisions/'));
    expect(records.length).toBeGreaterThan(0);
    for (const { path, prose } of records) {
      expect([path, ...hits(prose, /^## (.+)$/gm)]).toEqual([path, 'Context', 'Choice', 'Cost']);
      expect(pageOf('ARCHITECTURE.md').whole).toContain(`(${path})`);
    }
  });
});

/** What the compiler says about files that a billing app might hold, each for itself. */
function problemsOf(...samples: string[]): string[][] {
  const files = new Map(samples.map((sample, index) => [join(ROOT, `sample-${index}.ts`), sample]));
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: Record<string, unknown> };
  };
  const paths = { counterfoil: ['./src/client.ts'] };
  const { options } = ts.parseJsonConfigFileContent(
    { compilerOptions: { ...config.compilerOptions, paths }, files: [...files.keys()] },
    ts.sys,
    ROOT,
  );
  const host = ts.createCompilerHost(options);
  host.fileExists = (path) => files.has(path) || ts.sys.fileExists(path);
  host.readFile = (path) => files.get(path) ?? ts.sys.readFile(path);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  );
}
