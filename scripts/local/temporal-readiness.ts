import { connect as connectSocket } from 'node:net';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

/** The wire numbers of Temporal's search attribute types. */
const INDEXED_VALUE_TYPE = { Text: 1, Keyword: 2, Int: 3, Double: 4, Bool: 5, Datetime: 6, KeywordList: 7 };

export type SearchAttributeTypeName = keyof typeof INDEXED_VALUE_TYPE;

/** Search attribute name to type. */
export type SearchAttributeTypes = Readonly<Record<string, SearchAttributeTypeName>>;

const DEADLINE_MS = 5_000;
const RETENTION = '30 days';

/** True when something accepts TCP connections there. */
export function isListening(address: string): Promise<boolean> {
  const [host = '', port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connectSocket({ host, port: Number(port) });
    const answer = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

/**
 * True once the server at `address` serves `namespace` with all of `searchAttributes`. What is missing is
 * added: a new server starts without them, and a database of an earlier run has only those of its day.
 * `onAdded` is called when search attributes were.
 */
export async function isTemporalReady(
  address: string,
  namespace: string,
  searchAttributes: SearchAttributeTypes,
  onAdded: () => void,
): Promise<boolean> {
  // A gRPC channel that was refused once waits a second before it tries again; a bare socket does not.
  if (!(await isListening(address))) return false;
  const connection = await Connection.connect({ address, connectTimeout: DEADLINE_MS });
  try {
    return await connection.withDeadline(Date.now() + DEADLINE_MS, async () => {
      if (!(await hasNamespace(connection, namespace))) return false;
      const missing = await findMissing(connection, namespace, searchAttributes);
      if (Object.keys(missing).length > 0) {
        await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
        onAdded();
        return false;
      }
      return await canReadHistory(connection, namespace);
    });
  } finally {
    await connection.close();
  }
}

async function hasNamespace(connection: Connection, namespace: string): Promise<boolean> {
  if (await isFound(connection.workflowService.describeNamespace({ namespace }))) return true;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs(RETENTION),
  });
  return false;
}

async function findMissing(
  connection: Connection,
  namespace: string,
  wanted: SearchAttributeTypes,
): Promise<Record<string, number>> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(wanted).filter(([name]) => !(name in customAttributes));
  return Object.fromEntries(missing.map(([name, type]) => [name, INDEXED_VALUE_TYPE[type]]));
}

/** The frontend answers before the history service has its shards; any answer about a workflow comes from there. */
async function canReadHistory(connection: Connection, namespace: string): Promise<boolean> {
  await isFound(
    connection.workflowService.describeWorkflowExecution({
      namespace,
      execution: { workflowId: 'readiness' },
    }),
  );
  return true;
}

async function isFound(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (isGrpcServiceError(error) && isNotFound(error.code)) return false;
    throw error;
  }
}

function isNotFound(grpcStatus: number): boolean {
  return grpcStatus === 5;
}
