import { describe, expect, test } from 'vitest';
import { reportCsv } from '../../../src/domain/report.js';
import {
  reconciliationReport,
  type KeptReconciliation,
} from '../../../src/domain/trust/reconciliation/report.js';
import { aKeptReconciliation, aResult } from '../../support/kept-reconciliation.js';

const rowsOf = (kept: KeptReconciliation): string[] =>
  reportCsv(reconciliationReport(kept)).split('\r\n').slice(0, -1);

/** Without the empty cells at its end. */
const section = (kept: KeptReconciliation, key: string): string[] =>
  rowsOf(kept)
    .filter((row) => row.startsWith(`${key},`))
    .map((row) => row.slice(key.length + 1).replace(/,+$/, ''));

describe('the report of a reconciliation, as CSV', () => {
  const kept = aKeptReconciliation();

  test('says whose it is, how it came out, who made and signed it, and where the journal ended', () => {
    expect(section(kept, 'about')).toEqual([
      'what,value',
      'firm,Hale & Partners (hale)',
      'trust account,Trust account (IOLTA)',
      'at the end of,2026-11-30',
      'result,DOES NOT AGREE (compared three ways).',
      'first parted on,2026-11-15',
      'made,"2026-12-01 10:00:00 UTC, by kim"',
      'signed off,"2026-12-02 11:30:00 UTC, by pat"',
      'note of who signed,The courier is put right tomorrow.',
      'reconciliation,R-0001',
      'end of the journal,120:3fa9',
    ]);
  });

  test('has the three figures, and how far each is off', () => {
    expect(section(kept, 'figures')).toEqual([
      'side,figure,amount,off our ledger by',
      'bank,balance of the statement,1434.57',
      'bank,uncleared items,-200.01',
      'bank,comes to,1234.56,0.00',
      'our ledger,sum of all matters,1234.56',
      'our ledger,"of it, on the way to QuickBooks",7.00',
      'our ledger,comes to in QuickBooks,1227.56',
      'QuickBooks,bank account,1177.55,-50.01',
      'QuickBooks,liability account,1177.54,-50.02',
    ]);
    expect(section(kept, 'uncleared')[1]).toBe('D1,"to the court, by post",-200.01');
  });

  test('names the day of parting, the entry that did it, and every difference with what it comes to', () => {
    const what =
      'foreign,,Journal Entry BK-1 (901),Journal Entry BK-1 of 2026-11-15 (courier) was not made here: bank -50.01.';
    expect(section(kept, 'parting').slice(1)).toEqual([
      '2026-11-15,bank account,-50.01',
      '2026-11-15,liability to Ada Lovelace,-50.02',
    ]);
    expect(section(kept, 'parted-by').slice(1)).toEqual([`2026-11-15,${what}`]);
    expect(section(kept, 'differences').slice(1)).toEqual([
      '1,2026-11-14,on-the-way,T9,,Our T9 is late.',
      `2,2026-11-15,${what}`,
    ]);
    expect(section(kept, 'effects').slice(1)).toEqual([
      '2,2026-11-15,bank account,-50.01',
      '2,2026-11-15,liability to Ada Lovelace,-50.02',
    ]);
  });

  test('has matters, customers, what is overdrawn and below zero, and no totals to add up twice', () => {
    expect(section(kept, 'matters').slice(1)).toEqual([
      'C1,M1,1244.56,1237.56,-7.00',
      'C2,M2,-10.00,-10.03,-0.03',
    ]);
    expect(section(kept, 'customers').slice(1)).toEqual(['Ada Lovelace,7,1227.56,1177.54,-50.02']);
    expect(section(kept, 'overdrawn').slice(1)).toEqual(['C2,M2,-10.00']);
    expect(section(kept, 'below-zero').slice(1)).toEqual(['Bob Cratchit,8,2026-11-17,-10.04,Check 12']);
  });

  test('shows what the place asks for', () => {
    const rules = section(kept, 'rules');
    expect(rules).toContain('rules of,"Ontario, By-Law 9"');
    expect(rules).toContain('deadline,2026-12-25; holidays are not known to it');
    expect(rules).toContain('years kept,"10, from the end of the fiscal year, and the current one"');
    expect(rules.join()).toContain('who signs off,nobody in particular');
  });

  test('has as many cells in each row', () => {
    const commas = rowsOf(kept).map((row) => row.replaceAll(/"(?:[^"]|"")*"/g, '').split(',').length);
    expect(new Set(commas)).toEqual(new Set([7]));
  });

  test('of two ways says that the bank was not asked, and who has not signed', () => {
    const { bank, parting, ...result } = aResult({ agrees: true, differences: [] });
    const two = aKeptReconciliation(result, { statement: null, signedBy: null, signedAt: null, note: null });
    expect([bank, parting]).not.toContain(undefined);
    expect(section(two, 'about')).toEqual(
      expect.arrayContaining([
        'result,"Agrees, to the cent, two ways; the bank\'s statement was not given."',
        'first parted on,no day',
        'signed off,not yet',
      ]),
    );
    expect(section(two, 'figures')[1]).toBe('bank,no statement was given');
  });
});
