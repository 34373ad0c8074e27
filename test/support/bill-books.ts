import type { BillFacts } from '../../src/domain/bill.js';
import { withKept } from '../../src/domain/bill/counter.js';
import { planBill, type BillStep } from '../../src/domain/bill/plan.js';
import {
  customerKey,
  invoiceKey,
  isKept,
  live,
  paymentKey,
  type DocumentKey,
  type Documents,
  type PostedDocument,
  type WriteStep,
} from '../../src/domain/document.js';
import type { ApplicationIntent, Intent, PaymentIntent } from '../../src/domain/intent.js';
import { sumCents } from '../../src/domain/money.js';
import { aBill } from './builder.js';

/** Books in memory for a pure plan: every step is carried out, and after each the books are looked at. */

export const SETTINGS = {
  prefix: 'CF-',
  items: {
    time: '1',
    expense: '2',
    'flat-fee': '3',
    discount: '4',
    interest: '5',
    tax: '6',
    'write-off': '7',
    'bad-debt': '8',
  },
};

export const aCustomer = (clientId: string, qboId: string): Documents => ({
  [customerKey(clientId)]: {
    intent: { document: 'customer', name: clientId, mark: customerKey(clientId) },
    qboId,
    syncToken: '0',
  },
});

export const aPayment = (
  paymentId: string,
  amountCents: number,
  on: DocumentKey = invoiceKey('B1'),
): Documents => {
  const intent: PaymentIntent = {
    document: 'payment',
    customerQboId: '58',
    receivedOn: '2026-11-20',
    amountCents,
    allocations: [{ invoiceKey: on, invoiceQboId: '1', amountCents }],
    terms: {},
    mark: paymentKey(paymentId),
  };
  return { [paymentKey(paymentId)]: { intent, qboId: '900', syncToken: '0' } };
};

export const factsOf = (over: Partial<BillFacts> = {}): BillFacts => ({
  desired: aBill(),
  excluded: false,
  documents: aCustomer('C1', '58'),
  settings: SETTINGS,
  ...over,
});

export type Written = [action: string, key: string];

/** Carries out step after step until nothing is left to write; throws where it never ends or the books are wrong. */
export function settle(facts: BillFacts): { documents: Documents; writes: Written[]; last: BillStep } {
  let { documents } = facts;
  const writes: Written[] = [];
  for (;;) {
    const step = planBill({ ...facts, documents });
    if (step.do !== 'write') return { documents, writes, last: step };
    documents = carryOut(documents, step);
    writes.push([step.action, step.key]);
    const wrong = wrongIn(documents);
    if (wrong !== undefined) throw new Error(`after ${JSON.stringify(writes)}: ${wrong}`);
    if (writes.length > 50) throw new Error(`it never ends: ${JSON.stringify(writes)}`);
  }
}

let nextId = 1000;

export function carryOut(held: Documents, { key, action, intent }: WriteStep): Documents {
  const documents = withKept(held);
  const posted = documents[key];
  const present = live(posted);
  if (action === 'create') {
    if (present) throw new Error(`${key} would be there twice`);
    nextId += 1;
    return { ...held, [key]: { intent, qboId: String(nextId), syncToken: '0' } };
  }
  if (!posted) throw new Error(`there is no ${key} to ${action}`);
  const removed = action === 'void' ? 'voided' : 'deleted';
  const kept: PostedDocument = { intent, qboId: posted.qboId, syncToken: posted.syncToken };
  return { ...held, [key]: action === 'update' ? kept : { ...kept, removed } };
}

/** What QuickBooks would not take, or what would count money twice. */
export function wrongIn(held: Documents): string | undefined {
  const documents = withKept(held);
  const used = new Map<DocumentKey, number>();
  const use = (key: DocumentKey, cents: number) => used.set(key, (used.get(key) ?? 0) + cents);
  for (const [key, { intent }] of present(documents)) {
    if (intent.document === 'payment') {
      for (const { invoiceKey: on, amountCents } of intent.allocations) use(on, amountCents);
    }
    if (intent.document !== 'application') continue;
    const wrong = wrongLink(documents, key, intent);
    if (wrong !== undefined) return wrong;
    use(memoOf(documents, key, intent), sumCents(intent.allocations.map((one) => one.amountCents)));
    for (const { invoiceKey: on, amountCents } of intent.allocations) use(on, amountCents);
  }
  for (const [key, cents] of used) {
    const { intent } = documents[key] ?? {};
    const total = intent && 'totalCents' in intent && live(documents[key]) ? intent.totalCents : 0;
    if (cents > total) return `${cents} are used on ${key}, which has ${total}`;
  }
  return undefined;
}

const present = (documents: Documents): [DocumentKey, PostedDocument][] =>
  Object.entries(documents).filter(([, posted]) => live(posted));

const memoOf = (documents: Documents, key: DocumentKey, { creditQboId }: ApplicationIntent): DocumentKey =>
  (isKept(key) && keptMemo(documents, creditQboId)) ||
  key
    .replace('/application/', '/credit/')
    .replace('/counter-use/', '/counter/')
    .replace(/^bill\/B2\/carried\//, 'bill/B1/counter/');

/** One that stays in closed books is under a key of its own. */
const keptMemo = (documents: Documents, id: string): DocumentKey | undefined =>
  Object.keys(documents).find(
    (key) => documents[key]?.qboId === id && documents[key].intent.document === 'credit-memo',
  );

function wrongLink(documents: Documents, key: DocumentKey, intent: ApplicationIntent): string | undefined {
  const memo = live(documents[memoOf(documents, key, intent)]);
  if (memo?.qboId !== intent.creditQboId) return `${key} uses a credit memo that is not there`;
  const linked: (Intent | undefined)[] = [
    memo.intent,
    ...intent.allocations.map(({ invoiceKey: on }) => live(documents[on])?.intent),
  ];
  for (const other of linked) {
    if (!other || !('customerQboId' in other)) return `${key} links what is not there`;
    if (other.customerQboId !== intent.customerQboId) return `${key} links documents of two customers`;
  }
  return undefined;
}
