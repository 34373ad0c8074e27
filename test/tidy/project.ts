import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface Source {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly tree: ts.SourceFile;
}

/** Something that a law must hold for; a test makes a small one that breaks it. */
export class Project {
  private readonly parsed = new Map<string, Source>();

  constructor(
    readonly files: ReadonlyMap<string, string>,
    readonly root = '/project',
  ) {}

  /** All that git has, and what is new and not ignored. */
  static fromGit(root: string): Project {
    const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    });
    const paths = list.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
    return new Project(new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')])), root);
  }

  /** The parsed TypeScript files whose path fits. */
  sources(fits: RegExp): Source[] {
    return [...this.files.keys()]
      .filter((path) => path.endsWith('.ts') && fits.test(path))
      .map((path) => this.parse(path));
  }

  private parse(path: string): Source {
    const known = this.parsed.get(path);
    if (known) return known;
    const text = this.files.get(path) ?? '';
    const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const source = { path, text, lines: text.replace(/\n$/, '').split('\n'), tree };
    this.parsed.set(path, source);
    return source;
  }
}

/** `file:line: what`, as an editor opens it. */
export function at(source: Source, position: number, what: string): string {
  return `${source.path}:${source.tree.getLineAndCharacterOfPosition(position).line + 1}: ${what}`;
}

/** What `match` says about each node of the file, with its place. */
export function nodes(source: Source, match: (node: ts.Node) => string | undefined): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const what = match(node);
    if (what !== undefined) found.push(at(source, node.getStart(source.tree), what));
    ts.forEachChild(node, visit);
  };
  visit(source.tree);
  return found;
}

export interface Import {
  readonly specifier: string;
  readonly isTypeOnly: boolean;
  readonly position: number;
}

/** Imports, re-exports and `import()` of constant names. */
export function imports(source: Source): Import[] {
  const found: Import[] = [];
  nodes(source, (node) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) {
      found.push({ specifier, isTypeOnly: isTypeOnly(node), position: node.getStart(source.tree) });
    }
    return undefined;
  });
  return found;
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)
      ? node.moduleSpecifier.text
      : undefined;
  }
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)
      ? node.argument.literal.text
      : undefined;
  }
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const [name] = node.arguments;
  return name && ts.isStringLiteralLike(name) ? name.text : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (!ts.isImportDeclaration(node) || !node.importClause) return false;
  const { phaseModifier, name, namedBindings } = node.importClause;
  const each = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : undefined;
  return (
    phaseModifier === ts.SyntaxKind.TypeKeyword ||
    (!name && each !== undefined && each.length > 0 && each.every((one) => one.isTypeOnly))
  );
}

export interface Comment {
  readonly text: string;
  readonly position: number;
}

/** Every comment, found between the tokens, so that strings and templates cannot pass for one. */
export function comments(source: Source): Comment[] {
  const spans = tokens(source);
  const gaps = [...spans, [source.text.length, source.text.length] as const].map(
    ([start], index) => [spans[index - 1]?.[1] ?? 0, start] as const,
  );
  return gaps.flatMap(([from, to]) =>
    [...source.text.slice(from, to).matchAll(/\/\/.*|\/\*[\s\S]*?\*\//g)].map((hit) => ({
      text: hit[0],
      position: from + hit.index,
    })),
  );
}

/** Lines that hold a comment and no code. */
export function countCommentLines(source: Source): number {
  const code = new Set<number>();
  const lineOf = (position: number): number => source.tree.getLineAndCharacterOfPosition(position).line;
  for (const [start, end] of tokens(source)) {
    for (let line = lineOf(start); line <= lineOf(Math.max(start, end - 1)); line++) code.add(line);
  }
  return source.lines.filter((line, index) => line.trim() !== '' && !code.has(index)).length;
}

function tokens(source: Source): (readonly [start: number, end: number])[] {
  const spans: (readonly [number, number])[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(source.tree);
    if (children.length > 0) children.forEach(visit);
    else if (node.getEnd() > node.getStart(source.tree))
      spans.push([node.getStart(source.tree), node.getEnd()]);
  };
  visit(source.tree);
  return spans;
}
