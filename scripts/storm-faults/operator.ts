import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { RemedyRefused, type RemedyMessage } from '../../src/client.js';
import type { AttentionItem } from '../../src/db/attention.js';
import type { RemedyName } from '../../src/domain/remedy.js';
import type { ConnectedFirm } from '../local/office.js';
import type { Stage } from '../storm/stage.js';
import { nextVersion, type Life } from './life.js';

/** What the scripted operator has been shown, and what it did. */
export interface Shift {
  shown: { firmId: string; type: string; id: string; cause: string }[];
  /** How often each remedy was chosen; `correct` is the billing app's. */
  chosen: Map<string, number>;
}

type Choice = RemedyName | 'correct';

/** What it knows how to fill in from what it is shown. Adopting would need somebody who compares two records. */
const ABLE: ReadonlySet<Choice> = new Set<Choice>([
  ...(['retry', 'renumber', 'allow-duplicate-number', 'resync', 'clear-link', 'void-there'] as const),
  ...(['reactivate', 'recreate', 'remap', 'exclude'] as const),
]);

/** Of a hundred decisions; a firm would not keep much out of its books. */
const EXCLUDED_PERCENT = 7;
const LOOK_EVERY_MS = 300;
/** What still stands then was not helped, or the message met something else. */
const AGAIN_AFTER_MS = 8000;

/** Looks at the lists again and again, and does what the sentences say and the offered remedies allow. */
export async function operate(
  stage: Stage,
  lives: ReadonlyMap<string, Life>,
  seed: number,
  over: AbortSignal,
  /** Told at once, while it is known what trouble there is. */
  onShown: (item: Shift['shown'][number]) => void,
): Promise<Shift> {
  const shift: Shift = { shown: [], chosen: new Map() };
  const handledAt = new Map<string, number>();
  const timesBy = new Map<string, number>();
  while (!over.aborted) {
    const items = (await Promise.all(stage.firms.map((firm) => listed(stage, firm)))).flat();
    for (const item of items) {
      const { parkId = `stuck ${item.workflowId ?? item.id}`, firmId, type, id, cause } = item;
      const last = handledAt.get(parkId);
      if (last !== undefined && performance.now() - last < AGAIN_AFTER_MS) continue;
      handledAt.set(parkId, performance.now());
      if (last === undefined) {
        shift.shown.push({ firmId, type, id, cause });
        onShown({ firmId, type, id, cause });
      }
      const place = `${type} ${firmId} ${id} ${cause}`;
      const times = timesBy.get(place) ?? 0;
      timesBy.set(place, times + 1);
      const choice = choose(item, lives.get(id), times, luckOf(`${seed} ${place}`));
      if (await carryOut(stage, lives, item, choice)) {
        shift.chosen.set(choice, (shift.chosen.get(choice) ?? 0) + 1);
      }
    }
    await pause(LOOK_EVERY_MS);
  }
  return shift;
}

async function listed(stage: Stage, { firmId }: ConnectedFirm): Promise<AttentionItem[]> {
  const { items } = await stage.call('GET', `/v1/attention/items?firm=${firmId}&limit=200`);
  return items as AttentionItem[];
}

/** The same for the same seed, whatever comes first. */
const luckOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0);

/** One after the other, if the first did not help; what takes the bill out of the books only now and then. */
function choose(item: AttentionItem, life: Life | undefined, times: number, luck: number): Choice {
  const offered = item.allowed.filter((one) => ABLE.has(one as Choice)) as Choice[];
  const others = offered.filter((one) => one !== 'exclude');
  if (life && /billing app/.test(item.remedy)) others.push('correct');
  if (offered.includes('exclude') && (others.length === 0 || (luck + times) % 100 < EXCLUDED_PERCENT))
    return 'exclude';
  return others[(luck + times) % others.length] ?? 'retry';
}

/** False when it came too late: what was shown is gone by now. */
async function carryOut(
  stage: Stage,
  lives: ReadonlyMap<string, Life>,
  item: AttentionItem,
  choice: Choice,
): Promise<boolean> {
  const { firmId, type, id, parkId } = item;
  const life = lives.get(id);
  if (choice === 'correct') {
    if (life) await stage.client.syncBill(nextVersion(life));
    return true;
  }
  const message: RemedyMessage = { action: choice, by: 'operator', ...(parkId !== undefined && { parkId }) };
  if (choice === 'renumber') message.number = `${id}-N${luckOf(parkId ?? '') % 100_000}`;
  if (choice === 'clear-link' || choice === 'void-there') message.as = 'administrator';
  if (choice === 'void-there') {
    message.qboId = /txnId=(\d+)/.exec(item.qboUrl ?? '')?.[1] ?? '';
    message.confirm = true;
  }
  if (choice === 'remap') message.to = await activeItem(stage, firmId);
  // What it may lead to is known before it does.
  if (choice === 'clear-link' || choice === 'recreate') life?.mayShow.add('record-lives');
  if (choice === 'renumber' && type === 'bill') life?.numbers.add(message.number ?? '');
  // Before it is: who sees that it is settled has to see why.
  const excludes = choice === 'exclude' && type === 'bill' ? life : undefined;
  if (excludes) excludes.isExcluded = true;
  // Nothing can be sent to an account.
  if (type === 'trustAccount') return false;
  try {
    await stage.client.remediate({ firmId, type, id }, message);
  } catch (error) {
    if (excludes) excludes.isExcluded = false;
    if (error instanceof RemedyRefused || error instanceof WorkflowUpdateFailedError) return false;
    throw error;
  }
  return true;
}

/** As somebody would choose from QuickBooks' own list. */
async function activeItem({ firms }: Stage, firmId: string): Promise<string> {
  const firm = firms.find((one) => one.firmId === firmId);
  const items = (await firm?.qbo.objects('Item')) ?? [];
  return items.find(({ Active, Type }) => Active !== false && Type === 'Service')?.Id ?? '';
}
