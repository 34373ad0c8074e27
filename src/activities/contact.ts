import type { AggregateRef } from '../domain/aggregate.js';
import { planContact, type ContactSnapshot } from '../domain/contact.js';
import type { Incoming, Next } from '../domain/progress.js';
import type { BillSnapshot } from '../domain/bill.js';
import { matterName } from '../domain/customer-name.js';
import { matterKey } from '../domain/document.js';
import { acceptContact, clientOnRecord, lockContactFacts, saveContact } from '../db/contact.js';
import { forgetRemoved, recheckRemoved } from '../db/document.js';
import { parseContact } from '../snapshot/contact.js';
import { signalWithStart } from '../start.js';
import { syncContact } from '../workflows/messages.js';
import { advance } from './advance.js';
import { begin, type BeginInput } from './begin.js';
import type { Deps } from './deps.js';
import type { AdvanceInput, AggregatePort } from './port.js';
import { write } from './write.js';

const refOf = ({ firmId, id }: AdvanceInput): AggregateRef => ({ firmId, type: 'contact', id });

export const contactPort: AggregatePort<ContactSnapshot> = {
  documentType: 'customer',
  remedies: ['retry', 'adopt', 'reactivate', 'recreate', 'resync'],

  parse(snapshot, ref) {
    const contact = parseContact(snapshot);
    if (contact.clientId === ref.id) return contact;
    throw new Error(`This snapshot is of client ${contact.clientId}, not of ${ref.id}.`);
  },

  accept: (db, { firmId }, snapshot) => acceptContact(db, firmId, snapshot),

  async plan(db, { firmId, id }) {
    const facts = await lockContactFacts(db, firmId, id);
    return facts && planContact(facts);
  },

  async remedy(db, ref, { action }) {
    if (action === 'recreate') await forgetRemoved(db, ref);
    if (action === 'retry') await recheckRemoved(db, ref);
  },

  save: (db, { firmId, id }, state) => saveContact(db, firmId, id, { state }),

  async name(db, { firmId, id }) {
    const facts = await lockContactFacts(db, firmId, id);
    const name = facts?.desired.name ?? id;
    return { document: `${facts?.desired.payee ? 'payee' : 'client'} ${name}`, client: name };
  },
};

/** A client is brought to QuickBooks by its own workflow, once for all of its bills and payments. */
export async function wakeClient(
  { workflows, syncQueue }: Pick<Deps, 'workflows' | 'syncQueue'>,
  firmId: string,
  client: ContactSnapshot,
): Promise<void> {
  await signalWithStart(workflows, syncQueue, {
    ref: { firmId, type: 'contact', id: client.clientId },
    signal: syncContact,
    message: client,
    summary: `${client.payee ? 'Payee' : 'Client'} ${client.clientId}`,
  });
}

/**
 * A bill or payment that says something newer of its client, or of a matter that has a customer of its own, has it
 * brought up to date beside it and does not wait for that; one that waits for its client has woken it already.
 */
export async function wakeClientIfBehind(
  deps: Deps,
  firmId: string,
  { client, matters = [] }: { client: ContactSnapshot; matters?: BillSnapshot['matters'] },
  next: Next,
): Promise<void> {
  if (next.do === 'wait' && next.on.startsWith('contact/')) return;
  const { clientId, version } = client;
  const known = await clientOnRecord(deps.db, firmId, clientId);
  const isRenamed = Object.entries(known.matters).some(([key, { name, currency }]) => {
    const matter = matters.find(({ matterId }) => matterKey(clientId, matterId, currency) === key);
    return matter !== undefined && matterName(matter, currency) !== name;
  });
  if (known.version < version || isRenamed) await wakeClient(deps, firmId, client);
}

export const beginContact = (deps: Deps, input: BeginInput<ContactSnapshot>): Promise<Next> =>
  begin(deps, contactPort, refOf(input), input);

export const advanceContact = (
  deps: Deps,
  input: AdvanceInput & { incoming: Incoming<ContactSnapshot> },
): Promise<Next> => advance(deps, contactPort, refOf(input), input);

export const writeContact = (deps: Deps, input: AdvanceInput): Promise<Next> =>
  write(deps, contactPort, refOf(input), input);
