import { type Fields, refId, text } from '../fields.js';
import type { Stored } from '../table.js';
import { accountName, accountsOf } from './balance.js';
import { type ReportRequest, dataRow, formatCents, section, summary } from './frame.js';

/** Cents, one for each column. */
export type Figures = readonly number[];

export interface Block {
  readonly rows: Fields[];
  readonly figures: Figures;
}

/** Accounts of some types under one title. */
export interface Part {
  readonly title: string;
  readonly group: string;
  readonly types: readonly string[];
}

export type Sums = ReadonlyMap<string, number>;

export function addUp(width: number, all: readonly Figures[]): number[] {
  return Array.from({ length: width }, (_, column) => all.reduce((sum, one) => sum + (one[column] ?? 0), 0));
}

export function written(figures: Figures): string[] {
  return figures.map((cents) => formatCents(cents));
}

/** Nothing is shown as an empty cell, where there is something beside it. */
function cells(figures: Figures): { value: string }[] {
  return figures.map((cents) => ({ value: cents === 0 ? '' : formatCents(cents) }));
}

interface Tree {
  readonly children: ReadonlyMap<string | undefined, readonly Stored[]>;
  readonly figuresOf: (account: Stored) => Figures;
  readonly width: number;
}

/** One account with its sub-accounts: a row, or a section where there is something below it. */
function accountBlock(tree: Tree, account: Stored, isTop: boolean): Block {
  const own = tree.figuresOf(account);
  const below = (tree.children.get(account.id) ?? []).map((child) => accountBlock(tree, child, false));
  const figures = addUp(tree.width, [own, ...below.map((block) => block.figures)]);
  const name = isTop ? accountName(account) : (text(account.fields, 'Name') ?? account.id);
  const rows = below.flatMap((block) => block.rows);
  const title = { value: name, id: account.id };
  if (rows.length > 0) {
    const Header = { ColData: [title, ...cells(own)] };
    const total = written(figures).map((value) => ({ value }));
    const Summary = { ColData: [{ value: `Total ${name}`, id: account.id }, ...total] };
    return { rows: [{ Header, Rows: { Row: rows }, Summary, type: 'Section' }], figures };
  }
  const isEmpty = own.every((cents) => cents === 0);
  return { rows: isEmpty ? [] : [dataRow([title, ...cells(own)])], figures };
}

/** Accounts by the one they are below, within what is shown together. */
export function childrenOf(accounts: readonly Stored[]): Map<string | undefined, Stored[]> {
  const shown = new Set(accounts.map((account) => account.id));
  const children = new Map<string | undefined, Stored[]>();
  for (const account of accounts) {
    const parent = refId(account.fields, 'ParentRef');
    const key = parent !== undefined && shown.has(parent) ? parent : undefined;
    children.set(key, [...(children.get(key) ?? []), account]);
  }
  return children;
}

/** The accounts of some types, those with something in them only. `sign` turns credits into positive figures. */
export function accountBlocks(
  request: ReportRequest,
  types: readonly string[],
  sums: readonly Sums[],
  sign: 1 | -1,
): Block {
  const tree: Tree = {
    children: childrenOf(accountsOf(request.company, types)),
    figuresOf: (account) => sums.map((one) => sign * (one.get(account.id) ?? 0)),
    width: sums.length,
  };
  const blocks = (tree.children.get(undefined) ?? []).map((account) => accountBlock(tree, account, true));
  return {
    rows: blocks.flatMap((block) => block.rows),
    figures: addUp(
      sums.length,
      blocks.map((block) => block.figures),
    ),
  };
}

/** Blocks under one title; without rows there is no title either. */
export function titled(title: string, group: string, blocks: readonly Block[], width: number): Block {
  const rows = blocks.flatMap((block) => block.rows);
  const figures = addUp(
    width,
    blocks.map((block) => block.figures),
  );
  return { rows: rows.length === 0 ? [] : [section(title, group, rows, written(figures))], figures };
}

export function partBlock(request: ReportRequest, part: Part, sums: readonly Sums[], sign: 1 | -1): Block {
  const block = accountBlocks(request, part.types, sums, sign);
  return titled(part.title, part.group, [block], sums.length);
}

/** A line of a statement that is worked out from others. */
export function totalRow(title: string, group: string, figures: Figures): Fields {
  return { Summary: summary(title, written(figures)), type: 'Section', group };
}
