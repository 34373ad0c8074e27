import type { Stage } from '../storm/stage.js';
import { within } from '../local/within.js';
import { nextVersion, type Life } from './life.js';
import type { Trouble } from './trouble.js';

/** Longer than a lost answer takes to be looked for and the operator to have tried all that is offered. */
const SETTLE_MS = 240_000;

export interface Played {
  troubles: number;
  /** Did not come to rest in time; a sentence each. */
  stuck: string[];
}

/** One bill's troubles, one after the other: each time the billing app sends a new version into it. */
export async function play(
  stage: Stage,
  life: Life,
  troubles: readonly Trouble[],
  wide: ReadonlyMap<string, Set<string>>,
): Promise<Played> {
  const played: Played = { troubles: 0, stuck: [] };
  for (const [place, trouble] of troubles.entries()) {
    if (trouble.needsPosted === true && place === 0) continue;
    // What stood when it was kept out stands still.
    const still = life.isExcluded ? [...life.mayShow] : [];
    await include(stage, life);
    life.mayShow = new Set([...still, ...trouble.shows]);
    if (trouble.isWide) for (const key of trouble.shows) wide.get(life.firm.firmId)?.add(key);
    const right = nextVersion(life);
    const sent = trouble.spoil?.(right) ?? right;
    if (sent.number !== right.number) life.numbers.add(sent.number);
    await trouble.arm?.({ firm: life.firm, bill: sent });
    await stage.client.syncBill(sent);
    played.troubles += 1;
    if (await settled(stage, life)) continue;
    const { state, parked, waitingFor } = await stage.client.status(life.ref);
    played.stuck.push(
      `${life.ref.firmId} ${life.ref.id}, ${trouble.name}: ${state}, ${parked?.fault ?? waitingFor ?? 'nothing'}`,
    );
    return played;
  }
  return played;
}

const settled = (stage: Stage, { ref }: Life): Promise<boolean> =>
  within(SETTLE_MS, async () => (await stage.client.isSettled(ref)) === true);

/** What was kept out last time is wanted again. */
async function include(stage: Stage, life: Life): Promise<void> {
  if (!life.isExcluded) return;
  life.isExcluded = false;
  await stage.client.remediate(life.ref, { action: 'include', by: 'operator' });
  await settled(stage, life);
}
