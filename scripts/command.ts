import { Command } from 'commander';
import { ConfigError } from '../src/config.js';
import { SnapshotError } from '../src/snapshot/field.js';
import { RemedyRefused } from '../src/client.js';
import { CursorError } from '../src/db/page.js';
import { SubscriptionRefused } from '../src/subscribe.js';

/** Exit codes of every script: 0 done, 1 refused or failed, 2 the environment or the command line is not right. */
export const EXIT = { done: 0, refused: 1, usage: 2 } as const;

/** Something a person has to put right; printed without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** What a person has to put right is said in a sentence, and is no bug. */
const REFUSALS = [SnapshotError, RemedyRefused, CursorError, SubscriptionRefused, Refusal];

/** A script's frame: `--help`, plain words for mistakes that people make, a stack only for bugs. */
export async function runScript(name: string, describe: (command: Command) => Command): Promise<void> {
  const command = describe(
    new Command(name).showHelpAfterError().exitOverride((exit) => {
      process.exit(exit.exitCode === 0 ? EXIT.done : EXIT.usage);
    }),
  );
  try {
    await command.parseAsync();
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message, EXIT.usage);
    if (REFUSALS.some((kind) => error instanceof kind)) fail((error as Error).message, EXIT.refused);
    console.error(error);
    process.exit(EXIT.refused);
  }
}

function fail(message: string, code: number): never {
  console.error(message);
  process.exit(code);
}
