import { Client, Connection, type ClientOptions } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';

export interface TestTemporal {
  address: string;
  namespace: string;
  connection: Connection;
  client: Client;
  /** For workers. */
  nativeConnection: NativeConnection;
  close(): Promise<void>;
}

/**
 * Connects to the run's one server. Tests share its only namespace, so each needs a task queue and a firm id
 * of its own. Close it after the workers have stopped.
 */
export async function connectTestTemporal(
  options: Pick<ClientOptions, 'dataConverter'> = {},
): Promise<TestTemporal> {
  const { address, namespace } = inject('temporal');
  const [connection, nativeConnection] = await Promise.all([
    Connection.connect({ address }),
    NativeConnection.connect({ address }),
  ]);
  return {
    address,
    namespace,
    connection,
    client: new Client({ connection, namespace, ...options }),
    nativeConnection,
    close: async () => {
      await Promise.all([connection.close(), nativeConnection.close()]);
    },
  };
}
