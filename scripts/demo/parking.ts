import type { LocalWorld } from '../local/world.js';
import type { Stage } from './stage.js';

/** Makes sure that one bill waits for a person, so that there is something to try the remedies on. */
export async function parkOne(stage: Stage): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const billId = `try-${attempt}`;
    const settled = await stage.billing.isSettled(stage.ref(billId));
    if (settled === true) continue;
    if (settled === undefined) {
      const { settings } = (await stage.api('GET', `/v1/firms/${stage.firm.firmId}`)) as {
        settings: { prefix: string };
      };
      await stage.takeNumber(`${settings.prefix}${billId}`);
      await stage.billing.syncBill(stage.bill(billId));
    }
    await stage.parked(billId);
    return billId;
  }
}

/** The addresses, and the three ways to fix the bill that waits. */
export function waysToFix(world: LocalWorld, stage: Stage, billId: string): string {
  const { workflowId } = stage.handle(billId);
  const { address, namespace, uiUrl = '' } = world.temporal;
  const page = `${uiUrl}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`;
  const message = `{"action":"renumber","number":"${billId}-b","by":"me"}`;
  const env = ['TEMPORAL_ADDRESS', 'COUNTERFOIL_PAYLOAD_KEYS', 'COUNTERFOIL_SYNC_QUEUE', 'DATABASE_URL'];
  return `
Everything is up:
  Temporal UI   ${uiUrl}
  Temporal      ${address}
  our server    ${world.serverUrl}   (API token ${world.env.COUNTERFOIL_API_TOKEN ?? ''})
  simulator     ${world.simulatorUrl}   (GET /_control/companies/${stage.qbo.realm}/Invoice shows the invoices)
  logs          ${world.logs}

Bill ${billId} waits for a person: its number is taken in QuickBooks. Fix it in one of three ways.

1. In the Temporal UI: open ${page}
   read "Current Details" on the tab "User Metadata", then More Actions > Send an Update > remediate, and paste
   ${message}

2. With the temporal CLI:
   temporal workflow update execute --address ${address} --workflow-id ${workflowId} \\
     --name remediate --input '${message}'

3. With our script:
   ${env.map((name) => `${name}='${world.env[name] ?? ''}'`).join(' ')} \\
     npm run send-remedy -- --firm ${stage.firm.firmId} --id ${billId} --action renumber --number ${billId}-b --by me

Ctrl-C stops everything; the next "npm run demo" goes on from here, "npm run demo -- --fresh" begins anew.
`;
}
