import type { NativeConnection } from '@temporalio/worker';
import { SEARCH_ATTRIBUTE_TYPES } from './workflows/search-attribute.js';

/** Refuses to go on without them: the first upsert of one that is missing would fail a workflow's task for ever. */
export async function requireSearchAttributes(
  connection: NativeConnection,
  namespace: string,
): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(SEARCH_ATTRIBUTE_TYPES).filter(([name]) => !(name in customAttributes));
  if (missing.length === 0) return;
  const commands = missing.map(
    ([name, type]) =>
      `temporal operator search-attribute create --namespace ${namespace} --name ${name} --type ${type}`,
  );
  throw new Error(
    `Temporal does not know all of our search attributes. Register them first:\n${commands.join('\n')}`,
  );
}
