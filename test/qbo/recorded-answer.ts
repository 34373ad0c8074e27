import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { RawAnswer } from '../../src/qbo/fault-body.js';

export interface RecordedAnswer {
  /** Path below the folder, and which item of a batch. */
  name: string;
  raw: RawAnswer;
}

/** Every fault body found below a folder of recorded traffic; the files carry no status, so 400 stands for it. */
export function recordedAnswers(folder: string): RecordedAnswer[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return files
    .filter((file) => /\.(?:json|xml)$/.test(file) && !/schema/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8').trim();
      if (text === '') return [];
      const bodies = file.endsWith('.xml') ? xmlBodies(text) : jsonBodies(text);
      const name = relative(folder, join(folder, file));
      return bodies.map((body, at) => ({
        name: at === 0 ? name : `${at} ${name}`,
        raw: { httpStatus: 400, body },
      }));
    });
}

const xmlBodies = (text: string): string[] => (/<Fault\b/.test(text) ? [text] : []);

function jsonBodies(text: string): string[] {
  const json = JSON.parse(text) as Record<string, unknown>;
  if ('Fault' in json || 'fault' in json || typeof json.error === 'string') return [text];
  // An XML fault that somebody turned into JSON, and an exchange with the token endpoint as a client saw it.
  if (json.__def === 'Fault') return [JSON.stringify({ Fault: json.data })];
  if (typeof json.body === 'string' && /"error"/.test(json.body)) return [json.body];
  const items = Array.isArray(json.BatchItemResponse)
    ? (json.BatchItemResponse as Record<string, unknown>[])
    : [];
  return items.filter((item) => 'Fault' in item).map((item) => JSON.stringify({ Fault: item.Fault }));
}
