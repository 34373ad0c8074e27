/** Behaviour that Intuit leaves open, or that differs between companies. Set through `/_control/switches`. */
export interface Switches {
  /** How long a `requestid` is remembered; null means for ever. */
  requestIdRetentionMs: number | null;
  /** Whether a repeated `requestid` also gets back a refusal, not only a success. */
  replayFailures: boolean;
  /** Whether an invoice and a credit memo may carry the same DocNumber. */
  docNumberScope: 'sales-forms' | 'type';
  /** Some companies warn about repeated journal numbers, most do not. */
  journalDocNumbersUnique: boolean;
  /** Within what a cheque number must be unique, where the company warns of repeated ones. */
  chequeNumberScope: 'account' | 'company';
  /** Whether a cheque still to be printed shows the number that was sent with it. */
  unprintedChequeNumber: 'kept' | 'hidden';
  /** One integrator saw a sparse update within a batch change a cheque's number and not its print status. */
  sparseBatchPrintStatus: 'changed' | 'ignored';
  refreshRotation: 'always' | 'daily' | 'never';
  /** How long a superseded refresh token still works. */
  refreshGraceMs: number;
  /** Whether using a code twice takes back what was issued from it, as Intuit documents. */
  codeReuseRevokes: boolean;
  /** Whether a person is asked before an app is let in; else consent is taken for granted. */
  consentPage: boolean;
  rateLimits: boolean;
  requestsPerMinute: number;
  requestsPerSecond: number;
  batchesPerMinute: number;
  /** How many calls of a company may be under way at once, as older documents say; null for any number. */
  concurrentRequests: number | null;
  /** How many metered reads an app has in a month, over all companies; null for any number. */
  meteredReadsPerMonth: number | null;
  /** A void sent to an entity that has none: some report an answer of 200 that changes nothing. */
  unsupportedVoid: 'ignored' | 'refused';
  /** The code of a reference to an inactive object; Intuit documents both. */
  inactiveReferenceCode: '610' | '2500';
  /** The recorded variant of 6240 whose detail ends in `null` and that has no element. */
  duplicateNameDetail: 'sentence' | 'null';
  /** Deleting an invoice that has payments: refuse, or let the payments become unapplied. */
  deleteLinkedInvoice: 'refused' | 'unapplied';
  /** Whose transactions a payment may pay: its customer's only, or those of sub-customers too. */
  paymentCustomer: 'same' | 'family';
  /** What is left of a name, account, item or class that was merged into another. */
  mergedLoser: 'deleted' | 'inactive';
  /** Whether a merge counts as a change of every transaction that it moves. */
  mergeTouchesTransactions: boolean;
  /** What happens to a class or department when the company does not track them. */
  untrackedDimension: 'dropped' | 'refused';
  /** What happens to a foreign currency where the company has no multicurrency. */
  foreignCurrencyWhenOff: 'refused' | 'home';
  /** What a transaction without a currency is in: its customer's or vendor's, or the home currency. */
  missingCurrency: 'name' | 'home';
  /** What a transaction without a rate gets: that of the company's list, or 1. */
  missingExchangeRate: 'listed' | 'one';
  /** Which of two sentences refuses a currency that does not go with a customer, vendor or account. */
  currencyMismatchDetail: 'one-foreign' | 'invalid';
  /** What a line's amount is where prices include tax and no gross amount is sent: Intuit and integrators disagree. */
  inclusiveLineAmount: 'gross' | 'net';
  /** How far a tax that the caller sends may be from the computed one before it is refused; null means anything goes. */
  taxOverrideToleranceCents: number | null;
  /** Whether automated sales tax takes its own code instead of the caller's. */
  automatedSalesTax: 'replaces' | 'honours';
  /** The code of a refusal for what the company's plan does not have. */
  outsidePlanCode: '5030' | '5020';
  /** A customer on a line of a liability account, and whether such a line can be billable. */
  customerOnLiability: 'kept' | 'unbillable' | 'refused';
  /** The code of an unbalanced journal entry; table and screen disagree. */
  unbalancedJournalCode: '6000' | '2300';
  /** The reference text of gateway faults: JSON, or XML although JSON was asked. */
  gatewayFaultFormat: 'json' | 'xml';
  /** Added to every answer of the API, for clients that count on QuickBooks being slow. */
  latencyMs: number;
  /** Added to the creation of a customer, an account, an item and the like; people name those by the second. */
  nameLatencyMs: number;
  /** How many calls the log keeps. */
  callLogLimit: number;
}

export function defaultSwitches(): Switches {
  return {
    requestIdRetentionMs: null,
    replayFailures: true,
    docNumberScope: 'sales-forms',
    journalDocNumbersUnique: false,
    chequeNumberScope: 'account',
    unprintedChequeNumber: 'kept',
    sparseBatchPrintStatus: 'changed',
    refreshRotation: 'always',
    refreshGraceMs: 0,
    codeReuseRevokes: false,
    consentPage: false,
    rateLimits: false,
    requestsPerMinute: 500,
    requestsPerSecond: 10,
    batchesPerMinute: 40,
    concurrentRequests: null,
    meteredReadsPerMonth: null,
    unsupportedVoid: 'ignored',
    inactiveReferenceCode: '610',
    duplicateNameDetail: 'sentence',
    deleteLinkedInvoice: 'refused',
    paymentCustomer: 'family',
    mergedLoser: 'deleted',
    mergeTouchesTransactions: false,
    untrackedDimension: 'dropped',
    foreignCurrencyWhenOff: 'refused',
    missingCurrency: 'name',
    missingExchangeRate: 'listed',
    currencyMismatchDetail: 'one-foreign',
    inclusiveLineAmount: 'gross',
    taxOverrideToleranceCents: null,
    automatedSalesTax: 'replaces',
    outsidePlanCode: '5030',
    customerOnLiability: 'unbillable',
    unbalancedJournalCode: '6000',
    gatewayFaultFormat: 'json',
    latencyMs: 0,
    nameLatencyMs: 0,
    callLogLimit: 20_000,
  };
}

/** Numbers for which null means that there is no such limit. */
const NULLABLE: readonly string[] = [
  'requestIdRetentionMs',
  'concurrentRequests',
  'meteredReadsPerMonth',
  'taxOverrideToleranceCents',
];

/** Applies the known switches of a patch. Throws on a name or a type that is not one of ours. */
export function applySwitches(switches: Switches, patch: Readonly<Record<string, unknown>>): void {
  const known = switches as unknown as Record<string, unknown>;
  for (const [name, value] of Object.entries(patch)) {
    if (!(name in known)) throw new Error(`there is no switch ${name}`);
    const mayBeNull = NULLABLE.includes(name);
    const isKnownType = mayBeNull
      ? value === null || typeof value === 'number'
      : typeof value === typeof known[name];
    if (!isKnownType) throw new Error(`switch ${name} does not take ${JSON.stringify(value)}`);
    known[name] = value;
  }
}
