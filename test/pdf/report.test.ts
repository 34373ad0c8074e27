import { describe, expect, test } from 'vitest';
import { formatCents } from '../../src/domain/money.js';
import {
  reconciliationReport,
  type KeptReconciliation,
} from '../../src/domain/trust/reconciliation/report.js';
import { reportPdf } from '../../src/pdf/report.js';
import { aKeptReconciliation, aResult, manyMatters } from '../support/kept-reconciliation.js';
import { pdfPages } from '../support/pdf-text.js';

/** Of this process alone, whatever else the machine does. */
const MOST_MS = 2_000;
const print = async (kept: KeptReconciliation) => await reportPdf(reconciliationReport(kept));
const pagesOf = async (kept: KeptReconciliation) => pdfPages(await print(kept));

describe('the report of a reconciliation, as PDF', () => {
  test('has every cell of every table, and amounts as people write them', async () => {
    const kept = aKeptReconciliation();
    const bytes = await print(kept);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const texts = pdfPages(bytes).flat();
    const run = texts.join(' ');
    for (const { title, rows, total } of reconciliationReport(kept).tables) {
      expect(run).toContain(title);
      for (const cell of [...rows, total ?? []].flat()) {
        if (typeof cell !== 'string') expect(texts).toContain(formatCents(cell.cents));
        else for (const word of cell.split(' ')) expect(run).toContain(word);
      }
    }
    expect(run).toContain('Page 1 of 2');
  });

  test('is the same to the byte when it is made again, and dated by the record', async () => {
    const one = await print(aKeptReconciliation());
    expect(one.equals(await print(aKeptReconciliation()))).toBe(true);
    const raw = one.toString('latin1');
    expect(raw).toContain('(D:20261201100000Z)');
    expect(raw).toContain('(D:20261202113000Z)');
  });

  test('goes over pages with 2,000 matters, with its heads and its number on each, in time', async () => {
    const matters = manyMatters(2_000);
    const before = process.cpuUsage();
    const bytes = await print(aKeptReconciliation(aResult({ matters })));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(MOST_MS);
    const pages = pdfPages(bytes);
    expect(pages.length).toBeGreaterThan(25);
    pages.forEach((texts, index) => expect(texts).toContain(`Page ${index + 1} of ${pages.length}`));
    for (const texts of pages.slice(3)) expect(texts.slice(0, 3)).toEqual(['client', 'matter', 'our ledger']);
    const shown = new Set(pages.flat());
    expect(matters.filter(({ matterId }) => !shown.has(matterId))).toEqual([]);
    expect(pages.at(-1)).toContain('total');
    expect(pages.at(-1)).toContain(formatCents((2_000 * 1_999) / 2));
  });

  test('cuts a row that is longer than a page, and loses none of its words', async () => {
    const note = Array.from({ length: 1_500 }, (_, index) => `word${index}`).join(' ');
    const pages = await pagesOf(aKeptReconciliation(aResult(), { note }));
    const words = new Set(pages.flat().join(' ').split(' '));
    expect(note.split(' ').filter((word) => !words.has(word))).toEqual([]);
    expect(pages.length).toBeGreaterThan(3);
  });

  test('keeps a word in its column that is wider than that', async () => {
    const pages = await pagesOf(aKeptReconciliation(aResult(), { journalMark: `7:${'3f'.repeat(200)}` }));
    const parts = pages.flat().filter((text) => /^(7:)?(3f){20,}$/.test(text));
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.join('')).toBe(`7:${'3f'.repeat(200)}`);
  });
});

describe('letters', () => {
  const named = (name: string) =>
    aKeptReconciliation(aResult({ customers: [{ customerId: '7', name, ledgerCents: 1, booksCents: 1 }] }));
  const LACKING = /Letters that this font lacks/;

  test('that the font has stand as they are', async () => {
    const name = 'Zoë Žižka, “€5” – naïve';
    const texts = (await pagesOf(named(name))).flat();
    expect(texts).toContain(name);
    expect(texts.join(' ')).not.toMatch(LACKING);
    expect((await pagesOf(named('Zoe\u0308'))).flat()).toContain('Zoë');
  });

  test.each([
    ['Łukasz', '[U+0141]ukasz'],
    ['张三', '[U+5F20][U+4E09]'],
    ['soft\u00adly', 'soft[U+00AD]ly'],
    ['a\u0000b', 'a[U+0000]b'],
    ['😀', '[U+1F600]'],
  ])('that it lacks stand as their number: %j', async (name, shown) => {
    const texts = (await pagesOf(named(name))).flat();
    expect(texts).toContain(shown);
    expect(texts.join(' ')).toMatch(LACKING);
  });
});
