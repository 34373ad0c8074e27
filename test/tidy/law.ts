import type { Project } from './project.js';

/** A rule that a machine can hold. */
export interface Law {
  readonly rule: string;
  readonly because: string;
  readonly instead: string;
  /** Every place that breaks it, as `file:line: what` where there is a line. */
  find(project: Project): string[];
  /** Files of a small project that breaks it, so that the law is seen to notice. */
  readonly broken: Readonly<Record<string, string>>;
}

/** What a person is told who broke it. */
export const explain = ({ rule, because, instead }: Law, found: readonly string[]): string =>
  [`${rule}, because ${because}.`, `Better: ${instead}.`, ...found].join('\n  ');
