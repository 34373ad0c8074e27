import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench, type Json, at } from './company.js';

let folder: string;
let neighbour: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-start-'));
  neighbour = createServer();
  neighbour.listen(0, '127.0.0.1');
  await once(neighbour, 'listening');
  writeFileSync(join(folder, 'broken'), 'no state\n');
});

afterAll(() => {
  neighbour.close();
  rmSync(folder, { recursive: true });
});

/** Runs the command to its end, which it reaches only where it cannot start. */
async function run(...args: string[]): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/simulator.ts', ...args]);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

describe('the command', () => {
  it('says what it takes', async () => {
    const { code, said } = await run('--help');
    expect(code).toBe(0);
    for (const word of ['--port', '--seed', '--state', '--latency', 'law-firm', 'sandbox'])
      expect(said).toContain(word);
  });

  it.each([
    [['--port', 'eighty'], 'must be a whole number from 0 to 65535'],
    [['--seed', 'weeds'], 'Allowed choices are'],
  ])('refuses %j in one sentence', async (args, sentence) => {
    const { code, said } = await run(...args);
    expect(code).not.toBe(0);
    expect(said).toContain(sentence);
    expect(said).not.toContain('    at ');
  });

  it('says why it cannot start', async () => {
    const { port } = neighbour.address() as { port: number };
    expect(await run('--port', String(port))).toEqual({
      code: 1,
      said: `error: cannot listen on 127.0.0.1:${port}: something else listens there\n`,
    });
    const broken = await run('--port', '0', '--state', join(folder, 'broken'));
    expect(broken.said).toMatch(/^error: .*broken, line 1, is not a simulator's state/);
  });
});

it('the sandbox holds what a developer finds in one', async () => {
  const bench = await Bench.start('sandbox');
  const one = async (statement: string): Promise<Json> =>
    (await bench.query(statement)).json['QueryResponse'] as Json;
  const amy = await one("select * from Customer where DisplayName = 'Amy''s Bird Sanctuary'");
  expect(at(amy, 'Customer.0')).toMatchObject({ Id: '1', Balance: 239 });
  expect(at(await one('select * from Customer'), 'maxResults')).toBe(29);
  expect(await bench.read('Customer', '7')).toMatchObject({ Balance: 0, BalanceWithJobs: 562.5 });
  expect(await bench.read('Account', '33')).toMatchObject({ CurrentBalance: -1602.67 });
  expect(at(await one('select * from RecurringTransaction'), 'RecurringTransaction.0.Bill.TotalAmt')).toBe(
    74.36,
  );
  const made = await bench.make('Customer', { DisplayName: 'Fifty-nine' });
  expect(made['Id']).toBe('59');
  await bench.close();
});
