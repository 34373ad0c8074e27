import { Client, Connection } from '@temporalio/client';
import { dataConverter } from '../src/codec/data-converter.js';
import { readClientConfig } from '../src/config.js';

/** Temporal's own client, by the same environment that worker and billing app use. */
export async function connectTemporal(): Promise<{ client: Client; close: () => Promise<void> }> {
  const config = readClientConfig();
  const connection = await Connection.connect(config.temporal.connection.reveal());
  const { namespace } = config.temporal;
  const client = new Client({ connection, namespace, dataConverter: dataConverter(config.payloadKeyring) });
  return { client, close: () => connection.close() };
}
