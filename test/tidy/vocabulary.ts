import ts from 'typescript';
import { nodes, type Source } from './project.js';
import type { Law } from './law.js';

/** Names that only QuickBooks uses; words that everybody uses, such as Line or Balance, are left out. */
const QBO_NAME =
  /\b(DocNumber|SyncToken|(Customer|Vendor|Item|Account|Class|Term|SalesTerm|Currency|TaxCode|Department)Ref|PaymentRefNum|TxnDate|TxnId|TxnType|LinkedTxn|PrivateNote|DisplayName|PrimaryEmailAddr|TotalAmt|UnappliedAmt|MetaData|DetailType|\w+LineDetail|LineNum|QueryResponse|BillEmail|CustomerMemo)\b/;

/** What a node says itself: a name, or the text of a string, template or regular expression. */
function wordOf(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) return node.text;
  if (
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node) ||
    ts.isRegularExpressionLiteral(node)
  ) {
    return node.text;
  }
  return undefined;
}

/** The catalogue recognises QuickBooks' sentences, which quote its names; as names of ours they are out of place. */
const speaksQbo = (source: Source, node: ts.Node): string | undefined => {
  if (source.path.startsWith('src/domain/fault/') && !ts.isIdentifier(node)) return undefined;
  return QBO_NAME.exec(wordOf(node) ?? '')?.[0];
};

const isNew = (node: ts.Node, name: string): boolean =>
  ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name;

const makesFailure = (node: ts.Node): boolean =>
  isNew(node, 'ApplicationFailure') ||
  (ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.expression.getText() === 'ApplicationFailure');

// Spelt so that this file does not find itself.
const WORKPLACE = [
  /\/[w]ork\//,
  /\.[l]ibrary\b/,
  /\b[f]arm-/,
  /\bsub[a]gents?\b/i,
  /\bsessions? of (the )?(developer|project)/i,
];

const KEBAB = /^(\.?[a-z0-9]+(-[a-z0-9]+)*)(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const MIGRATION = /^src\/db\/migrations\/\d{4}-\d\d-\d\dT\d{4}Z-[a-z]+(-[a-z]+)*\.ts$/;
/** Names that tools or readers look for in capitals. */
const CAPITALS = /(^|\/)([A-Z]+(\.md)?|Dockerfile)$/;

export const VOCABULARY_LAWS: readonly Law[] = [
  {
    rule: "QuickBooks' field names stand only in qbo/, simulator/ and the catalogue's patterns",
    because: 'two spellings of one thing meet in exactly one place',
    instead: 'let qbo/ map it to a name of ours',
    find: (project) =>
      project
        .sources(/^src\/(?!qbo\/|simulator\/)/)
        .flatMap((source) => nodes(source, (node) => speaksQbo(source, node))),
    broken: { 'src/db/bill.ts': 'const sent = JSON.parse(body) as { SyncToken: string };\n' },
  },
  {
    rule: 'Only src/qbo/client.ts makes a QboError',
    because: 'it holds exactly what came back, and only who sent the request knows that',
    instead: 'return a value, or throw an error of your own',
    find: (project) =>
      project
        .sources(/^src\/(?!qbo\/client\.ts$)/)
        .flatMap((source) => nodes(source, (node) => (isNew(node, 'QboError') ? 'new QboError' : undefined))),
    broken: { 'src/qbo/oauth.ts': "throw new QboError('no');\n" },
  },
  {
    rule: 'Only src/activities/failure.ts and workflows/ make an ApplicationFailure',
    because: "one place turns QuickBooks' words into ours, and decides what Temporal may retry",
    instead: 'throw the plain error; the interceptor translates it',
    find: (project) =>
      project
        .sources(/^src\/(?!activities\/failure\.ts$|workflows\/)/)
        .flatMap((source) =>
          nodes(source, (node) => (makesFailure(node) ? 'ApplicationFailure' : undefined)),
        ),
    broken: { 'src/activities/bill.ts': "throw ApplicationFailure.nonRetryable('no');\n" },
  },
  {
    rule: 'No file speaks of the place where it was written',
    because: 'a reader elsewhere has none of it',
    instead: 'name a path of the repository, or leave it out',
    find: (project) =>
      [...project.files].flatMap(([path, text]) =>
        text.split('\n').flatMap((line, index) => {
          const hit = WORKPLACE.map((word) => word.exec(line)?.[0]).find((word) => word !== undefined);
          return hit === undefined || path === 'package-lock.json' ? [] : [`${path}:${index + 1}: ${hit}`];
        }),
      ),
    broken: { 'docs/run.md': `Run it in ${['', 'work', 'main'].join('/')}.\n` },
  },
  {
    rule: 'File names are in kebab-case; migrations begin with their instant',
    because: 'one spelling is found by one search, on every file system',
    instead: 'rename it to the noun it is about',
    find: (project) =>
      [...project.files.keys()].filter(
        (path) =>
          !MIGRATION.test(path) && !CAPITALS.test(path) && !path.split('/').every((name) => KEBAB.test(name)),
      ),
    broken: { 'src/db/billEvent.ts': '' },
  },
];
