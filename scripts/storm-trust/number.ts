import { within } from '../local/within.js';
import { workflowId } from '../../src/workflows/messages.js';
import type { Stage } from '../storm/stage.js';
import { markedBy, type TrustFirm } from './stage.js';

const BACK_MS = 60_000;

/** A sentence for each cheque that was printed, and whose number is still not what is on its paper when time is over. */
export async function unnumbered(stage: Stage, { firmId, qbo, book }: TrustFirm): Promise<string[]> {
  const cheques = await qbo.objects('Purchase');
  let left = [...book.said.values()].flatMap(({ snapshot: { cheque, trustTransactionId: id } }) => {
    const [paper] = cheque ? markedBy(cheques, `trust/${id}/entry`) : [];
    return paper?.PrintStatus === 'PrintComplete' ? [{ id, number: String(paper.DocNumber) }] : [];
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
        return (status.cheque as { number?: string } | undefined)?.number;
      }),
    );
    left = left.filter(({ number }, index) => known[index] !== number);
    return left.length === 0;
  });
  return left.map(({ id, number }) => `${id}: the number ${number} of its cheque is not known here`);
}
