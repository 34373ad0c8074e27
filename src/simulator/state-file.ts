import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import type { Change, Company, CompanyHead } from './company.js';
import { type Is, isText, listOf, objectOf, optional } from './guard.js';
import { type WorldHead, isChange, isCompanyHead, isWorldHead, parseState, redo } from './state.js';
import type { World } from './world.js';

/** What one call changed: heads where they differ from before, and the company's changes in their order. */
interface Line {
  readonly head?: WorldHead;
  readonly companies: readonly CompanyLine[];
}

interface CompanyLine {
  readonly realm: string;
  readonly head?: CompanyHead;
  readonly changes: readonly Change[];
}

const isLine: Is<Line> = objectOf<Line>({
  head: optional(isWorldHead),
  companies: listOf(
    objectOf<CompanyLine>({ realm: isText, head: optional(isCompanyHead), changes: listOf(isChange) }),
  ),
});

/** Where appended lines outgrow both this and the state they follow, the state is written anew. */
const COMPACT_FROM_BYTES = 16 * 1024 * 1024;

/**
 * Keeps a world in a file: first line the whole state, then one line for each call that changed something. A line is
 * handed to the operating system before its call is answered, so that no kill of the process loses an answer.
 */
export class StateFile {
  private descriptor: number | undefined;
  private isWhole = false;
  private stateBytes = 0;
  private appendedBytes = 0;
  private worldHead = '';
  private readonly companyHeads = new Map<string, string>();

  /** Loads the file into the world where there is one. @throws Error when it is no state, and leaves it alone */
  constructor(
    private readonly path: string,
    private readonly world: World,
  ) {
    if (existsSync(path)) this.read();
    this.rewrite();
  }

  private read(): void {
    const [first = '', ...lines] = readFileSync(this.path, 'utf8').split('\n');
    this.at(1, () => this.world.load(parseState(JSON.parse(first))));
    // What follows the last line break was cut off by a kill, and never answered.
    for (const [index, line] of lines.slice(0, -1).entries()) {
      this.at(index + 2, () => this.redoLine(JSON.parse(line)));
    }
  }

  private at(line: number, action: () => void): void {
    try {
      action();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${this.path}, line ${line}, is not a simulator's state: ${reason}`, { cause: error });
    }
  }

  private redoLine(line: unknown): void {
    if (!isLine(line, 'line')) return;
    if (line.head !== undefined) this.world.loadHead(line.head);
    for (const { realm, head, changes } of line.companies) {
      const company = this.world.find(realm);
      if (company === undefined) throw new Error(`there is no company ${realm}`);
      if (head !== undefined) company.loadHead(head);
      for (const change of changes) redo(company, change);
    }
  }

  /** Writes down what has changed since the last time. Until it returns, nothing may be answered. */
  write(): void {
    const companies = this.world.all();
    const isOutgrown = this.appendedBytes > Math.max(COMPACT_FROM_BYTES, this.stateBytes);
    // A company without a journal is a new one, or one that a reset or a restore has put in place of another.
    const isKnown =
      companies.length === this.companyHeads.size && companies.every(({ journal }) => journal !== undefined);
    if (!this.isWhole || isOutgrown || !isKnown) this.rewrite();
    else this.append(companies);
  }

  private append(companies: readonly Company[]): void {
    const worldHead = JSON.stringify(this.world.head());
    const parts = companies.flatMap((company) => this.takeLine(company));
    const isSameHead = worldHead === this.worldHead;
    if ((isSameHead && parts.length === 0) || this.descriptor === undefined) return;
    this.worldHead = worldHead;
    const head = isSameHead ? '' : `"head":${worldHead},`;
    const line = `{${head}"companies":[${parts.join(',')}]}\n`;
    // A line that could be written only in part, to a full disk, must not be followed by another.
    this.isWhole = false;
    appendFileSync(this.descriptor, line);
    this.isWhole = true;
    this.appendedBytes += Buffer.byteLength(line);
  }

  /** The company's part of a line, or nothing when it is as it was. */
  private takeLine(company: Company): string[] {
    const { realm, journal: changes = [] } = company;
    const head = JSON.stringify(company.head());
    const isSameHead = head === this.companyHeads.get(realm);
    if (isSameHead && changes.length === 0) return [];
    this.companyHeads.set(realm, head);
    company.journal = [];
    const parts = { realm, ...(isSameHead ? {} : { head: company.head() }), changes };
    return [JSON.stringify(parts)];
  }

  /** The whole state in place of the file, by a renaming: a reader sees the old file or the new one. */
  private rewrite(): void {
    const companies = this.world.all();
    const state = `${JSON.stringify(this.world.save())}\n`;
    const draft = `${this.path}.draft`;
    this.isWhole = false;
    writeFileSync(draft, state);
    renameSync(draft, this.path);
    this.close();
    this.descriptor = openSync(this.path, 'a');
    this.isWhole = true;
    this.stateBytes = Buffer.byteLength(state);
    this.appendedBytes = 0;
    this.worldHead = JSON.stringify(this.world.head());
    this.companyHeads.clear();
    for (const company of companies) {
      company.journal = [];
      this.companyHeads.set(company.realm, JSON.stringify(company.head()));
    }
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}
