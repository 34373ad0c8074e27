import { refuse } from '../fault.js';

export type TokenKind = 'word' | 'text' | 'number' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written; for a text, without its quotes and escapes. */
  readonly value: string;
  /** Counted from 1, as the parser's refusals do. */
  readonly column: number;
}

const PATTERN =
  /\s*(?:(?<word>[A-Za-z_][\w.]*)|(?<number>-?\d+(?:\.\d+)?)|'(?<text>(?:\\.|''|[^'\\])*)'|(?<symbol><=|>=|!=|[<>=(),*]))/y;

export function lexicalError(statement: string, at: number): Error {
  const shown = statement.slice(at, at + 1);
  return refuse(
    '4000',
    `QueryParserError: Lexical error at line 1, column ${at + 1}.  Encountered: "${shown}" (${shown.charCodeAt(0)}), after : ""`,
  );
}

/** @throws Fault 4000 on a character that starts no token */
export function tokenize(statement: string): Token[] {
  const tokens: Token[] = [];
  PATTERN.lastIndex = 0;
  const end = statement.trimEnd().length;
  while (PATTERN.lastIndex < end) {
    const start = PATTERN.lastIndex;
    const match = PATTERN.exec(statement);
    if (match === null) throw lexicalError(statement, start);
    tokens.push(tokenOf(match, start));
  }
  tokens.push({ kind: 'end', value: '<EOF>', column: end + 1 });
  return tokens;
}

function tokenOf(match: RegExpExecArray, start: number): Token {
  const { word, number, text, symbol } = match.groups ?? {};
  const column = start + (match[0].length - match[0].trimStart().length) + 1;
  if (word !== undefined) return { kind: 'word', value: word, column };
  if (number !== undefined) return { kind: 'number', value: number, column };
  if (text !== undefined)
    return { kind: 'text', value: text.replace(/\\(.)/g, '$1').replace(/''/g, "'"), column };
  return { kind: 'symbol', value: symbol ?? '', column };
}
