import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BillSnapshot } from '../../src/domain/bill.js';
import { billingApp, type BillingApp } from '../support/billing-app.js';
import { aBill, expenseLine } from '../support/builder.js';
import { runScript } from '../support/script.js';
import { createWorld, type TestFirm, type World } from '../support/world.js';

let world: World;
let firm: TestFirm;
let app: BillingApp;
let folder: string;
beforeAll(async () => {
  world = await createWorld();
  firm = await world.firm();
  app = billingApp(world, () => firm);
  folder = await mkdtemp(join(tmpdir(), 'counterfoil-preview-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await world.close();
});

async function preview(over: Partial<BillSnapshot>, ...args: string[]) {
  const file = join(folder, 'bill.json');
  await writeFile(file, JSON.stringify(aBill({ firmId: firm.firmId, number: 'B1', ...over })));
  return await runScript(world.env, 'preview', '--file', file, ...args);
}

test('a bill that is new would make its client and an invoice, and makes nothing', async () => {
  const before = await firm.qbo.counts();
  const { code, stdout } = await preview({ lines: [expenseLine({ amountCents: 10_000 })] });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^first +contact\/C1\/customer\ncreate +invoice B1 +2026-11-10 +100\.00\n/);
  expect(stdout).toMatch(/debit +receivable, customer contact\/C1\/customer +100\.00\n/);
  expect(stdout).toMatch(/credit +income of item \d+ +100\.00\n$/);
  expect((await firm.qbo.counts()).calls).toBe(before.calls);
});

test('a bill that is there would be changed, by the difference', async () => {
  await app.send({ billId: 'B1', lines: [expenseLine({ amountCents: 10_000 })] });
  expect((await preview({ lines: [expenseLine({ amountCents: 10_000 })] })).stdout).toBe(
    'Nothing: QuickBooks has it already.\n',
  );
  const { stdout } = await preview({ lines: [expenseLine({ amountCents: 9000 })] }, '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    documents: [{ action: 'update', cents: 9000, entries: [{ cents: -1000 }, { cents: 1000 }] }],
  });
  expect((await preview({ lines: [] })).stdout).toMatch(/^Then it would need a person: .* \(no-lines\)\.\n$/);
});

test('a bill of a firm that nobody knows is refused', async () => {
  const { code, stderr } = await preview({ firmId: 'nobody' });
  expect([code, stderr]).toEqual([1, 'There is no firm "nobody".\n']);
});
