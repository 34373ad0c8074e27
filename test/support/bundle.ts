import { readFile } from 'node:fs/promises';
import { inject } from 'vitest';

/** The run's one workflow bundle. */
export const workflowBundle = async (): Promise<{ code: string }> => ({
  code: await readFile(inject('workflowBundle'), 'utf8'),
});
