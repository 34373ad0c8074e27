import { ruleAt } from './entity/registry.js';
import { Fault, refuse } from './fault.js';
import type { Executed, Execution } from './execute.js';
import { type Fields, isFields, list, text } from './fields.js';
import type { OperationKind } from './operation.js';
import { checkRequestId } from './replay.js';
import { parseBody } from './shape/bind.js';
import { faultBody } from './wire.js';

const MAX_ITEMS = 30;
const MAX_REQUEST_ID = 36;
const MAX_BATCH_ID = 10;

function kindOf(item: Fields, body: Fields, include: ReadonlySet<string>): OperationKind {
  const operation = text(item, 'operation')?.toLowerCase();
  if (operation === 'delete') return 'delete';
  if (operation === 'void' || include.has('void')) return 'void';
  return body['Id'] === undefined ? 'create' : 'update';
}

type Write = (execution: Execution, body: unknown) => Executed;
type Query = (execution: Execution, statement: string) => Executed;

function executeItem(execution: Execution, item: Fields, write: Write, query: Query): Executed {
  const statement = text(item, 'Query');
  if (statement !== undefined) {
    return query(execution, statement);
  }
  for (const [property, body] of Object.entries(item)) {
    const rule = isFields(body) ? ruleAt(property) : undefined;
    if (rule === undefined || !isFields(body)) continue;
    const options = (text(item, 'optionsData') ?? '').toLowerCase().split(',');
    const include = new Set(['batch', ...options]);
    const operation = {
      ...execution.operation,
      entity: rule.name,
      kind: kindOf(item, body, include),
      include,
    };
    return write({ ...execution, operation }, body);
  }
  throw refuse(
    '2010',
    'Property Name:failed to parse json object; a property specified is unsupported or invalid',
  );
}

/** Items are independent: each commits or is refused on its own, and none is rolled back. */
export function runBatch(execution: Execution, write: Write, query: Query): Executed {
  const parsed = parseBody(execution.body);
  const items = list(isFields(parsed) ? parsed : {}, 'BatchItemRequest');
  if (items.length > MAX_ITEMS) {
    throw refuse(
      '1040',
      `Batch size exceeds allowed limit : the limit is ${MAX_ITEMS}, supplied ${items.length}.`,
    );
  }
  const requestId = execution.params.get('requestid');
  if (requestId !== null) {
    checkRequestId(requestId, MAX_REQUEST_ID);
    for (const item of items) checkRequestId(text(item, 'bId') ?? '', MAX_BATCH_ID);
  }
  let committed = false;
  const answers = items.map((item) => {
    const bId = text(item, 'bId');
    try {
      const executed = executeItem(execution, item, write, query);
      committed ||= executed.committed;
      return { ...executed.value, bId };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { Fault: faultBody(error), bId };
    }
  });
  return { value: { BatchItemResponse: answers }, committed };
}

/** A batch is the same request only when its items carry the same ids too. */
export function batchKey(requestId: string, body: string): string {
  try {
    const parsed = JSON.parse(body) as unknown;
    const ids = list(isFields(parsed) ? parsed : {}, 'BatchItemRequest').map(
      (item) => text(item, 'bId') ?? '',
    );
    return `${requestId}\n${ids.join('\n')}`;
  } catch {
    return requestId;
  }
}
