import { dueOn, jurisdictionOf } from '../../src/domain/trust/jurisdiction.js';
import type { Difference } from '../../src/domain/trust/reconciliation/difference.js';
import type { MatterFigure } from '../../src/domain/trust/reconciliation/matter.js';
import type { Reconciliation } from '../../src/domain/trust/reconciliation/reconcile.js';
import type { KeptReconciliation } from '../../src/domain/trust/reconciliation/report.js';

const typed: Difference = {
  kind: 'foreign',
  on: '2026-11-15',
  entry: { qboId: '901', type: 'Journal Entry', number: 'BK-1', memo: 'courier' },
  text: 'Journal Entry BK-1 of 2026-11-15 (courier) was not made here: bank -50.01.',
  effects: [
    { on: '2026-11-15', measure: 'bank', cents: -5_001 },
    { on: '2026-11-15', measure: 'customer/7', cents: -5_002 },
  ],
};

/** One in which every table has a row, and every figure is another one. */
export const aResult = (over: Partial<Reconciliation> = {}): Reconciliation => ({
  accountId: 'IOLTA',
  on: '2026-11-30',
  agrees: false,
  ledgerCents: 123_456,
  onTheWayCents: 700,
  bookBankCents: 117_755,
  bookOwedCents: 117_754,
  bank: { statementCents: 143_457, unclearedCents: -20_001, adjustedCents: 123_456 },
  parting: { on: '2026-11-15', offBy: { bank: -5_001, 'customer/7': -5_002 }, by: [typed] },
  differences: [
    { kind: 'on-the-way', on: '2026-11-14', trustTransactionId: 'T9', text: 'Our T9 is late.', effects: [] },
    typed,
  ],
  matters: [
    { clientId: 'C1', matterId: 'M1', ledgerCents: 124_456, booksCents: 123_756 },
    { clientId: 'C2', matterId: 'M2', ledgerCents: -1_000, booksCents: -1_003 },
  ],
  customers: [{ customerId: '7', name: 'Ada Lovelace', ledgerCents: 122_756, booksCents: 117_754 }],
  overdrawn: [{ clientId: 'C2', matterId: 'M2', ledgerCents: -1_000, booksCents: -1_003 }],
  belowZero: [{ customerId: '8', name: 'Bob Cratchit', on: '2026-11-17', cents: -1_004, by: ['Check 12'] }],
  ...over,
});

export const manyMatters = (count: number): MatterFigure[] =>
  Array.from({ length: count }, (_, index) => ({
    clientId: `C${index}`,
    matterId: `M${index}`,
    ledgerCents: index,
    booksCents: index,
  }));

export const aKeptReconciliation = (
  result: Reconciliation = aResult(),
  over: Partial<KeptReconciliation['record']> = {},
): KeptReconciliation => {
  const jurisdiction = jurisdictionOf('ontario');
  const due = dueOn(jurisdiction, result.on);
  return {
    firm: { firmId: 'hale', name: 'Hale & Partners' },
    accountName: 'Trust account',
    record: {
      reconciliationId: 'R-0001',
      statement: {
        balanceCents: 143_457,
        uncleared: [{ cents: -20_001, trustTransactionId: 'D1', description: 'to the court, by post' }],
      },
      journalMark: '120:3fa9',
      madeAt: new Date('2026-12-01T10:00:00Z'),
      madeBy: 'kim',
      signedBy: 'pat',
      signedAt: new Date('2026-12-02T11:30:00Z'),
      note: 'The courier is put right tomorrow.',
      ...over,
    },
    result,
    jurisdiction,
    ...(due !== undefined && { dueOn: due }),
  };
};
