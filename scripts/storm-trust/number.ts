import { within } from '../local/within.js';
import { workflowId } from '../../src/workflows/messages.js';
import type { Stage } from '../storm/stage.js';
import { markedBy, type TrustFirm } from './stage.js';

const BACK_MS = 60_000;

/** A sentence for each cheque that was printed, and whose number is still not what is on its paper when time is over. */
export async function unnumbered(
  stage: Stage,
  { firmId, qbo, book, done, renumbered }: TrustFirm,
): Promise<string[]> {
  const cheques = await qbo.objects('Purchase');
  let left = [...book.said.values()].flatMap(({ snapshot: { cheque, trustTransactionId: id } }) => {
    const [paper] = cheque ? markedBy(cheques, `trust/${id}/entry`) : [];
    if (paper?.PrintStatus !== 'PrintComplete') return [];
    // One that came back before the bookkeeper wrote another one stays what was printed.
    const was = renumbered.filter((one) => one.trustTransactionId === id).map((one) => one.was);
    // A spoilt one is named by the reconciliation.
    if (done.some((one) => one.trustTransactionId === id)) return [];
    return [{ id, numbers: [String(paper.DocNumber), ...was] }];
  });
  if (left[0] === undefined) return [];
  const ref = workflowId('trustTransaction', firmId, left[0].id);
  const { taskQueue } = await stage.temporal.workflow.getHandle(ref).describe();
  await within(BACK_MS, async () => {
    // What a schedule does every minute.
    await stage.temporal.workflow.execute('mend', {
      workflowId: `mend:${firmId}`,
      taskQueue,
      args: [{}],
    });
    const known = await Promise.all(
      left.map(async ({ id }) => {
        const status = await stage.call('GET', `/v1/trustTransaction/${firmId}/${id}/status`);
        const { fault } = (status.parked ?? {}) as { fault?: string };
        if (fault === 'cheque-number-twice' && renumbered.length > 0) return undefined;
        return (status.cheque as { number?: string } | undefined)?.number ?? '';
      }),
    );
    left = left.filter(({ numbers }, index) => {
      const number = known[index];
      return number !== undefined && !numbers.includes(number);
    });
    return left.length === 0;
  });
  return left.map(
    ({ id, numbers }) => `${id}: the number ${numbers.join(' or ')} of its cheque is not known here`,
  );
}
