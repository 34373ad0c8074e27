import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Simulator, startSimulator } from '../../src/simulator/server.js';

/** A QuickBooks to put the questions to, and how to get in. */
export interface Target {
  readonly name: 'simulator' | 'sandbox';
  readonly apiUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly realm: string;
  readonly refreshToken: string;
  /** Keeps the refresh token that replaced the given one. */
  keep(refreshToken: string): void;
  /** Closes the books as a person would on the screen, or opens them again; only the simulator has such a hand. */
  closeBooks?(date: string | null): Promise<void>;
  close(): Promise<void>;
}

const REALM = '9130357849300000';

function ofSimulator(simulator: Simulator): Target {
  return {
    name: 'simulator',
    apiUrl: simulator.url,
    tokenUrl: `${simulator.url}/oauth2/v1/tokens/bearer`,
    clientId: 'test-client',
    clientSecret: 'test-secret',
    realm: REALM,
    refreshToken: 'test-refresh-token',
    keep: () => undefined,
    async closeBooks(date) {
      const body = JSON.stringify({ AccountingInfoPrefs: { BookCloseDate: date } });
      await fetch(`${simulator.url}/_control/companies/${REALM}/preferences`, { method: 'POST', body });
    },
    close: () => simulator.close(),
  };
}

const VARIABLES = [
  'QBO_SANDBOX_CLIENT_ID',
  'QBO_SANDBOX_CLIENT_SECRET',
  'QBO_SANDBOX_REFRESH_TOKEN',
  'QBO_SANDBOX_REALM_ID',
] as const;

const MEMORY = join(import.meta.dirname, '../../.counterfoil/sandbox-refresh-token.json');

interface Memory {
  /** The hash of the token that was given in the environment, so that a newly given one wins. */
  readonly given: string;
  readonly newest: string;
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The service replaces a refresh token from time to time, and the one in the environment is then worth nothing. */
function newest(given: string): string {
  if (!existsSync(MEMORY)) return given;
  const memory = JSON.parse(readFileSync(MEMORY, 'utf8')) as Memory;
  return memory.given === hash(given) ? memory.newest : given;
}

function ofSandbox([clientId, clientSecret, given, realm]: readonly string[]): Target {
  return {
    name: 'sandbox',
    apiUrl: 'https://sandbox-quickbooks.api.intuit.com',
    tokenUrl: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
    clientId: clientId!,
    clientSecret: clientSecret!,
    realm: realm!,
    refreshToken: newest(given!),
    keep(refreshToken) {
      mkdirSync(dirname(MEMORY), { recursive: true });
      const memory: Memory = { given: hash(given!), newest: refreshToken };
      writeFileSync(MEMORY, JSON.stringify(memory), { mode: 0o600 });
    },
    close: () => Promise.resolve(),
  };
}

type Opening = readonly [name: Target['name'], open: () => Promise<Target>];

/** The simulator always, and Intuit's sandbox where all of its variables are set. */
export function targets(): Opening[] {
  const values = VARIABLES.map((name) => process.env[name] ?? '');
  const simulator: Opening = [
    'simulator',
    async () => ofSimulator(await startSimulator({ seed: 'sandbox' })),
  ];
  if (values.includes('')) return [simulator];
  return [simulator, ['sandbox', () => Promise.resolve(ofSandbox(values))]];
}
