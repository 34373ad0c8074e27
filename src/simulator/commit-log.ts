import type { Change } from './commit.js';
import type { Stored } from './table.js';

/** One object as a commit left it. */
export interface Commit {
  /** Of all companies together, from 1, without gaps. */
  readonly seq: number;
  readonly realm: string;
  readonly stored: Stored;
  readonly operation: 'create' | 'update' | 'delete';
}

/** How far the log may outgrow its limit before it is cut, because cutting it costs as much as it is long. */
const SLACK = 1.1;

/** Every change of every object in the order in which they were committed, whoever made it. */
export class CommitLog {
  private commits: Commit[] = [];
  private nextSeq = 1;

  note(realm: string, changes: readonly Change[], limit: number): void {
    for (const { stored, before } of changes) {
      const operation = stored.deleted ? 'delete' : before === undefined ? 'create' : 'update';
      this.commits.push({ seq: this.nextSeq++, realm, stored, operation });
    }
    if (this.commits.length > limit * SLACK) this.commits = this.commits.slice(-limit);
  }

  /** Those of a company above `since`, and the lowest number that is still kept. */
  list(realm: string, since: number): { oldest: number; commits: Commit[] } {
    const oldest = this.commits[0]?.seq ?? this.nextSeq;
    return { oldest, commits: this.commits.filter((one) => one.seq > since && one.realm === realm) };
  }

  clear(): void {
    this.commits = [];
    this.nextSeq = 1;
  }
}
