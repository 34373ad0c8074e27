import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findFreePort } from './free-port.js';
import { findAccount, findPostgresBinaries, reachableDataDir, type Account } from './postgres-binary.js';
import { startProcess, type LocalProcess } from './process.js';

const run = promisify(execFile);

export interface PostgresOptions {
  /** Made and initialised if it is empty. */
  dataDir: string;
  port?: number;
  /** False: `dispose()` removes `dataDir`. */
  persistent: boolean;
  /** False gives up safety against a crash of the *machine* for speed. Default: same as `persistent`. */
  fsync?: boolean;
  /** Never use DATABASE_URL: for whoever is about to stop or crash the server. */
  own?: boolean;
  /** Default: beside `dataDir`, with `.log`. */
  logFile?: string;
}

/** `fast` closes connections and shuts down in order; `immediate` leaves everything to recovery, like a crash. */
export type StopMode = 'fast' | 'immediate';

export interface Postgres {
  /** Of the maintenance database, with a role that may create databases. */
  url: string;
  port: number;
  /** False: the server behind DATABASE_URL; stop, restart and dispose leave it alone. */
  own: boolean;
  /** Where the data really is; not where it was asked for when root's folders are in the way. */
  dataDir?: string;
  stop(mode?: StopMode): Promise<void>;
  /** SIGKILL: not even its own files are tidied up. */
  kill(): Promise<void>;
  /** Starts it again on the same directory and port, stopping it first if need be. */
  restart(): Promise<void>;
  /** Stops it for good and removes its directory unless it is persistent. */
  dispose(): Promise<void>;
}

const USER = 'counterfoil';
const READY_TIMEOUT_MS = 30_000;
const PREDECESSOR_TIMEOUT_MS = 5_000;
const RETRY_MS = 100;
const STOP_SIGNAL = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** Starts Postgres on 127.0.0.1, or takes the server that DATABASE_URL names. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const given = process.env['DATABASE_URL'];
  if (given && !options.own) return existingPostgres(given);

  const account = await findAccount();
  const binaries = await findPostgresBinaries(account);
  const dataDir = reachableDataDir(options.dataDir, account);
  const fsync = options.fsync ?? options.persistent;
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await initialise(binaries.initdb, dataDir, account, fsync);
  const port = options.port ?? (await findFreePort());
  const url = `postgres://${USER}:${USER}@127.0.0.1:${port}/postgres`;

  const server = await startProcess({
    name: 'Postgres',
    command: binaries.postgres,
    args: ['-D', dataDir, '-p', String(port), ...settings(fsync)],
    ...(account ? { account } : {}),
    cwd: dataDir,
    logFile: options.logFile ?? `${options.dataDir}.log`,
    beforeStart: () => assertNotRunning(dataDir),
    isReady: () => answers(url),
    readyTimeoutMs: READY_TIMEOUT_MS,
    stopSignal: STOP_SIGNAL.fast,
  });
  return {
    url,
    port,
    own: true,
    dataDir,
    stop: (mode = 'fast') => server.stop(STOP_SIGNAL[mode]),
    kill: () => server.kill(),
    restart: () => restartAfterCrash(server),
    dispose: async () => {
      await server.stop();
      if (!options.persistent) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function existingPostgres(url: string): Postgres {
  const nothing = () => Promise.resolve();
  const port = Number(new URL(url).port) || 5432;
  return { url, port, own: false, stop: nothing, kill: nothing, restart: nothing, dispose: nothing };
}

async function initialise(
  initdb: string,
  dataDir: string,
  account: Account | undefined,
  fsync: boolean,
): Promise<void> {
  mkdirSync(dirname(dataDir), { recursive: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const passwordFile = join(dirname(dataDir), `.${randomUUID()}`);
  writeFileSync(passwordFile, USER, { mode: 0o600 });
  if (account) {
    chownSync(dataDir, account.uid, account.gid);
    chownSync(passwordFile, account.uid, account.gid);
  }
  try {
    const who = ['--username', USER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'];
    // Postgres' own locale sorts alike on every machine, whatever is installed there.
    const locale = [
      '--encoding',
      'UTF8',
      '--locale',
      'C',
      '--locale-provider',
      'builtin',
      '--builtin-locale',
      'C.UTF-8',
    ];
    await run(initdb, ['-D', dataDir, ...who, ...locale, ...(fsync ? [] : ['--no-sync'])], {
      ...account,
      cwd: dataDir,
    });
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true });
    throw new Error(`Postgres could not initialise ${dataDir}.`, { cause: error });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function settings(fsync: boolean): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    // A socket file would be shared with every other Postgres of this machine that has the same port.
    unix_socket_directories: '',
    max_connections: 300,
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Commits stay synchronous either way: without fsync that costs nothing, and tests that crash Postgres
    // must find every commit again.
    ...(fsync ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end();
  }
}

/** Postgres checks this too, but takes any process with the number in a stale postmaster.pid for itself. */
async function assertNotRunning(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  const deadline = Date.now() + PREDECESSOR_TIMEOUT_MS;
  // The one of a program that was interrupted a moment ago may still be shutting down.
  while (existsSync(pidFile)) {
    const pid = readFileSync(pidFile, 'utf8').split('\n')[0] ?? '';
    const { stdout } = await run('ps', ['-o', 'args=', '-p', pid]).catch(() => ({ stdout: '' }));
    if (stdout === '') return;
    if (!stdout.includes(dataDir)) rmSync(pidFile);
    else if (Date.now() > deadline)
      throw new Error(`Postgres (pid ${pid}) already runs on ${dataDir}: stop it first.`);
    else await pause(RETRY_MS);
  }
}

/** The children of a killed Postgres live on for a moment, and it does not start beside them. */
async function restartAfterCrash(server: LocalProcess): Promise<void> {
  const deadline = Date.now() + PREDECESSOR_TIMEOUT_MS;
  while (true) {
    try {
      await server.restart();
      return;
    } catch (error) {
      if (Date.now() > deadline || !/pre-existing shared memory/.test((error as Error).message)) throw error;
      await pause(RETRY_MS);
    }
  }
}
