import type { Holder } from '../../trust-account.js';

export interface MatterFigure extends Holder {
  /** All that was accepted for days up to this one. */
  ledgerCents: number;
  /** What of it QuickBooks has, by what we posted there. */
  booksCents: number;
}

export const ledgerId = ({ clientId, matterId }: Holder): string => `${clientId}/${matterId}`;

/** Sums by matter: what our ledger says, and how far QuickBooks is off it. */
export class MatterSums {
  private readonly figures = new Map<string, MatterFigure>();

  add({ clientId, matterId, cents }: Holder & { cents: number }): void {
    const figure = this.of({ clientId, matterId });
    figure.ledgerCents += cents;
    figure.booksCents += cents;
  }

  /** Ids hold no slash, so the pair can be read back. */
  addToBooks(id: string, cents: number): void {
    const [clientId = '', matterId = ''] = id.split('/');
    this.of({ clientId, matterId }).booksCents += cents;
  }

  list(): MatterFigure[] {
    return [...this.figures].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, figure]) => figure);
  }

  private of(holder: Holder): MatterFigure {
    const id = ledgerId(holder);
    const known = this.figures.get(id);
    if (known) return known;
    const figure = { ...holder, ledgerCents: 0, booksCents: 0 };
    this.figures.set(id, figure);
    return figure;
  }
}
