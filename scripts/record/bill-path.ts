import { FIRM, type Path } from './actor.js';

const bill = (id: string): string => `bill:${FIRM}:${id}`;
const fee = (amountCents: number, kind: 'flat-fee' | 'interest' = 'flat-fee') => ({
  kind,
  description: kind,
  amountCents,
});

/** Later ones stand on what earlier ones left. */
export const BILL_PATHS: readonly Path[] = [
  {
    name: 'bill-edited-after-it-was-paid',
    workflow: bill('L20'),
    async play(actor) {
      await actor.done('L20');
      await actor.paid('P20', { allocations: [{ billId: 'L20', amountCents: 10_000 }] });
      await actor.done('L20', { version: 2, lines: [fee(70_000)] });
    },
  },
  {
    name: 'bill-with-interest-apart',
    workflow: bill('L21'),
    play: (actor) => actor.done('L21', { lines: [fee(50_000), fee(500, 'interest')] }),
  },
  {
    name: 'bill-parked-without-lines-then-put-right',
    workflow: bill('L22'),
    async play(actor) {
      await actor.bill('L22', { lines: [] });
      await actor.parked('bill', 'L22', 'no-lines');
      await actor.done('L22', { version: 2 });
    },
  },
  {
    name: 'bill-excluded',
    workflow: bill('L23'),
    async play(actor) {
      await actor.bill('L23', { lines: [] });
      await actor.decided('bill', 'L23', 'no-lines', { action: 'exclude' });
    },
  },
  {
    name: 'bill-changed-in-quickbooks-then-retried',
    workflow: bill('L24'),
    async play(actor) {
      await actor.done('L24');
      await actor.qbo.bookkeeper('Invoice', {
        Id: await actor.idOf('Invoice', 'L24'),
        TxnDate: '2026-11-01',
      });
      await actor.bill('L24', { version: 2, lines: [fee(60_000)] });
      await actor.decided('bill', 'L24', 'changed-in-quickbooks', { action: 'retry' });
    },
  },
  {
    name: 'bill-deleted-in-quickbooks-then-made-anew',
    workflow: bill('L25'),
    async play(actor) {
      await actor.done('L25');
      await actor.qbo.bookkeeper('Invoice', { Id: await actor.idOf('Invoice', 'L25') }, 'delete');
      await actor.bill('L25', { version: 2, lines: [fee(60_000)] });
      await actor.decided('bill', 'L25', 'document-deleted', { action: 'recreate' });
    },
  },
  {
    name: 'bill-taken-back-in-the-open-period',
    workflow: bill('L26'),
    async play(actor) {
      await actor.done('L26');
      await actor.qbo.preferences({ AccountingInfoPrefs: { BookCloseDate: '2026-11-30' } });
      await actor.bill('L26', { version: 2, lines: [fee(60_000)] });
      await actor.decided('bill', 'L26', 'closed-period-correction', { action: 'reverse-in-open-period' });
    },
  },
  {
    name: 'bill-with-another-date',
    workflow: bill('L27'),
    async play(actor) {
      await actor.bill('L27');
      await actor.decided('bill', 'L27', 'closed-period', { action: 'move-date' });
    },
  },
  {
    name: 'contact-taken-for-its-namesake',
    workflow: `contact:${FIRM}:client-of-L28`,
    async play(actor) {
      const theirs = await actor.qbo.bookkeeper('Customer', { DisplayName: 'Client of L28' });
      await actor.bill('L28', { issuedOn: '2026-12-01', dueOn: '2026-12-31' });
      await actor.waiting('bill', 'L28');
      await actor.parked('contact', 'client-of-L28', 'contact-name-taken');
      await actor.decide('contact', 'client-of-L28', { action: 'adopt', qboId: theirs.Id });
      await actor.settled('bill', 'L28');
    },
  },
  {
    name: 'bill-behind-its-parked-client',
    workflow: bill('L28'),
    play: (actor) => actor.settled('bill', 'L28'),
  },
];
