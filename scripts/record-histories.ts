import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STORY } from './demo/story.js';
import { Stage } from './demo/stage.js';
import { startLocalWorld } from './local/world.js';
import { runScript } from './command.js';
import { recordLife } from './record/life.js';

/** What is kept, by the name of what it guards; without keys, so that a replay needs none. */
const GOLDEN: Record<string, string> = {
  'bill-posted-after-its-client': 'bill:recorded:B1',
  'bill-parked-then-new-prefix-and-retry': 'bill:recorded:B2',
  'bill-parked-then-renumbered-by-update': 'bill:recorded:B3',
  'bill-released-by-batch-signal': 'bill:recorded:T01',
  'bill-through-a-storm-of-503s': 'bill:recorded:W-service-unavaila',
  'bill-whose-worker-was-killed': 'bill:recorded:K1',
  'bill-pestered-with-rubbish': 'bill:recorded:R1',
  'bill-while-postgres-was-away': 'bill:recorded:P1',
  'bill-while-temporal-was-away': 'bill:recorded:P2',
  'contact-posted': 'contact:recorded:client-of-B1',
};

await runScript('record-histories', (command) =>
  command
    .description(
      'Plays the story and keeps its histories as the golden ones. Only after a deliberate change.',
    )
    .option('--dir <folder>', 'where to', 'test/replay/histories')
    .option('--only-life', 'only the paths of a bill and its payments, without the story', false)
    .action(async ({ dir, onlyLife }: { dir: string; onlyLife: boolean }) => {
      const home = await mkdtemp(join(tmpdir(), 'counterfoil-record-'));
      const env = {
        COUNTERFOIL_PAYLOAD_ENCRYPTION: 'off',
        COUNTERFOIL_THROTTLE_PAUSE: '2s',
        COUNTERFOIL_OUTAGE_RETRY: '5s',
      };
      const world = await startLocalWorld({ dir: home, headless: true, env });
      const stage = await Stage.open(world, 'recorded');
      try {
        const keep = async (name: string, workflow: string) => {
          console.log(
            await stage.script('save-history', '--workflow', workflow, '--name', name, '--dir', dir),
          );
        };
        for (const chapter of onlyLife ? [] : STORY) {
          console.log(chapter.title);
          await chapter.play(stage);
        }
        for (const [name, workflow] of onlyLife ? [] : Object.entries(GOLDEN)) await keep(name, workflow);
        await recordLife(stage, keep);
      } finally {
        await stage.close();
        await world.stop();
        await rm(home, { recursive: true, force: true });
      }
    }),
);
