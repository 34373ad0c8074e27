import type { CounterfoilClient } from '../../src/client.js';
import type { ConnectedFirm } from '../local/office.js';

/** What a storm plays with. The command and the tests each bring their own. */
export interface Stage {
  client: CounterfoilClient;
  firms: ConnectedFirm[];
  /** SIGKILL, at whatever instant, and a new worker. */
  killWorker(): Promise<void>;
  progress(line: string): void;
}
