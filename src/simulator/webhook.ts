import { createHmac, randomUUID } from 'node:crypto';
import type { Change } from './commit.js';
import { text } from './fields.js';
import { newTid } from './wire.js';

export interface Subscription {
  readonly url: string;
  /** Signs every delivery. */
  readonly verifier: string;
  readonly format: 'cloud-events' | 'legacy';
  /** Waits before each further attempt; when they are used up, the delivery is given up. */
  readonly retriesMs: readonly number[];
}

export interface Delivery {
  readonly id: number;
  readonly body: string;
  readonly events: readonly WebhookEvent[];
  attempts: number;
  /** The last answer's status; 0 when there was none. */
  status: number | undefined;
  outcome: 'pending' | 'delivered' | 'given-up' | 'lost';
}

type Verb = 'created' | 'updated' | 'deleted' | 'merged' | 'voided' | 'emailed';

export interface WebhookEvent {
  readonly realm: string;
  readonly entity: string;
  readonly id: string;
  readonly verb: Verb;
  readonly atMs: number;
  /** What ceased to be, in a merge. */
  readonly deletedId?: string;
}

const ANNOUNCED = new Set([
  'Account',
  'Bill',
  'BillPayment',
  'Budget',
  'Class',
  'CreditMemo',
  'Customer',
  'Department',
  'Deposit',
  'Employee',
  'Estimate',
  'Invoice',
  'Item',
  'JournalEntry',
  'Payment',
  'PaymentMethod',
  'Preferences',
  'Purchase',
  'PurchaseOrder',
  'RefundReceipt',
  'SalesReceipt',
  'Term',
  'TimeActivity',
  'Transfer',
  'Vendor',
  'VendorCredit',
]);

const ANSWER_MS = 3000;

const OLD_NAMES: Readonly<Record<Verb, string>> = {
  created: 'Create',
  updated: 'Update',
  deleted: 'Delete',
  merged: 'Merge',
  voided: 'Void',
  emailed: 'Emailed',
};

function verbOf({ stored, before, mergedId }: Change): Verb {
  if (mergedId !== undefined) return 'merged';
  if (stored.deleted) return 'deleted';
  if (before === undefined) return 'created';
  const isVoided = (fields: typeof stored.fields): boolean =>
    fields['TotalAmt'] === 0 && text(fields, 'PrivateNote')?.startsWith('Voided') === true;
  if (isVoided(stored.fields) && !isVoided(before.fields)) return 'voided';
  const wasSent = before.fields['EmailStatus'] === 'EmailSent';
  return stored.fields['EmailStatus'] === 'EmailSent' && !wasSent ? 'emailed' : 'updated';
}

function cloudEvent(event: WebhookEvent): unknown {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: 'intuit.c2ltdWxhdG9y=',
    type: `qbo.${event.entity.toLowerCase()}.${event.verb}.v1`,
    datacontenttype: 'application/json',
    time: new Date(event.atMs).toISOString().replace('Z', '000000Z'),
    intuitentityid: event.id,
    intuitaccountid: event.realm,
    data: event.deletedId === undefined ? {} : { deletedid: event.deletedId },
  };
}

function legacyBody(events: readonly WebhookEvent[]): unknown {
  const realms = [...new Set(events.map((event) => event.realm))];
  const notifications = realms.map((realmId) => ({
    realmId,
    dataChangeEvent: {
      entities: events
        .filter((event) => event.realm === realmId)
        .map(({ entity, id, verb, atMs, deletedId }) => ({
          name: entity,
          id,
          operation: OLD_NAMES[verb],
          lastUpdated: new Date(atMs).toISOString(),
          deletedId,
        })),
    },
  }));
  return { eventNotifications: notifications };
}

