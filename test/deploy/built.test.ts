import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { localEnvironment } from '../../scripts/local/environment.js';
import { findFreePort } from '../../scripts/local/free-port.js';
import { connectFirm, callApi } from '../../scripts/local/office.js';
import { startProcess, type LocalProcess } from '../../scripts/local/process.js';
import { SimulatorControl } from '../../scripts/local/simulator-control.js';
import { aBill } from '../support/builder.js';
import { eventually } from '../support/eventually.js';
import { createDatabase, type NamedDatabase } from '../support/template-database.js';
import { readCompose, ROOT } from './compose.js';

const run = promisify(execFile);
const root = fileURLToPath(ROOT);
const { services } = readCompose();
/** Below the project, where its packages and its module type are found, as in the image. */
const folder = join(root, '.counterfoil', `build-${randomUUID().slice(0, 8)}`);

let database: NamedDatabase;
const processes: LocalProcess[] = [];

/** The command of a service, out of this build. */
function command(service: string): string[] {
  const [, ...args] = services[service]?.command ?? [];
  return args.map((arg) => arg.replace(/^(dist|\/state)\//, `${folder}/`));
}

/** Runs a service by its command and waits for its own health check to say that it is well. */
async function start(service: string, ports: Record<string, number>, env: Record<string, string> = {}) {
  const here = (text: string): string =>
    text.replace(/:(\d+)(?=\/)/, (all, port: string) => (ports[port] ? `:${ports[port]}` : all));
  const check = (services[service]?.healthcheck?.test ?? []).slice(2).map(here);
  const args = command(service).map((arg) => (ports[arg] ? String(ports[arg]) : arg));
  const started = await startProcess({
    name: `the built ${service}`,
    command: process.execPath,
    args,
    env,
    logFile: join(folder, `${service}.log`),
    isReady: async () => (await run(process.execPath, check, { cwd: root })).stderr === '',
    readyTimeoutMs: 90_000,
  });
  processes.push(started);
}

beforeAll(async () => {
  database = await createDatabase(inject('postgres').url, 'built', 'template1');
  await run('npm', ['run', 'build', '--', '--outDir', folder], { cwd: root });
}, 300_000);

afterAll(async () => {
  for (const each of processes.reverse()) await each.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('what is built migrates, starts, says that it is well, and brings a bill to QuickBooks', async () => {
  const simulatorPort = await findFreePort();
  const httpPort = await findFreePort();
  const metricsPort = await findFreePort();
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
  const env: Record<string, string> = {
    ...localEnvironment({
      databaseUrl: database.url,
      temporal: inject('temporal'),
      simulatorUrl,
      suffix: `-${randomUUID().slice(0, 8)}`,
      httpPort,
    }),
    COUNTERFOIL_METRICS_ADDRESS: `127.0.0.1:${metricsPort}`,
  };
  const migrate = () =>
    run(process.execPath, command('migrate'), { env: { PATH: '', DATABASE_URL: database.url } });
  expect((await migrate()).stdout).toMatch(/^Applied: .*-init/);
  expect((await migrate()).stdout).toMatch(/^Already/);

  await start('simulator', { 8090: simulatorPort });
  await start('server', { 8080: httpPort }, env);
  await start('worker', { 9464: metricsPort }, env);

  const office = { serverUrl: `http://127.0.0.1:${httpPort}`, apiToken: env['COUNTERFOIL_API_TOKEN']! };
  const qbo = new SimulatorControl(simulatorUrl, '9130000000000042');
  await qbo.createCompany();
  const { firmId } = await connectFirm({ ...office, qbo }, 'firm-built', { prefix: 'CF-' });
  await callApi(office, 'POST', '/v1/bills', aBill({ firmId }));
  await eventually(async () => {
    expect((await qbo.objects('Invoice')).map(({ DocNumber }) => DocNumber)).toEqual(['CF-1042']);
  }, 60_000);
}, 300_000);
