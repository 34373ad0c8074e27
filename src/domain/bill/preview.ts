import type { BillFacts } from '../bill.js';
import {
  classKey,
  live,
  ownerIdOf,
  type DocumentKey,
  type PostedDocument,
  type WriteAction,
} from '../document.js';
import type { CustomerIntent, ClassIntent, SalesLineIntent } from '../intent.js';
import { sumCents } from '../money.js';
import { dateOf, type BillIntent } from './order.js';
import { carriedOut } from './paper.js';
import { planBill } from './plan.js';

/** What one write does to the books. Debits are above zero, credits below. */
export interface PreviewEntry {
  /** An account by its role, or the income account of an item. */
  account: 'receivable' | 'tax' | { itemId: string };
  /** The customer, as QuickBooks' id or as our key of one that is not there yet. */
  customer?: string;
  cents: number;
}

export interface PreviewDocument {
  key: DocumentKey;
  document: BillIntent['document'];
  action: WriteAction;
  number?: string;
  date: string;
  cents: number;
  /** Of this write alone: an update is what it adds to what is there. They come to nothing. */
  entries: PreviewEntry[];
}

/** What this snapshot would do in QuickBooks, without doing it. */
export interface Preview {
  documents: PreviewDocument[];
  /** What has to be there first, and would be made by itself: customers and classes. */
  first: DocumentKey[];
  /** Finishes the sentence "Waiting for …": it would go on only after that. */
  waitsFor?: string;
  /** It would need a person; `fault` is a key of the catalogue. */
  parks?: { fault: string; params: Record<string, string> };
  /** It is left out: by a person, or because it is older than the firm's start. */
  left?: string;
}

/** Pure: carries the plan out on paper, with what is missing of others' documents taken as made. */
export function previewBill(facts: BillFacts): Preview {
  let { documents } = facts;
  const preview: Preview = { documents: [], first: [] };
  for (;;) {
    const step = planBill({ ...facts, documents });
    switch (step.do) {
      case 'nothing': {
        const left = step.skipped ?? (step.excluded && 'a person keeps it out');
        return left === undefined ? preview : { ...preview, left };
      }
      case 'wait-for-books':
      case 'wait-for-deposit':
        return { ...preview, waitsFor: step.why };
      case 'park':
        return { ...preview, parks: { fault: step.fault, params: step.params } };
      case 'wait': {
        const made = onPaper(step.on, step.document);
        if (!made) return { ...preview, waitsFor: step.why };
        preview.first.push(step.on);
        documents = { ...documents, [step.on]: made };
        break;
      }
      case 'write': {
        const { key, action, intent } = step;
        preview.documents.push(shown(key, action, intent, live(documents[key])));
        documents = carriedOut(documents, step);
      }
    }
  }
}

/** QuickBooks' id of what is on paper only is our key. */
function onPaper(key: DocumentKey, document: string): PostedDocument | undefined {
  const base = { qboId: key, syncToken: '' };
  const customer: CustomerIntent = { document: 'customer', name: '', mark: key };
  const timekeeperClass: ClassIntent = { document: 'class', name: '', mark: key };
  if (document === 'customer') return { ...base, intent: customer };
  return document === 'class' && key === classKey(ownerIdOf(key))
    ? { ...base, intent: timekeeperClass }
    : undefined;
}

function shown(
  key: DocumentKey,
  action: WriteAction,
  intent: BillIntent,
  before: PostedDocument | undefined,
): PreviewDocument {
  const removes = action === 'void' || action === 'delete';
  const after = removes ? [] : entriesOf(intent);
  const was = before ? entriesOf(before.intent as BillIntent) : [];
  const entries = sum([...after, ...was.map((entry) => ({ ...entry, cents: -entry.cents }))]);
  const { document } = intent;
  const number = intent.document === 'application' ? undefined : intent.number;
  const cents =
    intent.document === 'application'
      ? sumCents(intent.allocations.map(({ amountCents }) => amountCents))
      : intent.totalCents;
  return {
    key,
    document,
    action,
    ...(number !== undefined && { number }),
    date: dateOf(intent),
    cents,
    entries,
  };
}

/** The use of a credit moves nothing between accounts: both sides are the client's receivables. */
function entriesOf(intent: BillIntent): PreviewEntry[] {
  if (intent.document === 'application') return [];
  const sign = intent.document === 'invoice' ? 1 : -1;
  const tax = intent.tax?.totalCents ?? 0;
  return [
    { account: 'receivable', customer: intent.customerQboId, cents: sign * intent.totalCents },
    ...intent.lines.map(({ itemId, amountCents }: SalesLineIntent) => ({
      account: { itemId },
      cents: -sign * amountCents,
    })),
    ...(tax === 0 ? [] : [{ account: 'tax' as const, cents: -sign * tax }]),
  ];
}

function sum(entries: readonly PreviewEntry[]): PreviewEntry[] {
  const sums = new Map<string, PreviewEntry>();
  for (const entry of entries) {
    const name = JSON.stringify([entry.account, entry.customer]);
    sums.set(name, { ...entry, cents: (sums.get(name)?.cents ?? 0) + entry.cents });
  }
  return [...sums.values()].filter(({ cents }) => cents !== 0);
}
