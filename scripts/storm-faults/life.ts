import type { BillSnapshot } from '../../src/domain/bill.js';
import type { AggregateRef } from '../../src/domain/aggregate.js';
import type { ConnectedFirm } from '../local/office.js';

/** One bill of a fault storm: what the billing app wants of it, and what may be shown about it. */
export interface Life {
  firm: ConnectedFirm;
  ref: AggregateRef;
  /** As it shall be, of the version that was sent last. */
  right: BillSnapshot;
  /** Causes that people may be shown at this time. */
  mayShow: Set<string>;
  /** Numbers that the billing app or a person has given it. */
  numbers: Set<string>;
  /** A person keeps it out of QuickBooks. */
  isExcluded: boolean;
}

const BILLS_PER_CLIENT = 4;

export function newLife(firm: ConnectedFirm, index: number): Life {
  const billId = `F${index + 1}`;
  const clientId = `C${Math.floor(index / BILLS_PER_CLIENT) + 1}`;
  const { firmId } = firm;
  return {
    firm,
    ref: { firmId, type: 'bill', id: billId },
    right: {
      firmId,
      billId,
      version: 0,
      state: 'approved',
      number: billId,
      issuedOn: '2026-11-10',
      dueOn: '2026-12-10',
      client: { clientId, version: 1, name: `Client ${clientId}` },
      matters: [{ matterId: 'M1', number: '2026-017', description: 'Engine dispute' }],
      lines: [],
    },
    mayShow: new Set(),
    numbers: new Set([billId]),
    isExcluded: false,
  };
}

/** The next version, of another amount, so that there is something to write. */
export function nextVersion(life: Life): BillSnapshot {
  const { right } = life;
  const version = right.version + 1;
  const line = { kind: 'expense', description: `Work ${version}`, date: right.issuedOn } as const;
  life.right = { ...right, version, lines: [{ ...line, amountCents: 10_000 + version }] };
  return life.right;
}

export const centsOf = ({ lines }: BillSnapshot): number =>
  lines.reduce((sum, { amountCents }) => sum + amountCents, 0);
