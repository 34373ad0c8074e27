import { WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { RemedyRefused, type RemedyMessage } from '../../src/client.js';
import type { AttentionItem } from '../../src/db/attention.js';
import type { RemedyName } from '../../src/domain/remedy.js';
import type { ConnectedFirm } from '../local/office.js';
import type { Stage } from '../storm/stage.js';
import { doAsTold, shownRecord } from './bookkeeper.js';
import { nextOf, type BillItem, type Item, type PaymentItem } from './life.js';
import { officeOf, type Offices } from './office.js';
import { sync } from './play.js';

/** A remedy, or what is done elsewhere: the billing app corrects it, or what is in its way is included again. */
export type Choice = RemedyName | 'correct' | 'include-other';

export interface Asked {
  stage: Stage;
  offices: Offices;
  firm: ConnectedFirm;
  shown: AttentionItem;
  /** Undefined for a client or the company. */
  item: Item | undefined;
  luck: number;
}

/** What may be asked next is known before the message is sent. */
const LEADS_TO: Partial<Record<RemedyName, string>> = {
  'clear-link': 'record-lives',
  recreate: 'record-lives',
  resync: 'changed-in-quickbooks',
};

/** What a person may be asked of one whose bill or payment is kept out, and does not make way. */
const BEHIND_EXCLUDED = ['applied-bill-missing', 'applied-to-other-customer', 'excluded-payment-in-the-way'];

/** The bills of a payment, or the payments of a bill. */
const besides = (item: Item | undefined): readonly Item[] =>
  !item ? [] : 'bills' in item ? (item as PaymentItem).bills : (item as BillItem).paidBy;

/** The first day on which the books are open. */
const OPEN_DAY = '2026-12-01';

/** False when it came too late: what was shown is gone by now. */
export async function carryOut(asked: Asked, choice: Choice): Promise<boolean> {
  const { stage, shown, item, firm } = asked;
  if (choice === 'correct') {
    if (item) await sync(stage, nextOf(item));
    return true;
  }
  if (choice === 'include-other') return await includeOthers(asked);
  if (choice === 'retry') await doAsTold(firm, shown, item);
  const message = await filled(asked, choice);
  const leads = LEADS_TO[choice];
  if (leads !== undefined) item?.mayShow.add(leads);
  if (choice === 'move-date' || choice === 'reverse-in-open-period') item?.days.add(OPEN_DAY);
  // Before it is: who sees that it is settled has to see why.
  const excludes = choice === 'exclude' ? item : undefined;
  if (item) item.isExcluded = excludes !== undefined;
  for (const cause of excludes ? BEHIND_EXCLUDED : []) {
    for (const other of besides(item)) other.mayShowAlways.add(cause);
  }
  const { firmId, type, id } = shown;
  // Nothing can be sent to an account.
  if (type === 'trustAccount') return false;
  try {
    await stage.client.remediate({ firmId, type, id }, message);
  } catch (error) {
    // The worker was dead for too long; what is shown still in a while is decided again.
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return false;
    if (excludes) excludes.isExcluded = false;
    if (error instanceof RemedyRefused || error instanceof WorkflowUpdateFailedError) return false;
    throw error;
  }
  return true;
}

/** The message with all that the remedy needs, as a person fills it in. */
async function filled(asked: Asked, action: RemedyName): Promise<RemedyMessage> {
  const { offices, firm, shown, item, luck } = asked;
  const { firmId, id, parkId } = shown;
  const message: RemedyMessage = { action, by: 'operator', ...(parkId !== undefined && { parkId }) };
  const record = await shownRecord(firm, shown, item);
  switch (action) {
    case 'renumber':
      message.number = `${id}-N${luck % 100_000}`;
      if (item) (item as BillItem).numbers.add(message.number);
      break;
    case 'new-prefix': {
      const { prefixes } = officeOf(offices, firmId);
      message.prefix = `N${prefixes.length}-`;
      prefixes.push(message.prefix);
      break;
    }
    case 'clear-link':
      message.as = 'administrator';
      break;
    case 'void-there':
      Object.assign(message, { as: 'administrator', qboId: record?.Id ?? '0', confirm: true });
      break;
    case 'adopt':
      message.qboId = record?.Id ?? '0';
      // It was compared, by name, day and amount.
      message.confirm = true;
      if (item) (item as BillItem | PaymentItem).adopted.add(message.qboId);
      break;
    case 'remap':
      message.to = await replacement(firm, shown);
      break;
    default:
  }
  return message;
}

/** As somebody would choose from QuickBooks' own lists. */
async function replacement({ qbo }: ConnectedFirm, { cause }: AttentionItem): Promise<string> {
  if (cause === 'deposit-account-missing') {
    return (await qbo.objects('Account')).find(({ Name }) => Name === 'Undeposited Funds')?.Id ?? '';
  }
  const items = await qbo.objects('Item');
  return items.find(({ Active, Type }) => Active !== false && Type === 'Service')?.Id ?? '';
}

/** Those that were kept out of QuickBooks while it is meant for them, or lies on it. */
async function includeOthers({ stage, item }: Asked): Promise<boolean> {
  const kept = besides(item).filter(({ isExcluded }) => isExcluded);
  for (const other of kept) {
    other.isExcluded = false;
    await stage.client.remediate(other.ref, { action: 'include', by: 'operator' });
  }
  return kept.length > 0;
}
