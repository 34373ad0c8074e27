import type { Logger } from '@temporalio/common';
import { bundleWorkflowCode } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';

/** The workflow bundle, from source or from the build; made once and handed to every worker of a process. */
export async function bundleWorkflows(logger?: Logger): Promise<{ code: string }> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const here = (path: string) => fileURLToPath(new URL(`./${path}.${extension}`, import.meta.url));
  return await bundleWorkflowCode({
    workflowsPath: here('workflows/index'),
    workflowInterceptorModules: [here('workflows/interceptors')],
    failureConverterPath: here('codec/failure-converter'),
    ...(logger && { logger }),
  });
}
