import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { remediesPage } from '../../../scripts/remedies-doc.js';
import { FAULT_ENTRIES } from '../../../src/domain/fault/catalogue.js';

const written = readFileSync(new URL('../../../docs/remedies.md', import.meta.url), 'utf8');

describe('docs/remedies.md', () => {
  it('is what the catalogue says now (npx tsx scripts/remedies-doc.ts writes it)', async () => {
    expect(written).toBe(await remediesPage());
  });

  it('has an anchor for every entry, and none twice', () => {
    const anchors = [...written.matchAll(/<a id="([^"]+)">/g)].map((hit) => hit[1]);
    expect(anchors).toEqual(FAULT_ENTRIES.map((entry) => entry.key));
  });

  it('has no link into nowhere', () => {
    const anchors = new Set(FAULT_ENTRIES.map((entry) => entry.key));
    const broken = [...written.matchAll(/\]\(#([^)]+)\)/g)].filter((hit) => !anchors.has(hit[1] ?? ''));
    expect(broken.map((hit) => hit[1])).toEqual([]);
  });
});
