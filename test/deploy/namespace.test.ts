import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { expect, inject, test } from 'vitest';
import { findTemporalCli } from '../../scripts/local/temporal-cli.js';
import { SEARCH_ATTRIBUTE_TYPES } from '../../src/workflows/search-attribute.js';
import { readCompose, ROOT } from './compose.js';

const script = fileURLToPath(new URL('docker/temporal-namespace.sh', ROOT));

test('the namespace is made with what the worker asks for, and a second run changes nothing', async () => {
  const { address } = inject('temporal');
  const cli = await findTemporalCli(() => undefined);
  const namespace = `deploy-${randomUUID().slice(0, 8)}`;
  const env = {
    ...process.env,
    PATH: [dirname(cli.path), process.env['PATH']].join(delimiter),
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    RETENTION: '72h',
    SEARCH_ATTRIBUTES: String(
      readCompose().services['temporal-namespace']?.environment?.['SEARCH_ATTRIBUTES'],
    ),
  };
  const run = () => promisify(execFile)('/bin/sh', [script], { env });
  expect((await run()).stdout).toContain(namespace);
  expect((await run()).stdout).toBe('');

  const connection = await Connection.connect({ address });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(Object.keys(SEARCH_ATTRIBUTE_TYPES)));
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(72 * 3600);
  await connection.close();
});
