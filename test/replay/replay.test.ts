import { readdirSync } from 'node:fs';
import { Worker } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readHistory, type History } from '../../scripts/history.js';
import { dataConverter } from '../../src/codec/data-converter.js';
import { createKeyring } from '../../src/codec/keyring.js';
import { workflowBundle } from '../support/bundle.js';

const FOLDER = fileURLToPath(new URL('./histories/', import.meta.url));
const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.json'),
);

const replay = async (workflowId: string, history: History): Promise<void> => {
  const options = { workflowBundle: await workflowBundle(), dataConverter: dataConverter(createKeyring([])) };
  await Worker.runReplayHistory(options, history, workflowId);
};

test('there are golden histories', () => {
  expect(FILES.length).toBeGreaterThanOrEqual(20);
});

test.each(FILES)('%s replays against the workflow code of today', async (file) => {
  const { workflowId, history } = await readHistory(`${FOLDER}${file}`);
  await replay(workflowId, history);
});

test('a history that tells another story breaks', async () => {
  const { workflowId, history } = await readHistory(`${FOLDER}${FILES[0]!}`);
  const events = history.events ?? [];
  const scheduled = events.find(({ activityTaskScheduledEventAttributes: task }) => task);
  if (scheduled?.activityTaskScheduledEventAttributes?.activityType) {
    scheduled.activityTaskScheduledEventAttributes.activityType.name = 'writeSomethingElse';
  }
  await expect(replay(workflowId, history)).rejects.toThrow(/TMPRL1100|[Nn]ondeterminism/);
});
