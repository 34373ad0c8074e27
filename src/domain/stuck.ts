/**
 * A workflow whose tasks fail again and again: a mistake of ours, or a key that a worker lacks. It is in no catalogue,
 * since nothing that a person might send to it would be read.
 */
export const STUCK = {
  key: 'workflow-stuck',
  title: 'Its workflow cannot go on',
  remedy:
    'Tell whoever is on call: docs/runbook.md says what to do. Nothing is lost, and it goes on by itself when a repaired worker runs.',
} as const;

/** What Temporal notes, such as `category=WorkflowTaskFailed`, as a sentence. */
export const stuckCause = (problems: readonly string[]): string =>
  `Temporal cannot carry it on: its workflow fails again and again${problems.length > 0 ? ` (${problems.join(', ')})` : ''}.`;
