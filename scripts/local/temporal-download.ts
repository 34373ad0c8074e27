import { TestWorkflowEnvironment } from '@temporalio/testing';

// The SDK downloads a Temporal CLI in order to start it, and says no more than that it runs; so it is started
// and stopped, and the caller finds the file in the folder.
const [version = '', downloadDir = ''] = process.argv.slice(2);
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', version, downloadDir } },
});
await environment.teardown();
