import { companyRef } from '../../../src/domain/company.js';
import { connectFirm } from '../../../scripts/local/office.js';
import { timeLine } from '../builder.js';
import { bill, send, type CauseStory, type Scene } from '../cause.js';

/** The bill waits, and the company is what needs a person. */
async function stop(scene: Scene, over: Parameters<typeof bill>[0] = {}) {
  await send(scene, bill(over));
  return companyRef(scene.firm.firmId);
}

const reconnect = async ({ world, firm: { firmId, qbo } }: Scene) => {
  await qbo.clearFaults();
  const office = { serverUrl: world.server.url, apiToken: world.config.http.apiToken.reveal() };
  await connectFirm({ ...office, qbo }, firmId, {});
};

/** A smaller plan than that in which classes were chosen. */
const withoutClasses = (code: '5020' | '5030') => async (scene: Scene) => {
  const { qbo } = scene.firm;
  await scene.settings({ classes: 'timekeeper' });
  await qbo.switches({ outsidePlanCode: code });
  await qbo.company('plan', { plan: 'Essentials' });
  return await stop(scene, { lines: [timeLine({ timekeeperId: 'T1' })] });
};

const classesOff = async (scene: Scene) => {
  await scene.settings({ classes: 'off' });
  await scene.firm.qbo.switches({ outsidePlanCode: '5030' });
};

const preferences = { AccountingInfoPrefs: { ClassTrackingPerTxnLine: true } };

export const CONNECTION_STORIES: readonly CauseStory[] = [
  {
    fault: 'connecting-user-removed',
    when: 'who connected the firm was taken off the users',
    async arise(scene) {
      await scene.firm.qbo.fault('authorization-120', { count: null });
      return await stop(scene);
    },
    names: ['administrator'],
    remedies: {
      retry: { before: ({ firm }) => firm.qbo.clearFaults(), invoices: ['B1'] },
      reconnect: { before: reconnect, invoices: ['B1'] },
    },
  },
  {
    fault: 'company-purged',
    when: 'the books of the company were reset',
    async arise(scene) {
      const error = { Message: 'Refused', Detail: 'The company was purged.', code: '10200' };
      const body = { Fault: { Error: [error], type: 'ValidationFault' } };
      await scene.firm.qbo.fault('literal', { count: null, status: 400, body });
      return await stop(scene);
    },
    names: ['purged', 'mappings anew'],
    remedies: { reconnect: { before: reconnect, invoices: ['B1'] } },
  },
  {
    fault: 'network-blocked',
    when: 'a proxy answers in place of QuickBooks',
    async arise(scene) {
      const page = { status: 403, body: '<html>Forbidden</html>' };
      await scene.firm.qbo.fault('literal', { count: null, ...page });
      return await stop(scene);
    },
    names: ['proxy'],
    remedies: { retry: { before: ({ firm }) => firm.qbo.clearFaults(), invoices: ['B1'] } },
  },
  {
    fault: 'feature-not-in-plan',
    when: 'classes were chosen, and the plan became smaller',
    preferences,
    arise: withoutClasses('5030'),
    names: ['plan', 'Switch the feature off'],
    remedies: { retry: { before: classesOff, invoices: ['B1'] } },
  },
  {
    fault: 'feature-not-permitted',
    when: 'QuickBooks says it is a matter of access rights',
    preferences,
    arise: withoutClasses('5020'),
    names: ['plan'],
    remedies: {
      retry: { before: classesOff, invoices: ['B1'] },
      reconnect: { before: classesOff, invoices: ['B1'] },
    },
  },
];
