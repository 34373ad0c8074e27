import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Service {
  image: string;
  command?: string[];
  build?: { context: string };
  environment?: Record<string, string | number | null>;
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  ports?: string[];
  profiles?: string[];
  security_opt?: string[];
  privileged?: boolean;
  network_mode?: string;
  pid?: string;
  stop_grace_period?: string;
  restart?: string;
}

export interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
}

/** The project's folder, as an absolute path that ends in a slash. */
export const ROOT = new URL('../../', import.meta.url);

export const readText = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

/** With anchors and merges resolved, as `docker compose` reads it before it fills in variables. */
export const readCompose = (): Compose => parse(readText('docker-compose.yml'), { merge: true }) as Compose;

/** The services that run our own image. */
export const ourServices = (compose: Compose): [string, Service][] =>
  Object.entries(compose.services).filter(([, service]) => service.build !== undefined);

export interface Reference {
  readonly name: string;
  /** What stands after `:-`. */
  readonly fallback?: string;
  readonly isRequired: boolean;
}

const REFERENCE = /\$\{(\w+)(?::([-?])([^}]*))?\}/g;

export const references = (text: string): Reference[] =>
  [...text.matchAll(REFERENCE)].map(([, name = '', kind, rest = '']) => ({
    name,
    isRequired: kind === '?',
    ...(kind === '-' && { fallback: rest }),
  }));

/** Fills in `${NAME}`, `${NAME:-fallback}` and `${NAME:?message}`. Throws where a required one has no value. */
export function interpolate(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(REFERENCE, (_, name: string, kind?: string, rest?: string) => {
    const value = env[name] ?? '';
    if (value !== '') return value;
    if (kind === '?') throw new Error(`${name}: ${rest ?? 'is missing'}`);
    return kind === '-' ? (rest ?? '') : '';
  });
}

/** What a container of this service finds in its environment. One without a value is passed on from `env`. */
export function containerEnvironment(
  service: Service,
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(service.environment ?? {}).flatMap(([name, value]): [string, string][] => {
      if (value !== null) return [[name, interpolate(String(value), env)]];
      return env[name] === undefined ? [] : [[name, env[name]]];
    }),
  );
}

/** `.env.example` as it stands, or with the lines of the simulator taken in. */
export function exampleEnvironment(options: { simulator: boolean }): Record<string, string> {
  const lines = readText('.env.example').split('\n');
  const taken = options.simulator ? lines.map((line) => line.replace(/^# (QBO_\w+=)/, '$1')) : lines;
  const pairs = taken.map((line) => /^(\w+)=(.*)$/.exec(line)).filter((hit) => hit !== null);
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value]));
}
