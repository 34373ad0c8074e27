const HOUR_MS = 3_600_000;

/** The second Sunday of March and the first of November, 2 a.m. local: daylight time lies between. */
function isDaylightTime(nowMs: number): boolean {
  const year = new Date(nowMs - 8 * HOUR_MS).getUTCFullYear();
  const march = new Date(Date.UTC(year, 2, 1)).getUTCDay();
  const november = new Date(Date.UTC(year, 10, 1)).getUTCDay();
  const startsMs = Date.UTC(year, 2, 1 + ((7 - march) % 7) + 7, 10);
  const endsMs = Date.UTC(year, 10, 1 + ((7 - november) % 7), 9);
  return nowMs >= startsMs && nowMs < endsMs;
}

let knownHour = Number.NaN;
let knownOffset = 8;

/** Hours behind Greenwich. They change on the hour only, and everything that happens asks for them. */
function offsetHours(nowMs: number): number {
  const hour = Math.floor(nowMs / HOUR_MS);
  if (hour !== knownHour) {
    knownOffset = isDaylightTime(nowMs) ? 7 : 8;
    knownHour = hour;
  }
  return knownOffset;
}

function pacific(nowMs: number): { local: string; offset: string } {
  const hours = offsetHours(nowMs);
  const local = new Date(nowMs - hours * HOUR_MS).toISOString();
  return { local: local.slice(0, -1), offset: `-0${hours}:00` };
}

let knownSecond = Number.NaN;
let knownText = '';

/** To the second, in Pacific time whatever the company's zone: the form of `MetaData`. */
export function formatSecond(nowMs: number): string {
  const second = Math.floor(nowMs / 1000);
  if (second !== knownSecond) {
    const { local, offset } = pacific(nowMs);
    knownText = local.slice(0, 19) + offset;
    knownSecond = second;
  }
  return knownText;
}

/** With as many fraction digits as are not zero: the form of an envelope's `time`. */
export function formatInstant(nowMs: number): string {
  const { local, offset } = pacific(nowMs);
  const fraction = local.slice(19).replace(/\.?0+$/, '');
  return local.slice(0, 19) + fraction + offset;
}

export function formatDate(nowMs: number): string {
  return formatSecond(nowMs).slice(0, 10);
}

/** Adds whole days to a `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  const startsMs = Date.UTC(
    Number(date.slice(0, 4)),
    Number(date.slice(5, 7)) - 1,
    Number(date.slice(8, 10)),
  );
  return new Date(startsMs + days * 24 * HOUR_MS).toISOString().slice(0, 10);
}

export interface ClockState {
  readonly offsetMs: number;
  readonly frozenMs: number | null;
}

/** The simulator's own time: real time, shifted, or standing still at an instant. */
export class Clock {
  private offsetMs = 0;
  private frozenMs: number | undefined;

  now(): number {
    return this.frozenMs ?? Date.now() + this.offsetMs;
  }

  set(nowMs: number): void {
    this.frozenMs = undefined;
    this.offsetMs = nowMs - Date.now();
  }

  freeze(nowMs: number): void {
    this.frozenMs = nowMs;
  }

  advance(byMs: number): void {
    if (this.frozenMs === undefined) this.offsetMs += byMs;
    else this.frozenMs += byMs;
  }

  reset(): void {
    this.load({ offsetMs: 0, frozenMs: null });
  }

  save(): ClockState {
    return { offsetMs: this.offsetMs, frozenMs: this.frozenMs ?? null };
  }

  load(state: ClockState): void {
    this.offsetMs = state.offsetMs;
    this.frozenMs = state.frozenMs ?? undefined;
  }
}
