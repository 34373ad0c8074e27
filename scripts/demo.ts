import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { Listr } from 'listr2';
import { startLocalWorld, type LocalWorld } from './local/world.js';
import type { Claim } from './demo/claim.js';
import { parkOne, waysToFix } from './demo/parking.js';
import { Stage } from './demo/stage.js';
import { STORY } from './demo/story.js';

interface Options {
  once?: boolean;
  fresh?: boolean;
  dir: string;
}

const program = new Command('demo')
  .description(
    'Starts everything on this machine, plays the story, and stays up with one bill for you to fix.',
  )
  .option(
    '--once',
    'play the story, ask the simulator whether every claim holds, and end: 0 if all do, else 1',
  )
  .option('--fresh', 'forget what earlier runs have left')
  .option('--dir <folder>', 'where everything is kept', '.counterfoil')
  .parse();

const { once = false, fresh = false, ...given } = program.opts<Options>();
const dir = resolve(given.dir, once ? 'once' : 'demo');
if (once || fresh) await rm(dir, { recursive: true, force: true });
/** Intuit asks for a minute's pause after a 429. Nobody watches a demo for minutes, and the simulator does not mind. */
const IMPATIENT = { COUNTERFOIL_THROTTLE_PAUSE: '2s', COUNTERFOIL_OUTAGE_RETRY: '5s' };

process.exitCode = await demo();

async function demo(): Promise<number> {
  const claims: Claim[] = [];
  const played = join(dir, 'played.json');
  let world: LocalWorld | undefined;
  let stage: Stage | undefined;
  const tasks = new Listr(
    [
      {
        title: 'Starting Postgres, Temporal, the simulator, the server and the worker',
        task: async (_context, task) => {
          world = await startLocalWorld({ dir, env: IMPATIENT, progress: (line) => (task.output = line) });
          stage = await Stage.open(world, 'hale-and-partners');
        },
      },
      ...(existsSync(played) ? [] : STORY).map((chapter, index) => ({
        title: `${index + 1}. ${chapter.title}`,
        task: async () => {
          if (!stage) throw new Error('Nothing was started.');
          claims.push(...(await chapter.play(stage)));
        },
      })),
    ],
    {
      renderer: process.stdout.isTTY ? 'default' : 'simple',
      concurrent: false,
      exitOnError: true,
      registerSignalListeners: false,
    },
  );
  // Nothing else keeps this process alive once the story is told: its parts are processes of their own.
  const alive = setInterval(() => undefined, 60_000);
  const interrupted = new Promise<void>((end) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end());
  });
  try {
    await Promise.race([tasks.run(), interrupted.then(() => Promise.reject(new Error('Interrupted.')))]);
    report(claims);
    if (!existsSync(played)) await writeFile(played, JSON.stringify(claims, null, 2));
    if (once || !world || !stage) return claims.every(({ holds }) => holds) ? 0 : 1;
    console.log(waysToFix(world, stage, await parkOne(stage)));
    await interrupted;
    return 0;
  } catch (error) {
    report(claims);
    console.error(error instanceof Error ? error.message : error);
    if (world) console.error(`The logs are in ${world.logs}.`);
    return 1;
  } finally {
    clearInterval(alive);
    console.log('Stopping everything.');
    await stage?.close();
    await world?.stop();
  }
}

function report(claims: readonly Claim[]): void {
  if (claims.length === 0) return;
  console.log('\nWhat the simulator says:');
  for (const { text, holds, found } of claims)
    console.log(`${holds ? '  ok  ' : 'FAILED'}  ${text}${found ? ` — ${found}` : ''}`);
  const failed = claims.filter(({ holds }) => !holds).length;
  console.log(`${claims.length - failed} claims hold, ${failed} do not.\n`);
}
