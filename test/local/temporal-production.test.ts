import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startPostgres } from '../../scripts/local/postgres.js';
import {
  areTemporalProgramsBuilt,
  startTemporalOnPostgres,
} from '../../scripts/local/temporal-production.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder('production');

// Building the server takes minutes and needs Go, so this is an additional test for machines that have it.
if (areTemporalProgramsBuilt()) {
  test('the production server keeps what it accepted through a kill, and finds it by search attribute', async () => {
    const postgres = await startPostgres({ dataDir: join(folder, 'data'), persistent: false, own: true });
    onTestFinished(() => postgres.dispose());
    const server = await startTemporalOnPostgres({
      postgresUrl: postgres.url,
      searchAttributes: { FirmId: 'Keyword' },
      namespace: 'counterfoil',
      logFile: join(folder, 'temporal.log'),
    });
    onTestFinished(() => server.stop());

    const connection = await Connection.connect({ address: server.address });
    onTestFinished(() => connection.close());
    const client = new Client({ connection, namespace: server.namespace });
    const typedSearchAttributes = [{ key: defineSearchAttributeKey('FirmId', 'KEYWORD'), value: 'F1' }];
    await client.workflow.start('bill', {
      workflowId: 'B1',
      taskQueue: 'nobody',
      args: [],
      typedSearchAttributes,
    });
    await server.kill();
    await server.restart();

    await expect
      .poll(() => client.workflow.count(`FirmId = 'F1'`), { timeout: 30_000 })
      .toMatchObject({ count: 1 });
  });
}

test('without its programs and without Go, the error says what to do', async () => {
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'empty-cache'));
  vi.stubEnv('PATH', join(folder, 'nothing'));
  onTestFinished(() => void vi.unstubAllEnvs());
  const nowhere = {
    postgresUrl: 'postgres://127.0.0.1:9',
    searchAttributes: {},
    logFile: join(folder, 'none.log'),
  };
  expect(areTemporalProgramsBuilt()).toBe(false);
  await expect(startTemporalOnPostgres(nowhere)).rejects.toThrow(
    /Go is not installed\. Install Go .+ dev server/,
  );
});