/** Tells a subscriber what changed, also about the changes that it made itself. */
export class Webhooks {
  subscription: Subscription | undefined;
  readonly deliveries: Delivery[] = [];
  /** How many of the coming deliveries vanish, or arrive twice. */
  toLose = 0;
  toDuplicate = 0;
  /** While held back, events pile up; then they go out in one delivery, of several companies too. */
  isHeldBack = false;
  /** Whether a delivery names its events from the last to the first. */
  isDisordered = false;
  private pending: WebhookEvent[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();

  note(realm: string, changes: readonly Change[], nowMs: number): void {
    if (this.subscription === undefined) return;
    const events = changes
      .filter(({ stored }) => ANNOUNCED.has(stored.entity))
      .map((change) => ({
        realm,
        entity: change.stored.entity,
        id: change.stored.id,
        verb: verbOf(change),
        atMs: nowMs,
        ...(change.mergedId === undefined ? {} : { deletedId: change.mergedId }),
      }));
    if (events.length === 0) return;
    // What one turn of the event loop brings goes out together, after its answers.
    if (this.pending.length === 0 && !this.isHeldBack) this.later(0, () => this.flush());
    this.pending.push(...events);
  }

  /** Holds events back from now on, or sends what has piled up. */
  holdBack(isHeldBack: boolean): void {
    this.isHeldBack = isHeldBack;
    if (!isHeldBack && this.pending.length > 0) this.later(0, () => this.flush());
  }

  private later(delayMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, delayMs);
    this.timers.add(timer);
  }

  private flush(): void {
    const { subscription } = this;
    if (this.isHeldBack) return;
    const events = this.pending.splice(0);
    if (this.isDisordered) events.reverse();
    if (subscription === undefined || events.length === 0) return;
    const body = subscription.format === 'legacy' ? legacyBody(events) : events.map(cloudEvent);
    const delivery: Delivery = {
      id: this.deliveries.length + 1,
      body: JSON.stringify(body),
      events,
      attempts: 0,
      status: undefined,
      outcome: 'pending',
    };
    this.deliveries.push(delivery);
    if (this.toLose > 0) {
      this.toLose -= 1;
      delivery.outcome = 'lost';
      return;
    }
    void this.attempt(subscription, delivery);
    if (this.toDuplicate === 0) return;
    this.toDuplicate -= 1;
    void this.attempt(subscription, delivery);
  }

  private async attempt(subscription: Subscription, delivery: Delivery): Promise<void> {
    delivery.attempts += 1;
    delivery.status = await post(subscription, delivery);
    if (delivery.status >= 200 && delivery.status < 300) {
      delivery.outcome = 'delivered';
      return;
    }
    const waitMs = subscription.retriesMs[delivery.attempts - 1];
    if (waitMs === undefined) delivery.outcome = 'given-up';
    else this.later(waitMs, () => void this.attempt(subscription, delivery));
  }

  /** Forgets subscriber and deliveries, and stops what was still to be sent. */
  clear(): void {
    this.subscription = undefined;
    this.deliveries.length = 0;
    this.pending = [];
    this.toLose = 0;
    this.toDuplicate = 0;
    this.isHeldBack = false;
    this.isDisordered = false;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}

/** The subscriber's status, or 0 when it did not answer in time. */
async function post(subscription: Subscription, delivery: Delivery): Promise<number> {
  const nowMs = Date.now();
  try {
    const response = await fetch(subscription.url, {
      method: 'POST',
      body: delivery.body,
      signal: AbortSignal.timeout(ANSWER_MS),
      headers: {
        'content-type': 'application/json',
        'intuit-signature': createHmac('sha256', subscription.verifier)
          .update(delivery.body)
          .digest('base64'),
        'intuit-t-id': newTid(nowMs, delivery.id),
        'intuit-created-time': new Date(nowMs).toISOString(),
        'intuit-notification-schema-version': subscription.format === 'legacy' ? '0.1' : '1.0',
        'user-agent': 'intuit_notification_server/0.1',
      },
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    // Refused, reset and timed out all look the same to the sender: no answer.
    return 0;
  }
}
