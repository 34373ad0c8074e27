import { startProcess, type LocalProcess, type ProcessOptions } from './process.js';
import { isTemporalReady, type SearchAttributeTypes } from './temporal-readiness.js';

export interface TemporalServer {
  /** `host:port` of the gRPC frontend. */
  address: string;
  uiUrl?: string;
  namespace: string;
  /** Another one after `restart()`. */
  readonly pid: number;
  /** In good order. */
  stop(): Promise<void>;
  /** As in a crash. */
  kill(): Promise<void>;
  /** Starts it again on the same ports and database, stopping it first if need be. */
  restart(): Promise<void>;
}

export interface TemporalPlace {
  address: string;
  namespace: string;
  uiUrl?: string;
}

/** Starts a Temporal server as one process and returns when `namespace` and `searchAttributes` can be used. */
export async function startTemporalProcess(
  place: TemporalPlace,
  searchAttributes: SearchAttributeTypes,
  options: Omit<ProcessOptions, 'isReady'>,
): Promise<TemporalServer> {
  let additions = 0;
  const noteAddition = () => {
    additions += 1;
  };
  const server: LocalProcess = await startProcess({
    ...options,
    isReady: () => isTemporalReady(place.address, place.namespace, searchAttributes, noteAddition),
  });
  // Each service inside the server reads namespaces every ten seconds only, and until then refuses a search
  // attribute that others already list. One that has just started has read them.
  if (additions > 0) await server.restart();
  return {
    ...place,
    get pid() {
      return server.pid;
    },
    stop: () => server.stop(),
    kill: () => server.kill(),
    restart: () => server.restart(),
  };
}
