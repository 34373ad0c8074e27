import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findTemporalCli } from '../../scripts/local/temporal-cli.js';

/** Runs the real `temporal` command and gives what it printed. */
export async function runTemporalCli(
  args: string[],
  { address, namespace }: { address: string; namespace: string },
): Promise<string> {
  const { path } = await findTemporalCli(() => undefined);
  const run = promisify(execFile);
  const { stdout } = await run(path, [...args, '--address', address, '--namespace', namespace]);
  return stdout;
}
