import { type Fault, refuse } from '../fault.js';
import { type Token, tokenize } from './lexer.js';

export type Operator = '=' | '<' | '>' | '<=' | '>=' | 'IN' | 'LIKE';

export interface Condition {
  readonly property: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

export interface Ordering {
  readonly property: string;
  readonly descending: boolean;
}

export interface Query {
  readonly isCount: boolean;
  readonly entity: string;
  readonly conditions: readonly Condition[];
  readonly orderings: readonly Ordering[];
  readonly startPosition: number;
  readonly maxResults: number;
}

const COMPARISONS = ['=', '<', '>', '<=', '>='];
const DEFAULT_MAX_RESULTS = 100;
const MAX_RESULTS = 1000;

function unexpected(token: Token, expected: string): Fault {
  const kind = token.kind === 'end' ? '<EOF>' : `"${token.value}"`;
  const word = token.kind === 'word' ? `"${token.value.toUpperCase()}"` : kind;
  const shown = `" ${token.kind === 'end' ? '<EOF>' : word} ${kind} "`;
  return refuse(
    '4000',
    `QueryParserError: Encountered ${shown} at line 1, column ${token.column}.\nWas expecting:\n    ${expected} ...\n    `,
  );
}

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  private get token(): Token {
    return this.tokens[this.at] ?? { kind: 'end', value: '<EOF>', column: 0 };
  }

  private next(): Token {
    const token = this.token;
    this.at += 1;
    return token;
  }

  private isWord(...words: string[]): boolean {
    return this.token.kind === 'word' && words.includes(this.token.value.toUpperCase());
  }

  private takeWord(word: string): void {
    if (!this.isWord(word)) throw unexpected(this.token, `"${word}"`);
    this.at += 1;
  }

  private takeSymbol(symbol: string): void {
    if (this.token.kind !== 'symbol' || this.token.value !== symbol)
      throw unexpected(this.token, `"${symbol}"`);
    this.at += 1;
  }

  private takeIdentifier(): string {
    if (this.token.kind !== 'word') throw unexpected(this.token, '<IDENTIFIER>');
    return this.next().value;
  }

  parse(): Query {
    this.takeWord('SELECT');
    const isCount = this.projection();
    this.takeWord('FROM');
    const entity = this.takeIdentifier();
    const conditions = this.isWord('WHERE') ? this.conditions() : [];
    let orderings: Ordering[] = [];
    let startPosition = 1;
    let maxResults = DEFAULT_MAX_RESULTS;
    while (this.token.kind !== 'end') {
      if (this.isWord('ORDERBY', 'ORDER')) orderings = this.orderings();
      else if (this.isWord('STARTPOSITION')) startPosition = this.position();
      else if (this.isWord('MAXRESULTS')) maxResults = this.position();
      else throw unexpected(this.token, '<EOF>');
    }
    return {
      isCount,
      entity,
      conditions,
      orderings,
      startPosition,
      maxResults: Math.min(maxResults, MAX_RESULTS),
    };
  }

  /** Projections are parsed and then ignored, as the service does; only `count(*)` matters. */
  private projection(): boolean {
    if (this.isWord('COUNT')) {
      this.next();
      this.takeSymbol('(');
      this.takeSymbol('*');
      this.takeSymbol(')');
      return true;
    }
    for (;;) {
      if (this.token.value === '*') this.next();
      else this.takeIdentifier();
      if (this.token.value !== ',') return false;
      this.next();
    }
  }

  private conditions(): Condition[] {
    const conditions: Condition[] = [];
    do {
      this.next();
      conditions.push(this.condition());
    } while (this.isWord('AND'));
    return conditions;
  }

  private condition(): Condition {
    const property = this.takeIdentifier();
    const token = this.next();
    const word = token.value.toUpperCase();
    if (token.kind === 'symbol' && COMPARISONS.includes(token.value)) {
      return { property, operator: token.value as Operator, values: [this.value()] };
    }
    if (token.kind === 'word' && word === 'LIKE')
      return { property, operator: 'LIKE', values: [this.value()] };
    if (token.kind === 'word' && word === 'IN') return { property, operator: 'IN', values: this.values() };
    throw unexpected(token, '"="');
  }

  private value(): string {
    const token = this.next();
    if (token.kind === 'text' || token.kind === 'number') return token.value;
    if (token.kind === 'word' && /^(true|false)$/i.test(token.value)) return token.value.toLowerCase();
    throw unexpected(token, '<STRING>');
  }

  private values(): string[] {
    this.takeSymbol('(');
    const values = [this.value()];
    while (this.token.value === ',') {
      this.next();
      values.push(this.value());
    }
    this.takeSymbol(')');
    return values;
  }

  private orderings(): Ordering[] {
    if (this.next().value.toUpperCase() === 'ORDER') this.takeWord('BY');
    const orderings: Ordering[] = [];
    for (;;) {
      const property = this.takeIdentifier();
      const descending = this.isWord('DESC');
      if (this.isWord('ASC', 'DESC')) this.next();
      orderings.push({ property, descending });
      if (this.token.value !== ',') return orderings;
      this.next();
    }
  }

  private position(): number {
    this.next();
    const token = this.next();
    if (token.kind !== 'number') throw unexpected(token, '<INTEGER>');
    const value = Number(token.value);
    if (value < 1)
      throw refuse('4001', `QueryValidationError: value ${value} is too small. Min allowed value is 1`);
    return value;
  }
}

/** @throws Fault 4000 when the statement cannot be read, 4001 for a position below 1 */
export function parseQuery(statement: string): Query {
  return new Parser(tokenize(statement)).parse();
}
