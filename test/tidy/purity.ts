import ts from 'typescript';
import { nodes } from './project.js';
import type { Law } from './law.js';

/** `object.property` or `object['property']` as `object.property`. */
function access(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    return `${node.expression.text}.${node.name.text}`;
  }
  if (!ts.isElementAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  return ts.isStringLiteralLike(node.argumentExpression)
    ? `${node.expression.text}.${node.argumentExpression.text}`
    : undefined;
}

const GLOBALS = new Set([
  'process',
  'performance',
  'crypto',
  'Buffer',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
]);
const CHANCE_AND_CLOCK = new Set(['Date.now', 'Math.random']);

const isReference = (node: ts.Identifier): boolean =>
  !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) &&
  !(ts.isPropertyAssignment(node.parent) && node.parent.name === node) &&
  !ts.isTypeReferenceNode(node.parent) &&
  !ts.isPropertySignature(node.parent);

function impurity(node: ts.Node): string | undefined {
  const name = access(node);
  if (name !== undefined && CHANCE_AND_CLOCK.has(name)) return name;
  return ts.isIdentifier(node) && GLOBALS.has(node.text) && isReference(node) ? node.text : undefined;
}

const isClock = (node: ts.Node): boolean =>
  ts.isNewExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === 'Date' &&
  (node.arguments?.length ?? 0) === 0;

export const PURITY_LAWS: readonly Law[] = [
  {
    rule: 'Only src/config.ts reads the environment',
    because: 'all mistakes in it are to be told at once, at the start',
    instead: 'add the variable to src/config/variable.ts and take the value from the configuration',
    find: (project) =>
      project
        .sources(/^src\/(?!config\.ts$)/)
        .flatMap((source) =>
          nodes(source, (node) => (access(node) === 'process.env' ? 'process.env' : undefined)),
        ),
    broken: { 'src/server.ts': "const port = process['env'].PORT;\n" },
  },
  {
    rule: 'Nothing in src/ writes to the console',
    because: 'what is logged needs its level, its fields and no secrets',
    instead: 'use the logger that is handed in',
    find: (project) =>
      project
        .sources(/^src\//)
        .flatMap((source) =>
          nodes(source, (node) => (access(node)?.startsWith('console.') ? access(node) : undefined)),
        ),
    broken: { 'src/db/bill.ts': "console.log('here');\n" },
  },
  {
    rule: 'domain/ has no clock, no chance and no world around it',
    because: 'a plan that is made again on replay must be the same plan',
    instead: 'pass the instant, the id or the number in',
    find: (project) =>
      project
        .sources(/^src\/domain\//)
        .flatMap((source) => nodes(source, (node) => (isClock(node) ? 'new Date()' : impurity(node)))),
    broken: { 'src/domain/bill.ts': 'export const due = () => new Date();\n' },
  },
  {
    rule: 'workflows/ decides nothing by clock, chance or the world around it',
    because: 'a workflow is replayed, and Date.now() is too easily compared with an instant of elsewhere',
    instead: 'use sleep and condition of the SDK, and activities for what is outside',
    find: (project) => project.sources(/^src\/workflows\//).flatMap((source) => nodes(source, impurity)),
    broken: { 'src/workflows/bill.ts': 'if (Date.now() > 5) await fetch(url);\n' },
  },
];
