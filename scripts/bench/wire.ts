import { subscribe, unsubscribe } from 'node:diagnostics_channel';

export interface Wire {
  /** Milliseconds that calls to QuickBooks took since this was asked last, first byte out to last byte in. */
  takeMs(): number;
  stop(): void;
}

interface Message {
  request: { origin: unknown; path: string };
}

const BEGUN = 'undici:request:create';
const ENDED = ['undici:request:trailers', 'undici:request:error'];

/** Hears of every call of this process to the company data at `origin` from Node's own fetch, and wraps nothing. */
export function listenToQuickBooks(origin: string): Wire {
  const begunAt = new WeakMap<object, number>();
  let tookMs = 0;
  const begin = (message: unknown) => {
    const { request } = message as Message;
    if (request.origin === origin && request.path.startsWith('/v3/')) begunAt.set(request, performance.now());
  };
  const end = (message: unknown) => {
    const { request } = message as Message;
    const at = begunAt.get(request);
    if (at !== undefined) tookMs += performance.now() - at;
    begunAt.delete(request);
  };
  subscribe(BEGUN, begin);
  for (const name of ENDED) subscribe(name, end);
  return {
    takeMs() {
      const taken = tookMs;
      tookMs = 0;
      return taken;
    },
    stop() {
      unsubscribe(BEGUN, begin);
      for (const name of ENDED) unsubscribe(name, end);
    },
  };
}
