import { addDays } from '../../src/domain/day.js';

/** Days of the storm: the accounts start on day 1, and day 20 is over everywhere on earth. */
export class Calendar {
  constructor(private readonly today = new Date().toISOString().slice(0, 10)) {}

  on(day: number): string {
    return addDays(this.today, day - AGO_DAYS);
  }

  /** No day that comes while it is played. */
  get never(): string {
    return this.on(AGO_DAYS + 400);
  }
}

const AGO_DAYS = 30;
