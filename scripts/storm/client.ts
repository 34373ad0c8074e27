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

  /** The names that QuickBooks shall have in the end, by client. */
  namesOf(firmId: string): Map<string, string> {
    const names = new Map<string, string>();
    for (const [key, version] of this.#versions) {
      const [firm, clientId = ''] = key.split('/');
      if (firm === firmId) names.set(clientId, nameOf(clientId, version));
    }
    return names;
  }
}

const nameOf = (clientId: string, version: number): string =>
  version === 1 ? `Client ${clientId}` : `Client ${clientId}, called anew ${version - 1}`;
