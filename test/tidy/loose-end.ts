import ts from 'typescript';
import { at, comments, imports, nodes, type Source } from './project.js';
import type { Law } from './law.js';

const OURS = /^(src|scripts|test)\/|^[^/]+\.ts$/;

const LATER = /\b(TO[D]O|FIX[M]E|X{3}|HACK)\b/;
const UNCHECKED = /@ts-(ignore|nocheck|expect-error)/;
const SILENCED = /eslint-disable(?!.* -- \S)/;
const SET_ASIDE = new Set(['skip', 'only', 'todo', 'fails', 'skipIf', 'runIf', 'fixme']);
const TEST_WORDS = new Set(['it', 'test', 'describe', 'suite']);
const WAITS = new Set(['setTimeout', 'sleep', 'delay', 'waitForTimeout']);

/** Sentences seldom end like statements; a line of a comment that does is code that somebody kept. */
const CODE_LINE =
  /^((import|export) .* from ['"]|(const|let|var) \w+.* = .*[;{(]$|(return|await|throw) .*;$|(if|for|while|switch) \(.*\) .*[;{]$|[\w.]+\(.*\);$|\}( else \{)?;?$|[\w.]+ = .*;$)/;

const lookIn = (source: Source, pattern: RegExp): string[] =>
  comments(source).flatMap(({ text, position }) => {
    const hit = pattern.exec(text);
    return hit ? [at(source, position + hit.index, hit[0])] : [];
  });

function codeInComments(source: Source): string[] {
  return comments(source).flatMap(({ text, position }) => {
    let offset = position;
    return text.split('\n').flatMap((line) => {
      const here = offset;
      offset += line.length + 1;
      const plain = line
        .replace(/^\s*(\/\/|\/\*+|\*)?\s?/, '')
        .replace(/\s*\*\/$/, '')
        .trim();
      return CODE_LINE.test(plain) ? [at(source, here, plain)] : [];
    });
  });
}

/** The first word of `it.each(…)`, `describe.concurrent.only`, … */
function firstWord(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)
    ? firstWord(node.expression)
    : undefined;
}

const setAside = (node: ts.Node): string | undefined =>
  ts.isPropertyAccessExpression(node) &&
  SET_ASIDE.has(node.name.text) &&
  TEST_WORDS.has(firstWord(node.expression) ?? '')
    ? node.getText()
    : undefined;

function waits(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : firstWord(expression);
  return name !== undefined && WAITS.has(name) ? name : undefined;
}

/** `catch {}` and `.catch(() => undefined)`. */
function swallows(node: ts.Node): string | undefined {
  if (ts.isCatchClause(node)) return node.block.statements.length === 0 ? 'an empty catch' : undefined;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  if (node.expression.name.text !== 'catch') return undefined;
  const [handler] = node.arguments;
  if (!handler || !ts.isArrowFunction(handler)) return undefined;
  const isEmpty = ts.isBlock(handler.body)
    ? handler.body.statements.length === 0
    : ['undefined', 'null'].includes(handler.body.getText());
  return isEmpty ? 'a .catch() that forgets' : undefined;
}

export const LOOSE_END_LAWS: readonly Law[] = [
  {
    rule: 'Nothing is put off in a comment',
    because: 'nobody comes back to it',
    instead: 'do it now, or write an issue',
    find: (project) => project.sources(OURS).flatMap((source) => lookIn(source, LATER)),
    broken: { 'src/bill.ts': '// HACK: later\nf();\n' },
  },
  {
    rule: 'No comment is code',
    because: 'git remembers what was there',
    instead: 'delete it',
    find: (project) => project.sources(OURS).flatMap(codeInComments),
    broken: { 'src/bill.ts': 'f();\n// const total = sum(lines);\n' },
  },
  {
    rule: 'No test is set aside, alone or to be written',
    because: 'a run that looks green must be green',
    instead:
      'mend it or delete it; what depends on the surroundings decides with an `if` around the describe',
    find: (project) => project.sources(/^test\//).flatMap((source) => nodes(source, setAside)),
    broken: { 'test/bill.test.ts': "describe.concurrent.only('it', () => undefined);\n" },
  },
  {
    rule: 'The compiler is never told to look away',
    because: 'it would look away for ever, and for what comes later too',
    instead: 'give the value its type where it enters',
    find: (project) => project.sources(OURS).flatMap((source) => lookIn(source, UNCHECKED)),
    broken: { 'src/bill.ts': '// @ts-' + 'ignore\nf();\n' },
  },
  {
    rule: 'Where the linter is told to look away, the reason stands beside it',
    because: 'the next reader cannot tell a reason from a shortcut',
    instead: 'mend it, or write the rule and ` -- ` and the reason',
    find: (project) => project.sources(OURS).flatMap((source) => lookIn(source, SILENCED)),
    broken: { 'src/bill.ts': '// eslint-disable-next-line no-console\nf();\n' },
  },
  {
    rule: 'Nothing is of type any',
    because: 'everything it touches is unchecked from then on',
    instead: 'take unknown, and look',
    find: (project) =>
      project
        .sources(OURS)
        .flatMap((source) =>
          nodes(source, (node) => (node.kind === ts.SyntaxKind.AnyKeyword ? 'any' : undefined)),
        ),
    broken: { 'src/bill.ts': 'const bills: Array<any> = [];\n' },
  },
  {
    rule: 'No test waits by the clock',
    because: 'it is either too short on a busy machine or too long on every other',
    instead: 'wait for the condition: expect.poll, or a hold of the simulator',
    find: (project) =>
      project.sources(/^test\//).flatMap((source) => [
        ...nodes(source, waits),
        ...imports(source)
          .filter(({ specifier }) => specifier === 'node:timers/promises')
          .map(({ specifier, position }) => at(source, position, specifier)),
      ]),
    broken: { 'test/bill.test.ts': 'await page.waitForTimeout(50);\n' },
  },
  {
    rule: 'No error is swallowed',
    because: 'what is not told is lost',
    instead: 'translate it, or let it pass',
    find: (project) => project.sources(/^(src|scripts)\//).flatMap((source) => nodes(source, swallows)),
    broken: { 'src/bill.ts': 'await send().catch(() => undefined);\n' },
  },
];
