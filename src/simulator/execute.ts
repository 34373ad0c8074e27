import { formatDate } from './clock.js';
import { runBatch } from './batch.js';
import { runCdc } from './cdc.js';
import type { Company } from './company.js';
import { readRate } from './entity/exchange-rate.js';
import { ruleOf } from './entity/registry.js';
import type { Fault } from './fault.js';
import { unsupported } from './fault.js';
import type { Fields } from './fields.js';
import type { Operation } from './operation.js';
import { checkFeature } from './plan.js';
import { present, presentDeleted } from './present.js';
import { drawPdf, sendByEmail } from './document.js';
import { runQuery } from './query/run.js';
import { read } from './read.js';
import { runReport } from './report/run.js';
import { parseBody } from './shape/bind.js';
import type { Switches } from './switches.js';
import { createTaxCode } from './tax-service.js';
import { upload } from './upload.js';
import { type WriteRequest, type WriteResult, remove, save, voidTransaction } from './write.js';

export interface Execution {
  readonly company: Company;
  readonly switches: Switches;
  readonly nowMs: number;
  readonly operation: Operation;
  readonly method: string;
  readonly path: string;
  readonly params: URLSearchParams;
  readonly body: string;
}

export interface Executed {
  /** The envelope without its `time`. */
  readonly value: Fields;
  /** A report has no envelope, and so no `time` around it. */
  readonly bare?: boolean;
  /** A drawn document, which is answered instead of the envelope. */
  readonly pdf?: Buffer;
  readonly committed: boolean;
}

function writeRequest(execution: Execution, body: unknown): WriteRequest {
  const { company, switches, nowMs, operation } = execution;
  const rule = ruleOf(operation.entity ?? '');
  if (rule === undefined) throw notFound(execution);
  return { company, switches, nowMs, rule, body, include: operation.include };
}

function notFound({ path }: Execution): Fault {
  return unsupported(
    `Could not find resource for relative : ${path} of full path: https://quickbooks.api.intuit.com${path}`,
  );
}

function envelope(company: Company, entity: string, result: WriteResult): Executed {
  const shown = result.stored.deleted ? presentDeleted(result.stored) : present(company, result.stored);
  return { value: { [entity]: shown }, committed: result.changes.length > 0 };
}

const WRITERS = { create: save, update: save, delete: remove, void: voidTransaction } as const;

export function isWrite(kind: string): kind is keyof typeof WRITERS {
  return kind in WRITERS;
}

/** One write with a body that is already parsed: what a batch item and a single call have in common. */
export function executeWrite(execution: Execution, body: unknown): Executed {
  const { operation, company } = execution;
  const request = writeRequest(execution, body);
  const writer = isWrite(operation.kind) ? WRITERS[operation.kind] : save;
  return envelope(company, request.rule.name, writer(request));
}

export function executeQuery({ company, switches }: Execution, statement: string): Executed {
  const { response, entity } = runQuery(company, statement);
  checkFeature(company, switches, entity);
  return { value: { QueryResponse: response }, committed: false };
}

/** By id, or an exchange rate by its currency and day. */
function readOne({ company, operation, params, nowMs }: Execution): Fields {
  if (operation.entity !== 'ExchangeRate' || operation.id !== undefined) return read(company, operation);
  return { ExchangeRate: present(company, readRate(company, params, formatDate(nowMs))) };
}

/** @throws Fault, whatever the service would refuse */
export function execute(execution: Execution): Executed {
  const { company, operation, params, nowMs } = execution;
  if (operation.entity === 'TaxService' && operation.kind === 'create') {
    return { value: createTaxCode(company, parseBody(execution.body), nowMs), committed: true };
  }
  if (isWrite(operation.kind)) return executeWrite(execution, parseBody(execution.body));
  if (operation.kind !== 'report') checkFeature(company, execution.switches, operation.entity ?? '');
  switch (operation.kind) {
    case 'read':
      return { value: readOne(execution), committed: false };
    case 'query':
      return executeQuery(execution, params.get('query') ?? execution.body);
    case 'cdc':
      return { value: runCdc(company, params, nowMs), committed: false };
    case 'report':
      return {
        value: runReport(company, operation.entity ?? '', params, nowMs),
        bare: true,
        committed: false,
      };
    case 'batch':
      return runBatch(execution, executeWrite, executeQuery);
    case 'upload':
      return { value: upload(execution), committed: true };
    case 'pdf':
      return { value: {}, pdf: drawPdf(company, operation), committed: false };
    case 'send': {
      const sent = sendByEmail(company, operation, params.get('sendTo'), nowMs);
      return { value: { [sent.entity]: present(company, sent) }, committed: true };
    }
    default:
      throw notFound(execution);
  }
}
