import { inParallel } from '../bench/run.js';
import { inTime, LIFE_MS, withHanging } from '../storm/deadline.js';
import { untilStill, type Patience } from '../storm/rest.js';
import type { Stage } from '../storm/stage.js';
import { clear, killAgainAndAgain, worsen } from '../storm/weather.js';
import { Calendar } from './day.js';
import { familiesOf } from './life.js';
import { openAccounts } from './office.js';
import { nameOf, play, type Played } from './play.js';
import type { TrustFirm } from './stage.js';
import { judge, type TrustVerdict } from './verdict.js';

export interface TrustStormOptions {
  /** Matters. */
  size: number;
  seed: number;
  /** Families that are played at the same time. */
  atOnce: number;
  patience: Patience;
}

/** Random lives of client money in bad weather, with a worker that dies all the time and a bookkeeper who meddles. */
export async function runTrustStorm(
  stage: Stage,
  { size, seed, atOnce, patience }: TrustStormOptions,
): Promise<TrustVerdict> {
  const families = familiesOf(seed, size, stage.firms.length);
  const calendar = new Calendar();
  const opened = await Promise.all(
    stage.firms.map((firm, index) => openAccounts(stage, firm, { firm: index, calendar }, families)),
  );
  const firms: TrustFirm[] = opened.map(({ firm }) => firm);
  const played: Played[] = opened.map((one) => one.played);
  await worsen(stage.firms);
  const over = new AbortController();
  const killing = killAgainAndAgain(stage, over.signal);
  const hanging: string[] = [];
  let through = 0;
  try {
    await inParallel(families.length, atOnce, async (index) => {
      const family = families[index]!;
      const one = await inTime(LIFE_MS, play(stage, firms[family.firm]!, family, nameOf(index)));
      if (one) played.push(one);
      else hanging.push(`family ${nameOf(index)} does not end`);
      through += 1;
      if (through % 5 === 0) stage.progress(`${through} of ${families.length} families played`);
    });
  } finally {
    over.abort();
    const kills = await killing;
    await clear(stage);
    stage.progress(`${through} families played; the worker was killed ${kills} times; the sky clears`);
  }
  for (const line of told(firms)) stage.progress(line);
  const rest = await untilStill(stage, patience);
  stage.progress(`all is still, with ${rest.size} open; it is judged`);
  const verdict = withHanging(await judge(stage, { firms, played, rest }), hanging);
  return { ...verdict, complaints: [...verdict.complaints, ...storiesOf(verdict.complaints, played)] };
}

/** What the storm was made of. */
function told(firms: readonly TrustFirm[]): string[] {
  const said = firms.flatMap(({ book }) => [...book.said.values()]);
  const refused = firms.reduce((sum, { book }) => sum + book.refused.size, 0);
  const done = firms.flatMap(({ done: all, renumbered }) => [
    ...all.map(({ deed }) => deed),
    ...renumbered.map(() => 'cheque-number'),
  ]);
  const adopted = firms.flatMap((firm) => [...firm.adopted.values()].map(({ type }) => type));
  const counted = (names: readonly string[]) =>
    [...new Set(names)].map((name) => `${name} ${names.filter((one) => one === name).length}`).join(', ');
  return [
    `taken: ${counted(said.map(({ snapshot: { kind } }) => kind))}; refused ${refused}`,
    `amended ${said.filter(({ snapshot: { version } }) => version > 1).length}, overdrawn ${said.filter(({ overdraws }) => overdraws).length}; cheques ${said.filter(({ snapshot: { cheque } }) => cheque).length}; adopted: ${counted(adopted) || 'nothing'}; the bookkeeper: ${counted(done) || 'nothing'}`,
  ];
}

/** All that happened to the families that something is complained of. */
const storiesOf = (complaints: readonly string[], played: readonly Played[]): string[] =>
  played
    .filter(({ name }) => complaints.some((what) => new RegExp(`\\b${name}-`).test(what)))
    .flatMap(({ name, story }) => ['', `The story of ${name}:`, ...story.map((line) => `  ${line}`)]);
