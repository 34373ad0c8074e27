import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { readFile } from 'node:fs/promises';

export type History = Parameters<typeof historyToJSON>[0];

/** A saved history. The id is kept because workflow code may read it; payloads stay as they were, encrypted or not. */
export interface SavedHistory {
  workflowId: string;
  history: unknown;
}

/** Stack traces name files from the project's folder on: it is nobody's business where that was. */
export const historyToJson = (workflowId: string, history: History): SavedHistory => ({
  workflowId,
  history: JSON.parse(historyToJSON(history).replaceAll(`${process.cwd()}/`, '')) as unknown,
});

export async function readHistory(file: string): Promise<{ workflowId: string; history: History }> {
  const saved = JSON.parse(await readFile(file, 'utf8')) as SavedHistory;
  return { workflowId: saved.workflowId, history: historyFromJSON(saved.history) };
}
