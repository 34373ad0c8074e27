import type { Client } from '@temporalio/client';
import type { CounterfoilClient } from '../../src/client.js';
import type { Database } from '../../src/db/database.js';
import type { ConnectedFirm } from '../local/office.js';

/** What a storm plays with. The command and the tests each bring their own. */
export interface Stage {
  client: CounterfoilClient;
  /** Only to see whether anything is still under way, and what people are asked; what is in the books is QuickBooks' to say. */
  db: Database;
  temporal: Client;
  firms: ConnectedFirm[];
  /** Our HTTP API. */
  call: (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;
  /** SIGKILL, at whatever instant, and a new worker. */
  killWorker(): Promise<void>;
  progress: (line: string) => void;
}
