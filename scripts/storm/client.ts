import type { ContactSnapshot } from '../../src/domain/contact.js';

/** The clients of all firms as the billing app knows them; their bills share them. */
export class Clients {
  readonly #versions = new Map<string, number>();

  /** As it is called now; with another name from now on where that is wanted. */
  named(firmId: string, client: number, renamed: boolean): ContactSnapshot {
    const clientId = `C${client}`;
    const key = `${firmId}/${clientId}`;
    const version = (this.#versions.get(key) ?? 1) + (renamed ? 1 : 0);
    this.#versions.set(key, version);
    return { clientId, version, name: nameOf(clientId, version) };
  }

  /** How often each has been called something, by client. */
  versionsOf(firmId: string): Map<string, number> {
    const versions = new Map<string, number>();
    for (const [key, version] of this.#versions) {
      const [firm, clientId = ''] = key.split('/');
      if (firm === firmId) versions.set(clientId, version);
    }
    return versions;
  }
}

export const nameOf = (clientId: string, version: number): string =>
  version === 1 ? `Client ${clientId}` : `Client ${clientId}, called anew ${version - 1}`;
