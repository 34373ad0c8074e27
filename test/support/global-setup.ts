import { DefaultLogger } from '@temporalio/worker';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../scripts/local/postgres.js';
import { startTemporalDevServer } from '../../scripts/local/temporal-server.js';
import { bundleWorkflows } from '../../src/bundle.js';
import { SEARCH_ATTRIBUTE_TYPES } from '../../src/workflows/search-attribute.js';
import { createTemplateDatabase } from './template-database.js';

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: { url: string; template: string };
    temporal: { address: string; namespace: string };
    /** A file with the workflow bundle, made once for the whole run. */
    workflowBundle: string;
  }
}

const quiet = new DefaultLogger('WARN');

/** One Postgres and one Temporal server for the whole run; tests get databases and task queues of their own. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-test-'));
  const [postgres, temporal, bundle] = await Promise.all([
    startPostgres({ dataDir: join(folder, 'postgres'), persistent: false }),
    startTemporalDevServer({
      headless: true,
      // In place of five: each further try of a workflow that fails takes twice as long.
      dynamicConfig: { 'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute': 2 },
      searchAttributes: SEARCH_ATTRIBUTE_TYPES,
      logFile: join(folder, 'temporal.log'),
      progress: (line) => console.log(line),
    }),
    bundleWorkflows(quiet),
  ]);
  const workflowBundle = join(folder, 'workflows.cjs');
  writeFileSync(workflowBundle, bundle.code);
  project.provide('workflowBundle', workflowBundle);
  const template = await createTemplateDatabase(postgres.url);
  project.provide('postgres', { url: postgres.url, template: template.name });
  project.provide('temporal', { address: temporal.address, namespace: temporal.namespace });
  return async () => {
    await template.drop();
    await Promise.all([postgres.dispose(), temporal.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
}
