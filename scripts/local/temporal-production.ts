import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { dynamicConfig } from './dynamic-config.js';
import { findFreePort } from './free-port.js';
import { buildWithGo, isExecutable, type Progress } from './go-build.js';
import { cacheFolder } from './temporal-cli.js';
import { startTemporalProcess, type TemporalServer } from './temporal-process.js';
import type { SearchAttributeTypes } from './temporal-readiness.js';

const run = promisify(execFile);

/** The version of go.temporal.io/server in scripts/temporal-cli/go.mod. */
export const TEMPORAL_SERVER_VERSION = '1.31.2';

/** Fixed for the life of a database. Four are plenty for one machine; production uses hundreds. */
const HISTORY_SHARDS = 4;

interface Program {
  name: string;
  packagePath: string;
}

const PROGRAMS = {
  server: { name: 'server', packagePath: 'go.temporal.io/server/cmd/server' },
  sql: { name: 'sql', packagePath: 'go.temporal.io/server/cmd/tools/sql' },
} as const satisfies Record<string, Program>;

interface TemporalDatabase {
  name: string;
  /** The folder of its schema inside the tool. */
  schema: string;
}

const DATABASES = [
  { name: 'temporal', schema: 'temporal' },
  { name: 'temporal_visibility', schema: 'visibility' },
] as const satisfies readonly TemporalDatabase[];

const HOST = '127.0.0.1';
const READY_TIMEOUT_MS = 120_000;

export interface TemporalOnPostgresOptions {
  /** A role that may create databases; Temporal's two are made there unless they exist. */
  postgresUrl: string;
  searchAttributes: SearchAttributeTypes;
  namespace?: string;
  /** Added to production's dynamic configuration, key to value. */
  dynamicConfig?: Readonly<Record<string, unknown>>;
  /** That of an earlier process's server, to come back where its clients look for it. A free one otherwise. */
  grpcPort?: number;
  /** The dynamic configuration is written beside it. */
  logFile: string;
  progress?: Progress;
}

/** Starts the Temporal server that production runs, on Postgres, and returns when its namespace can be used. */
export async function startTemporalOnPostgres(options: TemporalOnPostgresOptions): Promise<TemporalServer> {
  const progress = options.progress ?? (() => undefined);
  const serverProgram = await findProgram(PROGRAMS.server, progress);
  const sqlTool = await findProgram(PROGRAMS.sql, progress);
  const namespace = options.namespace ?? 'default';
  const grpcPort = options.grpcPort ?? (await findFreePort());
  const address = `${HOST}:${grpcPort}`;
  for (const database of DATABASES) await setUpSchema(sqlTool, options.postgresUrl, database);

  return startTemporalProcess({ address, namespace }, options.searchAttributes, {
    name: 'Temporal server',
    command: serverProgram,
    args: ['--allow-no-auth', 'start'],
    env: {
      ...serverDatabase(options.postgresUrl),
      ...(await serverPorts(grpcPort)),
      BIND_ON_IP: HOST,
      TEMPORAL_BROADCAST_ADDRESS: HOST,
      NUM_HISTORY_SHARDS: String(HISTORY_SHARDS),
      DYNAMIC_CONFIG_FILE_PATH: writeDynamicConfig(options),
      LOG_LEVEL: 'warn',
    },
    logFile: options.logFile,
    readyTimeoutMs: READY_TIMEOUT_MS,
  });
}

/** True when `startTemporalOnPostgres` needs no minutes for a build. */
export function areTemporalProgramsBuilt(): boolean {
  return Object.values(PROGRAMS).every((program) => isExecutable(programPath(program)));
}

function programPath(program: Program): string {
  return join(cacheFolder('temporal-server', TEMPORAL_SERVER_VERSION), program.name);
}

async function findProgram(program: Program, progress: Progress): Promise<string> {
  const target = programPath(program);
  if (isExecutable(target)) return target;
  await buildWithGo(
    {
      name: `Temporal ${program.name} ${TEMPORAL_SERVER_VERSION}`,
      moduleDir: join(dirname(fileURLToPath(import.meta.url)), '..', 'temporal-cli'),
      packagePath: program.packagePath,
      target,
      alternative: 'Install Go 1.26.4 or newer, or use the dev server.',
    },
    progress,
  );
  return target;
}

/** Makes one of Temporal's databases and brings its schema up to the server's version. */
async function setUpSchema(sql: string, postgresUrl: string, database: TemporalDatabase): Promise<void> {
  const { hostname, port, username, password } = new URL(postgresUrl);
  const env = {
    ...process.env,
    SQL_PLUGIN: 'postgres12',
    SQL_HOST: hostname,
    SQL_PORT: port || '5432',
    SQL_USER: decodeURIComponent(username),
    SQL_PASSWORD: decodeURIComponent(password),
  };
  const tool = (...args: string[]) => run(sql, ['--db', database.name, ...args], { env });
  if (!(await exists(postgresUrl, database.name))) {
    await tool('create-database', '--defaultdb', 'postgres');
    await tool('setup-schema', '--version', '0.0');
  }
  await tool('update-schema', '--schema-name', `postgresql/v12/${database.schema}`);
}

async function exists(postgresUrl: string, database: string): Promise<boolean> {
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    return (await client.query('select from pg_database where datname = $1', [database])).rowCount === 1;
  } finally {
    await client.end();
  }
}

function serverDatabase(postgresUrl: string): Record<string, string> {
  const { hostname, port, username, password } = new URL(postgresUrl);
  return {
    DB: 'postgres12',
    POSTGRES_SEEDS: hostname,
    DB_PORT: port || '5432',
    POSTGRES_USER: decodeURIComponent(username),
    POSTGRES_PWD: decodeURIComponent(password),
    DBNAME: DATABASES[0].name,
    VISIBILITY_DBNAME: DATABASES[1].name,
  };
}

/** All its ports, so that two of them, or one beside somebody's own Temporal, do not meet. */
async function serverPorts(grpcPort: number): Promise<Record<string, string>> {
  const ports: Record<string, string> = { FRONTEND_GRPC_PORT: String(grpcPort) };
  const others = ['HISTORY_GRPC', 'MATCHING_GRPC', 'WORKER_GRPC', 'FRONTEND_HTTP'];
  const membership = ['FRONTEND', 'HISTORY', 'MATCHING', 'WORKER'].map((service) => `${service}_MEMBERSHIP`);
  for (const name of [...others, ...membership]) ports[`${name}_PORT`] = String(await findFreePort());
  return ports;
}

/** The server reads its dynamic configuration from a file, which must exist. JSON is YAML. */
function writeDynamicConfig(options: TemporalOnPostgresOptions): string {
  const file = `${options.logFile}.dynamic-config.yaml`;
  const values = Object.entries(dynamicConfig(options.dynamicConfig)).map(([key, value]) => [
    key,
    [{ value }],
  ]);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(Object.fromEntries(values)));
  return file;
}
