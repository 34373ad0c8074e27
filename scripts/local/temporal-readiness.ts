import { connect as connectSocket } from 'node:net';
import { Connection } from '@temporalio/client';

/** The wire numbers of Temporal's search attribute types. */
const INDEXED_VALUE_TYPE = { Text: 1, Keyword: 2, Int: 3, Double: 4, Bool: 5, Datetime: 6, KeywordList: 7 };

export type SearchAttributeTypeName = keyof typeof INDEXED_VALUE_TYPE;

/** Search attribute name to type. */
export type SearchAttributeTypes = Readonly<Record<string, SearchAttributeTypeName>>;

/** True when something accepts TCP connections there. */
export function isListening(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connectSocket({ host: host ?? '127.0.0.1', port: Number(port) });
    const answer = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

/**
 * True once the server at `address` serves `namespace` with all of `searchAttributes`, adding those that
 * are missing: a database file written by an earlier run keeps the ones it was made with.
 */
export async function isTemporalReady(
  address: string,
  namespace: string,
  searchAttributes: SearchAttributeTypes,
): Promise<boolean> {
  // A gRPC channel that was refused once waits a second before it tries again; a bare socket does not.
  if (!(await isListening(address))) return false;
  const connection = await Connection.connect({ address, connectTimeout: 5_000 });
  try {
    return await connection.withDeadline(Date.now() + 5_000, async () => {
      await connection.workflowService.describeNamespace({ namespace });
      return await areRegistered(connection, namespace, searchAttributes);
    });
  } finally {
    await connection.close();
  }
}

async function areRegistered(
  connection: Connection,
  namespace: string,
  wanted: SearchAttributeTypes,
): Promise<boolean> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(wanted).filter(([name]) => !(name in customAttributes));
  if (missing.length === 0) return true;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map(([name, type]) => [name, INDEXED_VALUE_TYPE[type]])),
  });
  return false;
}
