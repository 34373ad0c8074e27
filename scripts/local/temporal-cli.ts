import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildWithGo, isExecutable, type Progress } from './go-build.js';

export type { Progress } from './go-build.js';

export interface TemporalCli {
  /** Absolute, or as given in TEMPORAL_CLI_PATH. */
  path: string;
  /** E.g. `1.8.2`. */
  version: string;
  source: 'TEMPORAL_CLI_PATH' | 'PATH' | 'cache' | 'download' | 'build';
}

/** The version that is downloaded or built; scripts/temporal-cli/go.mod names the same one. */
export const TEMPORAL_CLI_VERSION = '1.8.2';

/** The oldest one on PATH that is good enough: its server has priorities, fairness and update-with-start. */
const OLDEST_VERSION = [1, 5, 0] as const;

const DOWNLOAD_TIMEOUT_MS = 120_000;
const ALTERNATIVE = 'Install the Temporal CLI, set TEMPORAL_CLI_PATH to one, or install Go 1.26.4 or newer.';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));

/** The project's folder for programs that are expensive to get: `counterfoil/<name>/<version>` in the user's cache. */
export function cacheFolder(name: string, version: string): string {
  const root = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(root, 'counterfoil', name, version);
}

/** A Temporal CLI that can run the dev server: named, installed, cached, downloaded or built, in this order. */
export async function findTemporalCli(progress: Progress): Promise<TemporalCli> {
  const named = process.env['TEMPORAL_CLI_PATH'];
  if (named) return { path: named, version: await versionOf(named), source: 'TEMPORAL_CLI_PATH' };

  const installed = await findOnPath(progress);
  if (installed) return installed;

  const cached = join(cacheFolder('temporal-cli', TEMPORAL_CLI_VERSION), 'temporal');
  const found = (source: TemporalCli['source']) => ({ path: cached, version: TEMPORAL_CLI_VERSION, source });
  if (isExecutable(cached)) return found('cache');
  if (await download(cached, progress)) return found('download');
  await buildWithGo(
    {
      name: `Temporal CLI ${TEMPORAL_CLI_VERSION}`,
      moduleDir: join(here, '..', 'temporal-cli'),
      packagePath: 'github.com/temporalio/cli/cmd/temporal',
      linkerVariables: { 'github.com/temporalio/cli/internal/temporalcli.Version': TEMPORAL_CLI_VERSION },
      target: cached,
      alternative: ALTERNATIVE,
    },
    progress,
  );
  return found('build');
}

async function findOnPath(progress: Progress): Promise<TemporalCli | undefined> {
  const folders = (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  const path = folders.map((folder) => join(folder, 'temporal')).find(isExecutable);
  if (!path) return undefined;
  try {
    const version = await versionOf(path);
    if (isRecentEnough(version)) return { path, version, source: 'PATH' };
    progress(`${path} is version ${version}, older than ${OLDEST_VERSION.join('.')}; looking further.`);
  } catch (error) {
    progress(`${(error as Error).message} Looking further.`);
  }
  return undefined;
}

function isRecentEnough(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, least] of OLDEST_VERSION.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

async function versionOf(path: string): Promise<string> {
  try {
    const { stdout } = await run(path, ['--version']);
    const version = /^temporal version (\d+\.\d+\.\d+)/m.exec(stdout)?.[1];
    if (version) return version;
    throw new Error(`it answered: ${stdout.trim()}`);
  } catch (error) {
    throw new Error(`${path} is not a Temporal CLI that runs here. ${ALTERNATIVE}`, { cause: error });
  }
}

/** Lets the SDK fetch it. False where that is impossible: no network, or one with package registries only. */
async function download(target: string, progress: Progress): Promise<boolean> {
  mkdirSync(dirname(target), { recursive: true });
  const folder = mkdtempSync(join(dirname(target), 'download-'));
  progress(`Downloading Temporal CLI ${TEMPORAL_CLI_VERSION}.`);
  try {
    // In a process of its own, because a download in the SDK's native part cannot be called off.
    const script = join(here, 'temporal-download.ts');
    await run(process.execPath, ['--import', 'tsx', script, `v${TEMPORAL_CLI_VERSION}`, folder], {
      cwd: join(here, '..', '..'),
      timeout: DOWNLOAD_TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    const file = readdirSync(folder)
      .map((name) => join(folder, name))
      .find(isExecutable);
    if (!file) throw new Error('no program arrived');
    renameSync(file, target);
    return true;
  } catch (error) {
    const { killed, stderr } = error as { killed?: boolean; stderr?: string };
    const message = /Error: ([^\n\]]+)/.exec(stderr ?? String(error))?.[1] ?? 'unknown reason';
    const reason = killed ? `nothing after ${DOWNLOAD_TIMEOUT_MS} ms` : message.split(': ').at(-1);
    progress(`The download is not possible here (${reason ?? message}).`);
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
