import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AttentionItem } from '../../src/db/attention.js';
import type { ConnectedFirm } from '../local/office.js';
import type { Stage } from '../storm/stage.js';
import { isTheSame, shownRecord } from './bookkeeper.js';
import { carryOut, type Choice } from './decision.js';
import type { Item } from './life.js';
import type { Offices } from './office.js';

/** What the scripted operator has been shown, and what it did. */
export interface Shift {
  shown: Pick<AttentionItem, 'firmId' | 'type' | 'id' | 'cause' | 'text'>[];
  /** How often each remedy was chosen. */
  chosen: Map<string, number>;
}

/** What it knows how to fill in from what it is shown. */
const ABLE: ReadonlySet<Choice> = new Set<Choice>([
  ...([
    'retry',
    'renumber',
    'new-prefix',
    'allow-duplicate-number',
    'adopt',
    'resync',
    'clear-link',
  ] as const),
  ...(['void-there', 'reactivate', 'recreate', 'remap', 'exclude'] as const),
  ...(['move-date', 'reverse-in-open-period', 'wait'] as const),
]);

/** Of a hundred decisions; a firm would not keep much out of its books. */
const EXCLUDED_PERCENT = 7;
const LOOK_EVERY_MS = 700;
/** What still stands then was not helped, or the message met something else. */
const AGAIN_AFTER_MS = 8000;

/** Looks at the lists again and again, and does what the sentences say and the offered remedies allow. */
export async function operate(
  stage: Stage,
  /** By type and id. */
  items: ReadonlyMap<string, Item>,
  offices: Offices,
  seed: number,
  over: AbortSignal,
  /** Told at once, while it is known what trouble there is. */
  onShown: (shown: Shift['shown'][number]) => void,
): Promise<Shift> {
  const shift: Shift = { shown: [], chosen: new Map() };
  const handledAt = new Map<string, number>();
  const timesBy = new Map<string, number>();
  while (!over.aborted) {
    const listed = await Promise.all(
      stage.firms.map(async (firm) => (await list(stage, firm)).map((shown) => ({ firm, shown }))),
    );
    for (const { firm, shown } of listed.flat()) {
      const { parkId = `stuck ${shown.workflowId ?? shown.id}`, firmId, type, id, cause } = shown;
      const last = handledAt.get(parkId);
      if (last !== undefined && performance.now() - last < AGAIN_AFTER_MS) continue;
      handledAt.set(parkId, performance.now());
      if (last === undefined) {
        shift.shown.push(shown);
        onShown(shown);
      }
      const place = `${type} ${firmId} ${id} ${cause}`;
      const times = timesBy.get(place) ?? 0;
      timesBy.set(place, times + 1);
      const item = items.get(`${type} ${id}`);
      const choice = await choose(firm, shown, item, { times, luck: luckOf(`${seed} ${place}`) });
      if (await carryOut({ stage, offices, firm, shown, item, luck: luckOf(parkId) }, choice)) {
        shift.chosen.set(choice, (shift.chosen.get(choice) ?? 0) + 1);
      }
    }
    await pause(LOOK_EVERY_MS);
  }
  return shift;
}

async function list(stage: Stage, { firmId }: ConnectedFirm): Promise<AttentionItem[]> {
  const { items } = await stage.call('GET', `/v1/attention/items?firm=${firmId}&limit=200`);
  return items as AttentionItem[];
}

/** The same for the same seed, whatever comes first. */
const luckOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0);

/** One after the other, if the first did not help; what takes it out of the books only now and then. */
async function choose(
  firm: ConnectedFirm,
  shown: AttentionItem,
  item: Item | undefined,
  { times, luck }: { times: number; luck: number },
): Promise<Choice> {
  const offered = shown.allowed.filter((one) => ABLE.has(one as Choice)) as Choice[];
  const isAdopted =
    offered.includes('adopt') && (await isTheSame(firm, await shownRecord(firm, shown, item), item));
  // It is there, by its amount, its day and its client: the sentences leave no other way then.
  if (isAdopted) return 'adopt';
  const others = offered.filter((one) => one !== 'exclude' && one !== 'adopt');
  if (item && shown.remedy.includes('billing app')) others.push('correct');
  if (item && /\binclude/i.test(shown.remedy)) others.push('include-other');
  if (offered.includes('exclude') && (others.length === 0 || (luck + times) % 100 < EXCLUDED_PERCENT))
    return 'exclude';
  return others[(luck + times) % others.length] ?? 'retry';
}
