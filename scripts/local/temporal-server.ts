import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DEV_SERVER, dynamicConfig } from './dynamic-config.js';
import { findFreePort } from './free-port.js';
import { findTemporalCli, type Progress } from './temporal-cli.js';
import { startTemporalProcess, type TemporalServer } from './temporal-process.js';
import type { SearchAttributeTypes } from './temporal-readiness.js';

export type { TemporalServer } from './temporal-process.js';

export interface TemporalPorts {
  grpc: number;
  http: number;
  metrics: number;
  ui: number;
}

export interface TemporalDevServerOptions {
  /** SQLite file that outlives the server; without it everything is in memory and ends with the process. */
  dbFile?: string;
  /** Those of an earlier process's server, to come back where its clients look for it. Free ones otherwise. */
  ports?: Partial<TemporalPorts>;
  searchAttributes: SearchAttributeTypes;
  /** Without the web UI. */
  headless?: boolean;
  /** Where the web UI decodes and encodes payloads, e.g. `http://127.0.0.1:8080/codec`. */
  codecEndpoint?: string;
  /** Default `default`, which exists in any case. */
  namespace?: string;
  /** Added to production's dynamic configuration, key to value, e.g. `{ 'limit.historyCount.suggestContinueAsNew': 50 }`. */
  dynamicConfig?: Readonly<Record<string, unknown>>;
  logFile: string;
  /** Told about the search for the Temporal CLI, and its build. */
  progress?: Progress;
}

const HOST = '127.0.0.1';
const READY_TIMEOUT_MS = 60_000;

/** Starts `temporal server start-dev` and returns when its namespace and search attributes can be used. */
export async function startTemporalDevServer(options: TemporalDevServerOptions): Promise<TemporalServer> {
  const cli = await findTemporalCli(options.progress ?? (() => undefined));
  const ports: TemporalPorts = {
    grpc: options.ports?.grpc ?? (await findFreePort()),
    http: options.ports?.http ?? (await findFreePort()),
    metrics: options.ports?.metrics ?? (await findFreePort()),
    ui: options.ports?.ui ?? (await findFreePort()),
  };
  const namespace = options.namespace ?? 'default';
  const address = `${HOST}:${ports.grpc}`;
  if (options.dbFile) mkdirSync(dirname(options.dbFile), { recursive: true });
  const uiUrl = options.headless ? {} : { uiUrl: `http://${HOST}:${ports.ui}` };
  return startTemporalProcess({ address, namespace, ...uiUrl }, options.searchAttributes, {
    name: 'Temporal dev server',
    command: cli.path,
    args: devServerArguments(options, ports, namespace),
    logFile: options.logFile,
    readyTimeoutMs: READY_TIMEOUT_MS,
  });
}

function devServerArguments(
  options: TemporalDevServerOptions,
  ports: TemporalPorts,
  namespace: string,
): string[] {
  const pairs = (flag: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${value}`]);
  const settings = Object.entries(dynamicConfig({ ...DEV_SERVER, ...options.dynamicConfig })).map(
    ([key, value]) => [key, JSON.stringify(value)],
  );
  const web = options.headless
    ? ['--headless']
    : ['--ui-port', String(ports.ui), '--ui-disable-news-fetch', ...codecArguments(options.codecEndpoint)];
  // The write-ahead log more than doubles what a plain SQLite file manages; in memory it means nothing.
  const file = options.dbFile
    ? [
        '--db-filename',
        options.dbFile,
        ...pairs('--sqlite-pragma', { journal_mode: 'wal', synchronous: 'normal' }),
      ]
    : [];
  return [
    ...['server', 'start-dev', '--ip', HOST, '--namespace', namespace, '--log-level', 'warn'],
    ...[
      '--port',
      String(ports.grpc),
      '--http-port',
      String(ports.http),
      '--metrics-port',
      String(ports.metrics),
    ],
    ...web,
    ...file,
    ...pairs('--search-attribute', options.searchAttributes),
    ...pairs('--dynamic-config-value', Object.fromEntries(settings) as Record<string, string>),
  ];
}

function codecArguments(endpoint: string | undefined): string[] {
  return endpoint ? ['--ui-codec-endpoint', endpoint] : [];
}
