/** One entry of `Fault.Error`. An absent `element` stays absent on the wire: some real faults have none. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly detail: string;
  readonly element?: string;
}

export type FaultType =
  'ValidationFault' | 'SystemFault' | 'AuthenticationFault' | 'AuthorizatonFault' | 'Service';

const MESSAGES: Readonly<Record<string, string>> = {
  '500': 'Unsupported Operation',
  '610': 'Object Not Found',
  '620': 'Txn ID Cannot Be Linked',
  '1040': 'Batch size exceeds allowed limit',
  '2010': 'Request has invalid or unsupported property',
  '2020': 'Required param missing, need to supply the required value for the API',
  '2030': 'Invalid ID',
  '2040': 'Invalid String',
  '2050': 'String length is either shorter or longer than supported by specification',
  '2090': 'Invalid Number',
  '2130': 'Invalid Request Id Format',
  '2170': 'Invalid Enumeration',
  '2210': 'Invalid Email Address Format',
  '2220': 'Invalid Currency Type',
  '2270': 'TaxApplicableOn is required',
  '2280': 'Tax amount is required',
  '2300': 'Amount on debits not equal to credits',
  '2500': 'Invalid Reference Id',
  '4000': 'Error parsing query',
  '4001': 'Invalid query',
  '4002': 'Error processing query',
  '5010': 'Stale Object Error',
  '5020': 'Permission Denied Error',
  '5030': 'Feature Not Supported Error',
  '6000': 'A business validation error has occurred while processing your request',
  '6070': 'Amount calculation incorrect in the request',
  '6080': 'No Name Provided',
  '6100': 'Invalid Line TaxCode in the request',
  '6140': 'Duplicate Document Number Error',
  '6170': 'TxnTaxDetail not allowed when GlobalTaxCalculation is set to NotApplicable',
  '6180': 'Nesting level exceeded',
  '6190': 'Invalid Company Status',
  '6210': 'Account Period Closed, Cannot Update Through Services API',
  '6240': 'Duplicate Name Exists Error',
  '6430': 'Invalid account type used',
  '6480': 'Matched Transaction Delete Error',
  '6540': 'Deposited Transaction cannot be changed',
  '10000': 'An application error has occurred while processing your request',
};

export function finding(code: string, detail: string, element?: string): Finding {
  const message = MESSAGES[code] ?? 'A business validation error has occurred while processing your request';
  return element === undefined ? { code, message, detail } : { code, message, detail, element };
}

/** A refusal by the service itself: what becomes `{"Fault":{"Error":[…],"type":…}}`. */
export class Fault extends Error {
  override readonly name = 'Fault';

  constructor(
    readonly findings: readonly Finding[],
    readonly type: FaultType = 'ValidationFault',
    readonly status = 400,
  ) {
    super(findings[0]?.detail ?? 'fault');
  }
}

export function refuse(code: string, detail: string, element?: string): Fault {
  return new Fault([finding(code, detail, element)]);
}

export function business(sentence: string): Fault {
  return refuse('6000', `Business Validation Error: ${sentence}`, '');
}

const INACTIVE_TEXT =
  "Something you're trying to use has been made inactive. Check the fields with accounts, customers, items, vendors or employees.";

export function missing(property: string): Finding {
  return finding('2020', `Required parameter ${property} is missing in the request`, property);
}

export function objectNotFound(): Fault {
  return refuse('610', `Object Not Found : ${INACTIVE_TEXT}`);
}

export function deletedByAnother(): Fault {
  return refuse('610', 'Object Not Found : Another user has deleted this transaction.');
}

export function linkedTxnDeleted(): Finding {
  return finding('610', `Object Not Found : ${INACTIVE_TEXT.replace('made inactive', 'deleted')}`);
}

export function inactiveReference(code: '610' | '2500'): Finding {
  return finding(code, `${MESSAGES[code] ?? ''} : ${INACTIVE_TEXT}`);
}

export function unknownReference(tableName: string, id: string, element: string): Finding {
  return finding('2500', `Invalid Reference Id : ${tableName} element id ${id} not found`, element);
}

/** Whoever connected the app is no longer one of the company's people. */
export function noAccess(): Fault {
  const detail = 'AuthorizationFailure: --11014-You do not have access to use QuickBooks Online Plus.';
  return new Fault([{ code: '120', message: 'Authorization Failure', detail }], 'AuthorizatonFault', 401);
}

export function unsupported(what: string): Fault {
  return new Fault([finding('500', `Operation ${what} is not supported.`)]);
}
